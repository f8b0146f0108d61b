#include "touchline/identity/comparison.hpp"

#include "aspects.hpp"
#include "levels.hpp"

namespace touchline::identity {

namespace {

constexpr std::size_t k_fixed = 7;

Aspect aspect_of(Role role) {
    if (role == Role::exclusive_id) return Aspect::exclusive_id;
    return role == Role::handle ? Aspect::handle : Aspect::text;
}

Agreement compare_extra(Aspect aspect, const FeatureText& a, const FeatureText& b) {
    if (aspect == Aspect::exclusive_id) return compare_ids(a, b);
    return aspect == Aspect::handle ? compare_handles(a, b) : compare_texts(a, b);
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

Compared compare(std::span<const Comparison> comparisons, const Features& a, const Features& b) {
    Compared compared;
    const auto set = [&](std::size_t i, const Agreement& agreement) {
        compared.level[i] = agreement.level;
        compared.kind[i] = agreement.kind;
        compared.value[i] = agreement.value;
    };
    const auto names = compare_names(a, b);
    set(0, names.given);
    set(1, names.surname);
    set(2, compare_births(a.birth, b.birth));
    set(3, compare_mails(a.mails, b.mails));
    set(4, compare_phones(a.phones, b.phones));
    set(5, compare_addresses(a.address, b.address));
    set(6, compare_companies(a, b));
    for (std::size_t i = k_fixed; i < comparisons.size(); ++i)
        set(i, compare_extra(comparisons[i].aspect, a.extras[i - k_fixed], b.extras[i - k_fixed]));
    compared.suffix_conflict = !a.suffix.empty() && !b.suffix.empty() && a.suffix != b.suffix;
    return compared;
}

std::vector<CountedValue> counted_values(
    std::span<const Comparison> comparisons, const Features& features
) {
    Counting counting;
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
