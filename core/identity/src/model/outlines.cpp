#include "outlines.hpp"

#include "comparison/levels.hpp"
#include "fetch.hpp"
#include "text/hash.hpp"

#include <algorithm>
#include <cmath>
#include <string_view>

namespace touchline::identity {

namespace {

constexpr std::size_t k_area_signs = 3;

/// A few signs have a second bit for the second time, and digits a third: one typing error changes
/// two bits at most.
std::uint32_t signs_in(std::string_view text) {
    std::uint32_t signs = 0;
    for (const char c : text.substr(0, Mark::k_long)) {
        const auto byte = static_cast<unsigned char>(c);
        std::uint32_t bit = 1U << (byte % 32);
        if ((signs & bit) != 0) {
            constexpr std::string_view k_twice = "aeinrs";
            constexpr std::uint32_t k_bit_of_first = 26;
            const auto at = k_twice.find(c);
            if (at != std::string_view::npos) bit = 1U << ((k_bit_of_first + at + 1) % 32);
        }
        signs |= bit;
    }
    return signs;
}

std::uint32_t digits_in(std::string_view text) {
    constexpr std::uint32_t k_digits = 10, k_times = 3, k_other = 30;
    std::uint32_t signs = 0;
    for (const char c : text.substr(0, Mark::k_long)) {
        auto bit = c >= '0' && c <= '9' ? std::uint32_t(c - '0')
                                        : k_other + static_cast<unsigned char>(c) % 2;
        while ((signs >> bit & 1U) != 0 && bit < k_digits * (k_times - 1)) bit += k_digits;
        signs |= 1U << bit;
    }
    return signs;
}

Mark mark_of(const FeatureText& text, std::uint32_t signs) {
    Mark mark;
    if (text.empty()) return mark;
    mark.hash = std::uint32_t(text.hash);
    mark.signs = signs;
    mark.length = std::uint8_t(std::min<std::size_t>(text.text.size(), Mark::k_long));
    mark.first = text.text.front();
    return mark;
}

Mark mark_of(const FeatureText& text) {
    return mark_of(text, signs_in(text.text));
}

Mark mark_of(const NameFeature& name) {
    auto mark = mark_of(name.text);
    mark.key = name.sound;
    return mark;
}

std::uint32_t forms_of(const NameFeature& name) {
    std::uint32_t forms = 0;
    for (const auto form : name.forms)
        if (form != 0) forms |= 1U << (form % 32);
    return forms;
}

/// One bit for each of its words.
std::uint32_t words_in(std::string_view text) {
    std::uint32_t words = 0;
    while (!text.empty()) {
        const auto end = std::min(text.find(' '), text.size());
        words |= 1U << (hash_text(text.substr(0, end)) % 32);
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return words;
}

Mark mark_of_words(const FeatureText& text) {
    auto mark = mark_of(text);
    mark.key = words_in(text.text);
    return mark;
}

Mark mark_of_postcode(const FeatureText& text) {
    auto mark = mark_of(text, digits_in(text.text));
    mark.key = std::uint32_t(hash_text(std::string_view(text.text).substr(0, k_area_signs)));
    return mark;
}

std::uint32_t packed(const FeatureText& digits) {
    std::uint32_t birth = 0;
    for (const char c : digits.text) birth = birth << 4 | std::uint32_t(c - '0');
    return birth;
}

Outline outline_of(const Features& features) {
    Outline outline;
    outline.given = mark_of(features.given);
    outline.surname = mark_of(features.surname);
    outline.forms = forms_of(features.given);
    outline.line = std::uint32_t(features.address.line.hash);
    outline.street = mark_of(features.address.street);
    outline.postcode = mark_of_postcode(features.address.postcode);
    outline.city = mark_of(features.address.city);
    outline.company = mark_of_words(features.company);
    outline.website = std::uint32_t(features.website.hash);
    if (!features.mails.empty()) {
        const auto& mail = features.mails.front();
        outline.mail = mark_of(mail.local);
        outline.mail.hash = std::uint32_t(mail.address.hash);
        outline.domain = std::uint32_t(mail.domain.hash);
    }
    if (!features.phones.empty()) {
        const auto& digits = features.phones.front().digits;
        outline.phone = mark_of(digits, digits_in(digits.text));
    }
    const auto& birth = features.birth;
    outline.birth = packed(birth.digits);
    outline.part_of_birth =
        birth.digits.empty() && (birth.year != 0 || birth.month != 0 || birth.day != 0);
    outline.other_names = !features.other_names.empty();
    outline.several_mails = features.mails.size() > 1;
    outline.several_phones = features.phones.size() > 1;
    return outline;
}

Mark mark_of_extra(Aspect aspect, const FeatureText& text) {
    if (aspect == Aspect::text) return mark_of_words(text);
    return aspect == Aspect::exclusive_id ? mark_of(text, digits_in(text.text)) : mark_of(text);
}

/// How much less rare a value is than any, in eighths of a bit, rounded down.
class Commonness {
public:
    explicit Commonness(const Frequencies& frequencies) : frequencies_(frequencies) {}

    std::uint8_t of(std::size_t comparison, std::uint8_t kind, const FeatureText& text) const {
        if (text.empty() || frequencies_.total(comparison, kind) == 0) return 0;
        const double times = double(frequencies_.count(comparison, kind, text.hash)) /
                             double(frequencies_.count(comparison, kind, 0));
        return times <= 1 ? 0 : std::uint8_t(std::log2(times) * Mark::k_steps_per_bit);
    }
    void mark(Outline& outline, const Features& features) const {
        const auto set = [&](Mark& mark, Aspect aspect, std::uint8_t kind, const FeatureText& text
                         ) { mark.common = of(std::size_t(aspect), kind, text); };
        using namespace value_kind;
        const auto& address = features.address;
        set(outline.given, Aspect::given_name, own, features.given.text);
        set(outline.surname, Aspect::surname, own, features.surname.text);
        set(outline.street, Aspect::address, value_kind::street, address.street);
        set(outline.postcode, Aspect::address, value_kind::postcode, address.postcode);
        set(outline.city, Aspect::address, value_kind::city, address.city);
        set(outline.company, Aspect::company, own, features.company);
        if (!features.mails.empty())
            set(outline.mail, Aspect::email, own, features.mails.front().address);
        if (!features.phones.empty())
            set(outline.phone, Aspect::phone, own, features.phones.front().digits);
        outline.birth_common = of(std::size_t(Aspect::birth), own, features.birth.digits);
        outline.line_common = of(std::size_t(Aspect::address), own, address.line);
    }

private:
    const Frequencies& frequencies_;
};

}  // namespace

Outlines::Outlines(const Model& model, std::span<const Features> features)
    : extras_each_(model.comparisons().size() - k_extras_from) {
    const Commonness commonness(model.frequencies);
    outlines_.reserve(features.size());
    extras_.reserve(features.size() * extras_each_);
    for (const auto& one : features) {
        commonness.mark(outlines_.emplace_back(outline_of(one)), one);
        for (std::size_t i = 0; i < extras_each_; ++i) {
            const auto place = k_extras_from + i;
            auto& mark =
                extras_.emplace_back(mark_of_extra(model.comparisons()[place].aspect, one.extras[i])
                );
            mark.common = commonness.of(place, value_kind::own, one.extras[i]);
        }
    }
}

void Outlines::fetch(Index record) const {
    identity::fetch(outlines_[record]);
    if (extras_each_ != 0) __builtin_prefetch(extras(record));
}

}  // namespace touchline::identity
