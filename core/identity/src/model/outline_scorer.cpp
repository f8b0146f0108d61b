#include "outline_scorer.hpp"

#include "comparison/levels.hpp"
#include "related.hpp"

#include <algorithm>
#include <limits>

namespace touchline::identity {

namespace {

constexpr int count_bits(std::uint32_t x) {
    x -= (x >> 1) & 0x55555555U;
    x = (x & 0x33333333U) + ((x >> 2) & 0x33333333U);
    x = (x + (x >> 4)) & 0x0f0f0f0fU;
    return int((x * 0x01010101U) >> 24);
}

bool too_long(const Mark& a, const Mark& b) {
    return a.length >= Mark::k_long || b.length >= Mark::k_long;
}

/// False only when jaro_winkler() is certainly below `limit`: its common beginning of up to four
/// signs raises what is left to 1 by at most two fifths, and only if the first signs agree.
bool may_be_alike(const Mark& a, const Mark& b, float limit) {
    constexpr float k_rounding = 1e-4F;
    const int common = std::min(
        a.length - count_bits(a.signs & ~b.signs), b.length - count_bits(b.signs & ~a.signs)
    );
    const float least = 3 * (a.first == b.first ? (limit - 0.4F) / 0.6F : limit) - 1 - k_rounding;
    return float(common * (a.length + b.length)) >= least * float(a.length * b.length) ||
           too_long(a, b);
}

/// False only when edit_distance() is certainly above `edits`.
bool may_be_within(const Mark& a, const Mark& b, int edits) {
    const int longer = std::max(a.length, b.length), shorter = std::min(a.length, b.length);
    return (longer - shorter <= edits && count_bits(a.signs ^ b.signs) <= 2 * edits) ||
           too_long(a, b);
}

/// What a pair of outlines shows of one comparison.
enum View : std::uint8_t {
    nothing,  ///< one of the two does not tell
    any,
    near,  ///< may be alike
    some,  ///< may have something in common
    far,
    /// Of addresses, followed by what may be alike: a street, a postcode, a city.
    address_parts,
};
enum AddressPart : std::uint8_t { street_part = 1, postcode_part = 2, city_part = 4 };

using Levels = std::uint32_t;  ///< one bit each
constexpr Levels k_any = ~Levels{0};

template <typename... Level>
constexpr Levels levels(Level... level) {
    return ((Levels{1} << level) | ...);
}

Levels address_levels_at(std::uint8_t parts) {
    using namespace address_level;
    auto possible = levels(different);
    if ((parts & (street_part | postcode_part)) != 0) possible |= levels(like_line);
    if ((parts & postcode_part) != 0) possible |= levels(like_postcode);
    if ((parts & city_part) != 0) possible |= levels(like_city);
    return possible;
}

/// Which levels a comparison may come to, beside those of a shared value.
Levels levels_at(Aspect aspect, std::uint8_t view) {
    if (view == nothing) return levels(0);
    if (view == any) return k_any;
    switch (aspect) {
        case Aspect::given_name: {
            using namespace given_level;
            const auto apart = levels(same_initial, different);
            return view == far ? apart : apart | levels(form, close, sound, initial, other_name);
        }
        case Aspect::surname: {
            using namespace surname_level;
            const auto apart = levels(different);
            return view == far ? apart : apart | levels(close, sound, part, initial);
        }
        case Aspect::birth: {
            using namespace birth_level;
            const auto apart = levels(same_year, different, generation);
            return view == far ? apart : apart | levels(day_month_swapped, one_edit, two_parts);
        }
        case Aspect::email: {
            using namespace email_level;
            if (view == far) return levels(different);
            return levels(close, like_local, shared, different);
        }
        case Aspect::phone: {
            using namespace phone_level;
            return view == far ? levels(different) : levels(close, same_end, shared, different);
        }
        case Aspect::address:
            return view < address_parts ? k_any
                                        : address_levels_at(std::uint8_t(view - address_parts));
        case Aspect::company: {
            using namespace company_level;
            return view == far ? levels(different) : levels(close, part, different);
        }
        case Aspect::exclusive_id: {
            using namespace id_level;
            if (view == far) return levels(different);
            return view == some ? levels(two_edits, different)
                                : levels(one_edit, two_edits, different);
        }
        case Aspect::handle: {
            using namespace handle_level;
            return view == far ? levels(different) : levels(close, different);
        }
        case Aspect::text: {
            using namespace text_level;
            if (view == far) return levels(different);
            const auto words = levels(most_words, some_words, different);
            return view == some ? words : words | levels(close);
        }
    }
    return k_any;
}

/// Of which kind the value is that a level shares.
bool is_of_kind(Aspect aspect, std::uint8_t level, std::uint8_t kind) {
    switch (aspect) {
        case Aspect::given_name:
            return kind == (level == given_level::swapped ? value_kind::any_name : value_kind::own);
        case Aspect::surname:
            return kind ==
                   (level == surname_level::swapped ? value_kind::any_name : value_kind::own);
        case Aspect::email:
            if (level == email_level::same_local) return kind == value_kind::local;
            return kind == (level == email_level::equal ? value_kind::own : value_kind::domain);
        case Aspect::address:
            if (level == address_level::street) return kind == value_kind::street;
            if (level == address_level::postcode) return kind == value_kind::postcode;
            return kind == (level == address_level::city ? value_kind::city : value_kind::own);
        case Aspect::company:
            return kind == value_kind::own || kind == value_kind::domain;
        default:
            return kind == value_kind::own;
    }
}

bool may_be_one_name(const Mark& a, const Mark& b) {
    constexpr float k_sounds_alike = 0.88F;
    constexpr std::uint8_t k_typo_min = 4;
    if (a.length == 1 || b.length == 1) return a.first == b.first;
    const auto &less = a.length < b.length ? a : b, &more = a.length < b.length ? b : a;
    const bool contained =
        less.length >= k_typo_min && less.length < more.length && (less.signs & ~more.signs) == 0;
    return (a.key == b.key && a.key != 0) || contained || may_be_alike(a, b, k_sounds_alike) ||
           may_be_within(a, b, 1);
}

/// Any other name may be the one that agrees.
bool any_other_names(const Outline& a, const Outline& b) {
    return a.other_names || b.other_names;
}

View view_of_given_names(const Outline& a, const Outline& b) {
    const auto &x = a.given, &y = b.given;
    if (x.empty() || y.empty()) return nothing;
    const bool same_form = (a.forms & b.forms) != 0;
    return same_form || any_other_names(a, b) || may_be_one_name(x, y) ? near : far;
}

bool may_be_swapped(const Outline& a, const Outline& b) {
    return (a.given.hash == b.surname.hash && !a.given.empty()) ||
           (a.surname.hash == b.given.hash && !a.surname.empty());
}

bool may_stand_in(const Mark& surname, const Mark& mail) {
    return !mail.empty() && (surname.signs & ~mail.signs) == 0;
}

View view_of_surnames(const Outline& a, const Outline& b) {
    if (a.surname.empty() || b.surname.empty()) return nothing;
    const bool part = any_other_names(a, b) || a.several_mails || b.several_mails ||
                      may_stand_in(a.surname, b.mail) || may_stand_in(b.surname, a.mail);
    return part || may_be_one_name(a.surname, b.surname) ? near : far;
}

View view_of_births(const Outline& a, const Outline& b) {
    if (a.part_of_birth || b.part_of_birth) return any;
    if (a.birth == 0 || b.birth == 0) return nothing;
    const auto differ = a.birth ^ b.birth;
    const auto digits = (differ | differ >> 1 | differ >> 2 | differ >> 3) & 0x11111111U;
    constexpr std::uint32_t k_year = 0xFFFF0000U, k_month = 0xFF00U, k_day = 0xFFU;
    const bool year = (differ & k_year) == 0;
    const bool two_parts =
        year ? (differ & k_month) == 0 || (differ & k_day) == 0 : (differ & (k_month | k_day)) == 0;
    const bool swapped =
        year && ((a.birth >> 8 ^ b.birth) & k_day) == 0 && ((b.birth >> 8 ^ a.birth) & k_day) == 0;
    return two_parts || swapped || count_bits(digits) <= 2 ? near : far;
}

View view_of_mails(const Outline& a, const Outline& b) {
    constexpr float k_like_local = 0.9F;
    constexpr int k_two_edits = 4;
    if (a.mail.empty() || b.mail.empty()) return nothing;
    if (a.several_mails || b.several_mails) return any;
    // Dots that one of the two leaves out may be several; they are one sign.
    const bool alike = count_bits(a.mail.signs ^ b.mail.signs) <= k_two_edits ||
                       may_be_alike(a.mail, b.mail, k_like_local);
    return alike ? near : far;
}

View view_of_phones(const Outline& a, const Outline& b) {
    if (a.phone.empty() || b.phone.empty()) return nothing;
    if (a.several_phones || b.several_phones) return any;
    return a.phone.length != b.phone.length || may_be_within(a.phone, b.phone, 1) ? near : far;
}

std::uint8_t view_of_addresses(const Outline& a, const Outline& b) {
    constexpr float k_alike = 0.9F;
    bool told = false;
    unsigned parts = 0;
    const auto look = [&](const Mark& x, const Mark& y, AddressPart part) {
        if (x.empty() || y.empty()) return;
        told = true;
        const bool alike = part == postcode_part ? x.key == y.key || may_be_within(x, y, 1)
                                                 : may_be_alike(x, y, k_alike);
        if (alike) parts |= part;
    };
    look(a.street, b.street, street_part);
    look(a.postcode, b.postcode, postcode_part);
    look(a.city, b.city, city_part);
    return told ? std::uint8_t(address_parts + parts) : std::uint8_t(nothing);
}

View view_of_texts(const Mark& a, const Mark& b) {
    constexpr float k_close = 0.92F;
    if (a.empty() || b.empty()) return nothing;
    if (may_be_alike(a, b, k_close)) return near;
    return (a.key & b.key) != 0 ? some : far;
}

View view_of_extras(Aspect aspect, const Mark& a, const Mark& b) {
    if (aspect == Aspect::text) return view_of_texts(a, b);
    if (a.empty() || b.empty()) return nothing;
    if (may_be_within(a, b, 1)) return near;
    return aspect == Aspect::exclusive_id && may_be_within(a, b, 2) ? some : far;
}

constexpr auto k_least = std::numeric_limits<double>::lowest();

void raise(Weights& most, const Weights& weights) {
    most.same = std::max(most.same, weights.same);
    most.related = std::max(most.related, weights.related);
}

Weights weights_of(
    const Model& model, std::size_t place, std::uint8_t level, std::uint8_t kind = value_kind::own
) {
    Compared compared;
    compared.level[place] = level;
    compared.kind[place] = kind;  // of a value that was never seen, and so is as rare as any
    return model.weights(compared, place);
}

}  // namespace

OutlineScorer::OutlineScorer(const Model& model, const Outlines& outlines)
    : outlines_(outlines), prior_{model.prior_bits(), model.related_prior_bits()} {
    const auto& comparisons = model.comparisons();
    for (std::size_t i = 0; i < comparisons.size(); ++i) {
        const auto aspect = comparisons[i].aspect;
        if (i >= k_extras_from) extras_.push_back(aspect);
        auto& most = most_[i];
        most.related_by_rarity = shared_on_purpose(aspect) < 0;
        most.by_view.fill({k_least, k_least});
        most.by_kind.fill({k_least, k_least});
        const auto all = levels_of(aspect);
        for (std::uint8_t level = 0; level < all.size(); ++level) {
            if (all[level].by_frequency) {
                for (std::uint8_t kind = 0; kind < k_value_kinds; ++kind)
                    if (is_of_kind(aspect, level, kind))
                        raise(most.by_kind[kind], weights_of(model, i, level, kind));
                continue;
            }
            for (std::uint8_t view = 0; view < k_views_max; ++view)
                if ((levels_at(aspect, view) >> level & 1U) != 0)
                    raise(most.by_view[view], weights_of(model, i, level));
        }
    }
}

/// The most of one comparison: what its view leaves possible, raised by each value that is shared.
class OutlineScorer::Glance {
public:
    Glance(const Most& most, std::uint8_t view) : most_(most), weights_(most.by_view[view]) {
        if (view != any) return;
        for (const auto& weights : most_.by_kind) raise(weights_, weights);
    }
    void shares(std::uint8_t kind, std::uint8_t common = 0) {
        auto weights = most_.by_kind[kind];
        const double bits = common * (1.0 / Mark::k_steps_per_bit);
        weights.same -= bits;
        if (most_.related_by_rarity) weights.related -= bits;
        raise(weights_, weights);
    }
    void add_to(Weights& sum) const {
        sum.same += weights_.same;
        sum.related += weights_.related;
    }

private:
    const Most& most_;
    Weights weights_;
};

Weights OutlineScorer::most(Index a, Index b) const {
    const auto &x = outlines_[a], &y = outlines_[b];
    auto sum = prior_;
    const auto most_in = [&](Aspect aspect) -> const Most& { return most_[std::size_t(aspect)]; };
    const auto equal = [](const Mark& one, const Mark& other) {
        return one.hash == other.hash && !one.empty();
    };
    const bool swapped = may_be_swapped(x, y);

    Glance given(most_in(Aspect::given_name), swapped ? any : view_of_given_names(x, y));
    if (equal(x.given, y.given)) given.shares(value_kind::own, x.given.common);
    given.add_to(sum);

    Glance surname(most_in(Aspect::surname), swapped ? any : view_of_surnames(x, y));
    if (equal(x.surname, y.surname)) surname.shares(value_kind::own, x.surname.common);
    surname.add_to(sum);

    Glance birth(most_in(Aspect::birth), view_of_births(x, y));
    if (x.birth != 0 && x.birth == y.birth) birth.shares(value_kind::own, x.birth_common);
    birth.add_to(sum);

    const auto mail_view = view_of_mails(x, y);
    Glance mail(most_in(Aspect::email), mail_view);
    if (equal(x.mail, y.mail)) mail.shares(value_kind::own, x.mail.common);
    if (mail_view == near) mail.shares(value_kind::local);
    if (mail_view != nothing && x.domain == y.domain) mail.shares(value_kind::domain);
    mail.add_to(sum);

    Glance phone(most_in(Aspect::phone), view_of_phones(x, y));
    if (equal(x.phone, y.phone)) phone.shares(value_kind::own, x.phone.common);
    phone.add_to(sum);

    Glance address(most_in(Aspect::address), view_of_addresses(x, y));
    if (x.line != 0 && x.line == y.line) address.shares(value_kind::own, x.line_common);
    if (equal(x.street, y.street)) address.shares(value_kind::street, x.street.common);
    if (equal(x.postcode, y.postcode)) address.shares(value_kind::postcode, x.postcode.common);
    if (equal(x.city, y.city)) address.shares(value_kind::city, x.city.common);
    address.add_to(sum);

    Glance company(most_in(Aspect::company), view_of_texts(x.company, y.company));
    if (equal(x.company, y.company)) company.shares(value_kind::own, x.company.common);
    if (x.website != 0 && x.website == y.website) company.shares(value_kind::domain);
    company.add_to(sum);

    const auto *ours = outlines_.extras(a), *theirs = outlines_.extras(b);
    for (std::size_t i = 0; i < extras_.size(); ++i) {
        Glance extra(most_[k_extras_from + i], view_of_extras(extras_[i], ours[i], theirs[i]));
        if (equal(ours[i], theirs[i])) extra.shares(value_kind::own, ours[i].common);
        extra.add_to(sum);
    }
    return sum;
}

}  // namespace touchline::identity
