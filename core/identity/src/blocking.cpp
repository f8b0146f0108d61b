#include "touchline/identity/blocking.hpp"

#include "text/hash.hpp"

#include <algorithm>
#include <string_view>

namespace touchline::identity {

namespace {

constexpr std::size_t k_half_min = 6;
constexpr std::size_t k_prefix = 3;
constexpr std::size_t k_local_min = 5;
constexpr std::size_t k_words_max = 8;

/// Keys of different kinds never meet, though their values may.
enum class Kind : std::uint64_t {
    mail = 1,
    mail_local,
    mail_first_half,
    mail_second_half,
    phone,
    phone_first_half,
    phone_second_half,
    extra,
    extra_first_half,
    extra_second_half,
    extra_name,
    extra_birth,
    names,
    name_forms,
    prefixes,
    initials_year_month,
    initials_year_day,
    initials_month_day,
    birth,
    birth_given,
    birth_surname,
    year_surname,
    month_day_surname,
    year_given,
    postcode_surname,
    postcode_given,
    postcode_birth,
    postcode_initials,
    line,
    line_number_postcode,
    street_surname,
    street_given,
    city_names,
    company,
    company_name,
    website,
    word,
    given_alone,
    surname_alone,
    mail_domain_given,
    mail_name,
};

constexpr std::uint64_t k_none = 0;

class Keys {
public:
    explicit Keys(std::vector<BlockingKey>& keys) : keys_(keys) { keys_.clear(); }

