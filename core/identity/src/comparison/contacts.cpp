#include "aspects.hpp"
#include "levels.hpp"
#include "text/similarity.hpp"
#include "values/words.hpp"

#include <algorithm>
#include <string>
#include <string_view>

namespace touchline::identity {

namespace {

constexpr std::size_t k_local_min = 6;  // shorter ones are equal by chance
constexpr std::size_t k_domain_min = 6;
constexpr std::size_t k_two_edits_min = 12;
constexpr std::size_t k_same_end = 7;
constexpr double k_like_local = 0.9;

bool within(const FeatureText& a, const FeatureText& b, int edits) {
    if (!may_be_within(a, b, edits)) return false;
    return edits == 1 ? within_one_edit(a.text, b.text) : edit_distance(a.text, b.text) <= edits;
}

/// A number of two digits and more that both carry: hardly chance.
bool same_number(std::string_view a, std::string_view b) {
    const auto number = [](std::string_view text) {
        const auto begin = text.find_first_of("0123456789");
        return begin == std::string_view::npos
                   ? std::string_view()
                   : text.substr(begin, text.find_first_not_of("0123456789", begin) - begin);
    };
    return number(a).size() >= 2 && number(a) == number(b);
}

/// Two addresses, each made of its owner's name alone: namesakes have such as well, and sien.maes
/// and fien.maes differ as their owners do. That they are alike says nothing that the names did
/// not.
bool made_of_names(const MailFeature& a, const MailFeature& b) {
    return a.name_made && b.name_made && !same_number(a.local.text, b.local.text);
}

/// At another provider, ana.silva is whoever is called so, also the one who was before she married.
bool made_of_one_name(const MailFeature& a, const MailFeature& b) {
    return (a.name_made || b.name_made) && !same_number(a.local.text, b.local.text);
}

/// john.smith1 and john.smith2 are two mailboxes of one provider: who is told that a name is taken
/// adds a digit to it. Letters are mistyped, digits are chosen.
bool same_digits(const MailFeature& a, const MailFeature& b) {
    return digits_of(a.local.text) == digits_of(b.local.text);
}

/// "acme.be" and "acme.de" are two countries, not a slip.
bool other_country(std::string_view a, std::string_view b) {
    const auto end = [](std::string_view domain) { return domain.substr(domain.rfind('.') + 1); };
    const auto name = [](std::string_view domain) { return domain.substr(0, domain.rfind('.')); };
    return name(a) == name(b) && end(a).size() == 2 && end(b).size() == 2;
}

/// One of the two is the other, mistyped: "gmali.com". Two providers that both exist are two.
bool slip_of_domain(const MailFeature& a, const MailFeature& b) {
    if (a.domain == b.domain || (a.public_provider && b.public_provider)) return false;
    return std::min(a.domain.text.size(), b.domain.text.size()) >= k_domain_min &&
           within(a.domain, b.domain, 1) && !other_country(a.domain.text, b.domain.text);
}

/// Some providers ignore dots, and the reader knows which: not of one whose name is mistyped.
bool equal_but_for_dots(std::string_view a, std::string_view b) {
    std::string bare_a(a), bare_b(b);
    std::erase(bare_a, '.');
    std::erase(bare_b, '.');
    return bare_a == bare_b;
}

bool slip_of_hand(const MailFeature& a, const MailFeature& b) {
    const bool is_long = std::max(a.address.text.size(), b.address.text.size()) >= k_two_edits_min;
    const bool alike = a.domain == b.domain
                           ? within(a.local, b.local, is_long ? 2 : 1)
                           : is_long && within(a.local, b.local, 1) && slip_of_domain(a, b);
    return alike && same_digits(a, b);
}

Agreement compare_mail(const MailFeature& a, const MailFeature& b) {
    using namespace email_level;
    if (a.address == b.address) {
        if (a.shared || b.shared) return {shared, 0, 0};
        return {equal, value_kind::own, a.address.hash};
    }
    const bool role = a.shared || b.shared;
    if (!role && slip_of_domain(a, b) && equal_but_for_dots(a.local.text, b.local.text))
        return {close, 0, 0};
    const bool tells = !role && !made_of_names(a, b);
    if (tells && slip_of_hand(a, b)) return {close, 0, 0};
    const auto shorter_local = std::min(a.local.text.size(), b.local.text.size());
    const bool elsewhere = tells && !made_of_one_name(a, b);
    if (elsewhere && a.local == b.local && shorter_local >= k_local_min)
        return {same_local, value_kind::local, a.local.hash};
    if (elsewhere && shorter_local >= k_local_min && may_be_alike(a.local, b.local, k_like_local) &&
        jaro_winkler(a.local.text, b.local.text) >= k_like_local && same_digits(a, b))
        return {like_local, 0, 0};
    if (a.domain == b.domain && !a.public_provider)
        return {same_domain, value_kind::domain, a.domain.hash};
    return {different, 0, 0};
}

bool same_end_of(const std::string& a, const std::string& b) {
    const auto length = std::min(a.size(), b.size());
    return length >= k_same_end && a.size() != b.size() &&
           std::string_view(a).ends_with(std::string_view(b).substr(b.size() - length)) &&
           std::string_view(b).ends_with(std::string_view(a).substr(a.size() - length));
}

Agreement compare_phone(const PhoneFeature& a, const PhoneFeature& b) {
    using namespace phone_level;
    if (a.digits == b.digits) {
        if (a.shared || b.shared) return {shared, 0, 0};
        return {equal, value_kind::own, a.digits.hash};
    }
    if (a.digits.text.size() >= k_same_end && within(a.digits, b.digits, 1)) return {close, 0, 0};
    if (same_end_of(a.digits.text, b.digits.text)) return {same_end, 0, 0};
    return {different, 0, 0};
}

/// Lower levels agree better; among equal ones the value decides, so that order does not.
bool better(const Agreement& a, const Agreement& b) {
    if (b.level == 0) return true;
    return a.level != b.level ? a.level < b.level : a.value < b.value;
}

template <typename Feature, typename Compare>
Agreement best_of(
    const std::vector<Feature>& a, const std::vector<Feature>& b, Compare compare_two
) {
    Agreement best;
    for (const auto& x : a) {
        for (const auto& y : b) {
            const auto agreement = compare_two(x, y);
            if (better(agreement, best)) best = agreement;
        }
    }
    return best;
}

}  // namespace

Agreement compare_mails(const std::vector<MailFeature>& a, const std::vector<MailFeature>& b) {
    return best_of(a, b, compare_mail);
}

Agreement compare_phones(const std::vector<PhoneFeature>& a, const std::vector<PhoneFeature>& b) {
    return best_of(a, b, compare_phone);
}

Agreement compare_ids(const FeatureText& a, const FeatureText& b) {
    using namespace id_level;
    if (a.empty() || b.empty()) return {};
    if (a == b) return {equal, value_kind::own, a.hash};
    const auto length = std::min(a.text.size(), b.text.size());
    if (length < 4 || !may_be_within(a, b, 2)) return {different, 0, 0};
    const int edits = edit_distance(a.text, b.text);
    if (edits == 1) return {one_edit, 0, 0};
    return {edits == 2 && length >= 6 ? two_edits : different, 0, 0};
}

Agreement compare_handles(const FeatureText& a, const FeatureText& b) {
    using namespace handle_level;
    if (a.empty() || b.empty()) return {};
    if (a == b) return {equal, value_kind::own, a.hash};
    if (std::min(a.text.size(), b.text.size()) >= k_local_min && within(a, b, 1))
        return {close, 0, 0};
    return {different, 0, 0};
}

}  // namespace touchline::identity
