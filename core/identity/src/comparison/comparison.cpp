#include "touchline/identity/comparison.hpp"

#include "aspects.hpp"
#include "levels.hpp"

#include <algorithm>
#include <cstdlib>

namespace touchline::identity {

namespace {

constexpr std::size_t k_fixed = 7;
constexpr std::size_t k_values_about = 16;  // that are counted, beside the extras

Aspect aspect_of(Role role) {
    if (role == Role::exclusive_id) return Aspect::exclusive_id;
    return role == Role::handle ? Aspect::handle : Aspect::text;
}

Agreement compare_extra(Aspect aspect, const FeatureText& a, const FeatureText& b) {
    if (aspect == Aspect::exclusive_id) return compare_ids(a, b);
    return aspect == Aspect::handle ? compare_handles(a, b) : compare_texts(a, b);
}

bool is_person(const Features& features) {
    return !features.given.text.empty() || !features.surname.text.empty();
}

bool is_organisation(const Features& features) {
    return !is_person(features) && (!features.company.empty() || !features.website.empty());
}

/// Where one is called Jr or Sr, the other may well be the one who is not.
bool a_generation_apart(const BirthFeature& a, const BirthFeature& b) {
    constexpr int k_generation_years = 15;
    return a.year != 0 && b.year != 0 && std::abs(a.year - b.year) >= k_generation_years;
}

class Counting {
public:
    std::vector<CountedValue> values;

    void add(Aspect aspect, std::uint8_t kind, const FeatureText& text) {
        add_at(std::size_t(aspect), kind, text);
    }
    void add_at(std::size_t comparison, std::uint8_t kind, const FeatureText& text) {
        if (!text.empty()) values.push_back({comparison, kind, text.hash});
    }
};

}  // namespace

std::vector<Comparison> comparisons_for(const FieldMap& fields) {
    std::vector<Comparison> comparisons = {
        {Aspect::given_name, "given_name"},
        {Aspect::surname, "surname"},
        {Aspect::birth, "birth"},
        {Aspect::email, "email"},
        {Aspect::phone, "phone"},
        {Aspect::address, "address"},
        {Aspect::company, "company"},
    };
    for (const auto& extra : fields.extras())
        comparisons.push_back({aspect_of(extra.role), extra.field});
    return comparisons;
}

void compare_at(
    std::span<const Comparison> comparisons,
    std::size_t place,
    const Features& a,
    const Features& b,
    Compared& compared
) {
    const auto set = [&](std::size_t i, const Agreement& agreement) {
        compared.level[i] = agreement.level;
        compared.kind[i] = agreement.kind;
        compared.value[i] = agreement.value;
    };
    switch (comparisons[place].aspect) {
        case Aspect::given_name: {
            const auto names = compare_names(a, b);
            set(0, names.given);
            return set(1, names.surname);
        }
        case Aspect::surname:
            return;
        case Aspect::birth:
            return set(place, compare_births(a.birth, b.birth));
        case Aspect::email:
            return set(place, compare_mails(a.mails, b.mails));
        case Aspect::phone:
            return set(place, compare_phones(a.phones, b.phones));
        case Aspect::address:
            return set(place, compare_addresses(a.address, b.address));
        case Aspect::company:
            return set(place, compare_companies(a, b));
        default: {
            const auto extra = place - k_fixed;
            const auto aspect = comparisons[place].aspect;
            return set(place, compare_extra(aspect, a.extras[extra], b.extras[extra]));
        }
    }
}

void compare_wholes(const Features& a, const Features& b, Compared& compared) {
    const bool one_suffix = a.suffix.empty() != b.suffix.empty();
    const bool both_differ = !one_suffix && a.suffix != b.suffix;
    compared.suffix_conflict = both_differ || (one_suffix && a_generation_apart(a.birth, b.birth));
    compared.person_and_organisation =
        (is_organisation(a) && is_person(b)) || (is_organisation(b) && is_person(a));
    if (a.day == 0 || b.day == 0) return;
    constexpr int k_days_of_year = 365;
    compared.years_apart = std::uint8_t(std::min(std::abs(a.day - b.day) / k_days_of_year, 255));
}

Compared compare(std::span<const Comparison> comparisons, const Features& a, const Features& b) {
    Compared compared;
    for (std::size_t i = 0; i < comparisons.size(); ++i) compare_at(comparisons, i, a, b, compared);
    compare_wholes(a, b, compared);
    return compared;
}

std::uint32_t told_by(std::span<const Comparison> comparisons, const Features& features) {
    std::uint32_t told = 0;
    const auto tell = [&](Aspect aspect, bool any) {
        if (any) told |= 1U << unsigned(aspect);
    };
    const auto& birth = features.birth;
    const auto& address = features.address;
    const bool named = is_person(features);
    // Names may have changed places.
    tell(Aspect::given_name, named);
    tell(Aspect::surname, named);
    tell(Aspect::birth, birth.year != 0 || birth.month != 0 || birth.day != 0);
    tell(Aspect::email, !features.mails.empty());
    tell(Aspect::phone, !features.phones.empty());
    tell(
        Aspect::address,
        !address.street.empty() || !address.postcode.empty() || !address.city.empty() ||
            !address.number.empty()
    );
    tell(Aspect::company, !features.company.empty() || !features.website.empty());
    for (std::size_t i = k_fixed; i < comparisons.size(); ++i)
        if (!features.extras[i - k_fixed].empty()) told |= 1U << i;
    return told;
}

std::vector<CountedValue> counted_values(
    std::span<const Comparison> comparisons, const Features& features
) {
    Counting counting;
    counting.values.reserve(k_values_about + comparisons.size());
    counting.add(Aspect::given_name, value_kind::own, features.given.text);
    counting.add(Aspect::given_name, value_kind::any_name, features.given.text);
    counting.add(Aspect::given_name, value_kind::any_name, features.surname.text);
    counting.add(Aspect::surname, value_kind::own, features.surname.text);
    counting.add(Aspect::surname, value_kind::any_name, features.given.text);
    counting.add(Aspect::surname, value_kind::any_name, features.surname.text);
    counting.add(Aspect::birth, value_kind::own, features.birth.digits);
    for (const auto& mail : features.mails) {
        counting.add(Aspect::email, value_kind::own, mail.address);
        counting.add(Aspect::email, value_kind::local, mail.local);
        counting.add(Aspect::email, value_kind::domain, mail.domain);
    }
    for (const auto& phone : features.phones)
        counting.add(Aspect::phone, value_kind::own, phone.digits);
    counting.add(Aspect::address, value_kind::own, features.address.line);
    counting.add(Aspect::address, value_kind::street, features.address.street);
    counting.add(Aspect::address, value_kind::postcode, features.address.postcode);
    counting.add(Aspect::address, value_kind::city, features.address.city);
    counting.add(Aspect::company, value_kind::own, features.company);
    counting.add(Aspect::company, value_kind::domain, features.website);
    for (std::size_t i = k_fixed; i < comparisons.size(); ++i)
        counting.add_at(i, value_kind::own, features.extras[i - k_fixed]);
    return std::move(counting.values);
}

}  // namespace touchline::identity