    /// Nothing when one of the values is not known.
    void add(Kind kind, std::uint64_t a) {
        if (a != k_none) keys_.push_back(combine(std::uint64_t(kind), a));
    }
    void add(Kind kind, std::uint64_t a, std::uint64_t b) {
        if (a != k_none && b != k_none)
            keys_.push_back(combine(combine(std::uint64_t(kind), a), b));
    }
    /// The same whichever comes first.
    void add_unordered(Kind kind, std::uint64_t a, std::uint64_t b) {
        add(kind, std::min(a, b), std::max(a, b));
    }
    void add_halves(Kind first, Kind second, std::string_view text, std::uint64_t with) {
        if (text.size() < k_half_min) return;
        const auto middle = text.size() / 2;
        add(first, hash_text(text.substr(0, middle)), with);
        add(second, hash_text(text.substr(middle)), with);
    }
    void finish() {
        std::ranges::sort(keys_);
        keys_.erase(std::unique(keys_.begin(), keys_.end()), keys_.end());
    }

private:
    std::vector<BlockingKey>& keys_;
};

std::uint64_t prefix_of(const NameFeature& name) {
    return hash_text(std::string_view(name.text.text).substr(0, k_prefix));
}

std::uint64_t initial_of(const NameFeature& name) {
    return hash_text(std::string_view(name.text.text).substr(0, 1));
}

/// What a name sounds like; of an initial, nothing.
std::uint64_t sound_key(const NameFeature& name) {
    return name.text.text.size() > 1 ? name.sound : 0;
}

struct NameKeys {
    explicit NameKeys(const Features& features)
        : given(sound_key(features.given)),
          surname(sound_key(features.surname)),
          initials(combine(
              std::min(initial_of(features.given), initial_of(features.surname)),
              std::max(initial_of(features.given), initial_of(features.surname))
          )),
          known(!features.given.text.empty() || !features.surname.text.empty()) {}
    std::uint64_t given, surname, initials;
    bool known;
};

void add_name_keys(Keys& keys, const Features& features, const NameKeys& names) {
    keys.add_unordered(Kind::names, names.given, names.surname);
    keys.add_unordered(Kind::prefixes, prefix_of(features.given), prefix_of(features.surname));
    for (const auto form : features.given.forms) keys.add(Kind::name_forms, form, names.surname);
    for (const auto form : features.surname.forms) keys.add(Kind::name_forms, form, names.given);
    for (const auto& other : features.other_names) {
        keys.add_unordered(Kind::names, names.given, sound_key(other));
        keys.add_unordered(Kind::names, names.surname, sound_key(other));
    }
    if (names.given == k_none || names.surname == k_none)
        keys.add(Kind::surname_alone, names.given + names.surname);
}

void add_birth_keys(Keys& keys, const Features& features, const NameKeys& names) {
    const auto& birth = features.birth;
    const auto year = std::uint64_t(birth.year), month = std::uint64_t(birth.month),
               day = std::uint64_t(birth.day);
    keys.add(Kind::birth, birth.digits.hash);
    for (const auto name : {names.given, names.surname}) {
        keys.add(Kind::birth_given, name, birth.digits.hash);
        keys.add(Kind::year_surname, name, year);
        if (month != 0 && day != 0)
            keys.add(
                Kind::month_day_surname, name, combine(std::min(month, day), std::max(month, day))
            );
    }
    if (!names.known) return;
    if (year != 0 && month != 0)
        keys.add(Kind::initials_year_month, names.initials, combine(year, month));
    if (year != 0 && day != 0)
        keys.add(Kind::initials_year_day, names.initials, combine(year, day));
    if (month != 0 && day != 0)
        keys.add(
            Kind::initials_month_day,
            names.initials,
            combine(std::min(month, day), std::max(month, day))
        );
}

void add_contact_keys(Keys& keys, const Features& features, const NameKeys& names) {
    for (const auto& mail : features.mails) {
        keys.add(Kind::mail, mail.address.hash);
        if (mail.local.text.size() >= k_local_min && !mail.shared) {
            keys.add(Kind::mail_local, mail.local.hash);
            keys.add_halves(
                Kind::mail_first_half, Kind::mail_second_half, mail.local.text, mail.domain.hash
            );
        }
        keys.add(Kind::mail_name, mail.domain.hash, names.known ? names.initials : k_none);
        if (mail.shared) keys.add(Kind::mail_domain_given, mail.address.hash, names.given);
    }
    for (const auto& phone : features.phones) {
        keys.add(Kind::phone, phone.digits.hash);
        keys.add_halves(
            Kind::phone_first_half,
            Kind::phone_second_half,
            phone.digits.text,
            names.known ? names.initials : 1
        );
        for (const auto name : {names.given, names.surname})
            keys.add(Kind::phone, phone.digits.hash, name);
    }
}

void add_address_keys(Keys& keys, const Features& features, const NameKeys& names) {
    const auto& address = features.address;
    keys.add(Kind::line, address.line.hash);
    keys.add(Kind::line_number_postcode, address.number.hash, address.postcode.hash);
    for (const auto name : {names.given, names.surname}) {
        keys.add(Kind::postcode_surname, address.postcode.hash, name);
        keys.add(Kind::street_surname, address.street.hash, name);
        keys.add(Kind::city_names, address.city.hash, name);
    }
    if (names.known) keys.add(Kind::postcode_initials, address.postcode.hash, names.initials);
    const auto& birth = features.birth;
    if (birth.year != 0)
        keys.add(Kind::postcode_birth, address.postcode.hash, std::uint64_t(birth.year));
}

void add_words(Keys& keys, std::string_view text) {
    for (std::size_t count = 0; !text.empty() && count < k_words_max; ++count) {
        const auto end = std::min(text.find(' '), text.size());
        if (end > k_prefix) keys.add(Kind::word, hash_text(text.substr(0, end)));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
}

void add_company_keys(Keys& keys, const Features& features, const NameKeys& names) {
    keys.add(Kind::company, features.company.hash);
    keys.add(Kind::website, features.website.hash);
    for (const auto name : {names.given, names.surname})
        keys.add(Kind::company_name, features.company.hash, name);
    if (!names.known) add_words(keys, features.company.text);
}

void add_extra_keys(Keys& keys, const Features& features, const NameKeys& names) {
    for (std::size_t i = 0; i < features.extras.size(); ++i) {
        const auto& text = features.extras[i];
        if (text.empty()) continue;
        const auto value = combine(text.hash, i);
        keys.add(Kind::extra, value);
        keys.add_halves(Kind::extra_first_half, Kind::extra_second_half, text.text, i + 1);
        keys.add(
            Kind::extra_name,
            value,
            names.given == k_none ? k_none : combine(names.given, names.initials)
        );
        keys.add(
            Kind::extra_name,
            value,
            names.surname == k_none ? k_none : combine(names.surname, names.initials)
        );
        if (features.birth.year != 0)
            keys.add(Kind::extra_birth, value, features.birth.digits.hash);
        if (!names.known) add_words(keys, text.text);
    }
}

}  // namespace

std::vector<BlockingKey> blocking_keys(const Features& features) {
    std::vector<BlockingKey> keys;
    blocking_keys(features, keys);
    return keys;
}

void blocking_keys(const Features& features, std::vector<BlockingKey>& found) {
    Keys keys(found);
    const NameKeys names(features);
    add_name_keys(keys, features, names);
    add_birth_keys(keys, features, names);
    add_contact_keys(keys, features, names);
    add_address_keys(keys, features, names);
    add_company_keys(keys, features, names);
    add_extra_keys(keys, features, names);
    keys.finish();
}

}  // namespace touchline::identity
