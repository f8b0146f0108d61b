#include "aspects.hpp"
#include "levels.hpp"
#include "text/similarity.hpp"

#include <algorithm>
#include <string_view>
#include <utility>

namespace touchline::identity {

namespace {

constexpr double k_close = 0.92;
constexpr double k_alike = 0.88;
constexpr double k_same_beginning = 0.72;
constexpr std::size_t k_typo_min = 4;

bool one_typo(const std::string& a, const std::string& b) {
    return std::min(a.size(), b.size()) >= k_typo_min && within_one_edit(a, b);
}

bool is_initial(const std::string& text) {
    return text.size() == 1;
}

bool share_form(const NameFeature& a, const NameFeature& b) {
    if (a.forms[0] == 0 || b.forms[0] == 0) return false;
    return std::ranges::any_of(a.forms, [&](std::uint16_t form) {
        return form != 0 && std::ranges::find(b.forms, form) != b.forms.end();
    });
}

bool same_sound(const NameFeature& a, const NameFeature& b) {
    constexpr std::uint32_t k_two_groups = 32;  // one group alone fits too many names
    return a.sound == b.sound && a.sound >= k_two_groups;
}

bool among(const NameFeature& name, const std::vector<NameFeature>& others) {
    return name.text.text.size() > 1 && std::ranges::any_of(others, [&](const NameFeature& other) {
               return other.text == name.text;
           });
}

/// "Mantha" and "Samantha": a short form that no table knows.
bool contained(std::string_view a, std::string_view b) {
    if (a.size() > b.size()) std::swap(a, b);
    return a.size() >= k_typo_min && (b.starts_with(a) || b.ends_with(a));
}

std::uint8_t given_level_of(const Features& a, const Features& b) {
    using namespace given_level;
    const auto& x = a.given;
    const auto& y = b.given;
    if (x.text.empty() || y.text.empty()) return unknown;
    if (x.text == y.text) return is_initial(x.text.text) ? initial : equal;
    const auto &s = x.text.text, &t = y.text.text;
    const bool same_first = s.front() == t.front();
    if (is_initial(s) || is_initial(t)) return same_first ? initial : different;
    if (share_form(x, y)) return form;
    const double alike = may_be_alike(x.text, y.text, same_first ? k_same_beginning : k_alike)
                             ? jaro_winkler(s, t)
                             : 0;
    // Hanna is no mistyped Anna: first letters are seldom wrong, and both are names.
    const bool two_names = !same_first && x.forms[0] != 0 && y.forms[0] != 0;
    if (!two_names && (alike >= k_close || one_typo(s, t))) return close;
    if (among(x, b.other_names) || among(y, a.other_names)) return other_name;
    if (two_names) return different;
    if (same_sound(x, y) || alike >= k_alike || contained(s, t)) return sound;
    return same_first && alike >= k_same_beginning ? same_initial : different;
}

bool shares_part(const Features& a, const Features& b) {
    if (among(a.surname, b.other_names) || among(b.surname, a.other_names)) return true;
    return std::ranges::any_of(a.other_names, [&](const NameFeature& part) {
        return part.text.text.size() > 3 && among(part, b.other_names);
    });
}

/// Who marries keeps the old address: the surname still stands in it.
bool in_mail(const FeatureText& surname, const Features& features) {
    return surname.text.size() >= k_typo_min &&
           std::ranges::any_of(features.mails, [&](const MailFeature& mail) {
               return !mail.shared && (surname.signs & ~mail.local.signs) == 0 &&
                      mail.local.text.find(surname.text) != std::string::npos;
           });
}

std::uint8_t surname_level_of(const Features& a, const Features& b) {
    using namespace surname_level;
    const auto& x = a.surname;
    const auto& y = b.surname;
    if (x.text.empty() || y.text.empty()) return unknown;
    if (x.text == y.text) return is_initial(x.text.text) ? initial : equal;
    const auto &s = x.text.text, &t = y.text.text;
    if (is_initial(s) || is_initial(t)) return s.front() == t.front() ? initial : different;
    const double alike = may_be_alike(x.text, y.text, k_alike) ? jaro_winkler(s, t) : 0;
    if (alike >= k_close || one_typo(s, t)) return close;
    if (shares_part(a, b) || in_mail(x.text, b) || in_mail(y.text, a)) return part;
    if (same_sound(x, y) || alike >= k_alike) return sound;
    return different;
}

/// 2: equal, 1: nearly, 0: one is missing, -1: something else.
int crosses(const NameFeature& a, const NameFeature& b) {
    if (a.text.empty() || b.text.empty()) return 0;
    if (a.text == b.text) return is_initial(a.text.text) ? 0 : 2;
    if (is_initial(a.text.text) || is_initial(b.text.text))
        return a.text.text.front() == b.text.text.front() ? 1 : -1;
    return share_form(a, b) || one_typo(a.text.text, b.text.text) || same_sound(a, b) ? 1 : -1;
}

bool weak(std::uint8_t given, std::uint8_t surname) {
    const bool given_weak = given == given_level::unknown || given >= given_level::other_name;
    const bool surname_weak = surname == surname_level::unknown || surname >= surname_level::part;
    return given_weak && surname_weak;
}

}  // namespace

NamesAgreement compare_names(const Features& a, const Features& b) {
    NamesAgreement names;
    names.given.level = given_level_of(a, b);
    names.surname.level = surname_level_of(a, b);
    if (names.given.level == given_level::equal) names.given.value = a.given.text.hash;
    if (names.surname.level == surname_level::equal) names.surname.value = a.surname.text.hash;
    if (!weak(names.given.level, names.surname.level)) return names;
    const int one = crosses(a.given, b.surname), other = crosses(a.surname, b.given);
    if (one < 0 || other < 0 || std::max(one, other) < 2) return names;
    // The rarer assignment does not matter as long as it does not depend on who is first.
    const auto first = one == 2 ? a.given.text.hash : 0,
               second = other == 2 ? a.surname.text.hash : 0;
    names.given = {given_level::swapped, value_kind::any_name, std::max(first, second)};
    const auto left = std::min(first, second);
    if (left != 0)
        names.surname = {surname_level::swapped, value_kind::any_name, left};
    else if (one == 0 || other == 0)
        names.surname = {};
    else
        names.surname = {surname_level::sound, 0, 0};
    return names;
}

}  // namespace touchline::identity
