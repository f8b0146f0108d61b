#include "touchline/identity/features.hpp"

#include "model/placeholders.hpp"
#include "name.hpp"
#include "text/hash.hpp"
#include "text/similarity.hpp"
#include "text/sound.hpp"
#include "unicode.hpp"
#include "values/birth_date.hpp"
#include "values/company_name.hpp"
#include "values/mail_address.hpp"
#include "values/nicknames.hpp"
#include "values/person_name.hpp"
#include "values/phone_digits.hpp"
#include "values/postal_address.hpp"
#include "values/words.hpp"

#include "touchline/base/text.hpp"

#include <algorithm>
#include <chrono>
#include <iterator>
#include <unordered_map>
#include <utility>

namespace touchline::identity {

namespace {

constexpr std::size_t k_latin_kept = 65536;
constexpr std::size_t k_values_max = 4;  // of one kind in one record
constexpr std::size_t k_role_count = std::size_t(Role::text) + 1;

FeatureText feature_text(std::string text) {
    FeatureText feature{std::move(text), 0, 0};
    feature.hash = hash_text(feature.text);
    feature.signs = signs_of(feature.text);
    return feature;
}

NameFeature name_feature(std::string text) {
    NameFeature name;
    name.sound = sound_of(text);
    name.forms = name_groups_of(text).number;
    name.text = feature_text(std::move(text));
    return name;
}

BirthFeature birth_feature(const BirthDate& date) {
    return {date.year, date.month, date.day, feature_text(date.digits())};
}

void add_mail(Features& features, std::string_view value) {
    const auto address = read_mail_address(value);
    if (address.empty() || features.mails.size() >= k_values_max) return;
    MailFeature mail;
    mail.address = feature_text(address.text());
    mail.local = feature_text(address.local);
    mail.domain = feature_text(address.domain);
    mail.role = mail.shared = address.role;
    mail.public_provider = address.public_provider || address.disposable;
    features.mails.push_back(std::move(mail));
}

/// "mamie.trost40", "mtrost", "trostm": the surname, and besides digits nothing but a given name.
bool is_made_of(std::string_view local, const Features& features) {
    std::string letters;
    std::ranges::copy_if(local, std::back_inserter(letters), is_letter);
    const auto& surname = features.surname.text.text;
    const auto& given = features.given.text.text;
    const auto at = surname.size() < 3 ? std::string::npos : letters.find(surname);
    if (at == std::string::npos) return given.size() >= 3 && letters == given;
    letters.erase(at, surname.size());
    return letters.size() <= 1 || given.starts_with(letters) || letters.starts_with(given);
}

/// Of a mailbox that is named after a task, the domain is that of an organisation.
FeatureText domain_of_office(const Features& features) {
    const auto office = std::ranges::find_if(features.mails, [](const MailFeature& mail) {
        return mail.role && !mail.public_provider;
    });
    return office == features.mails.end() ? FeatureText{} : office->domain;
}

void add_phone(Features& features, std::string_view value) {
    auto digits = read_phone_digits(value);
    if (digits.empty() || features.phones.size() >= k_values_max) return;
    features.phones.push_back({feature_text(std::move(digits)), false});
}

AddressFeature address_feature(const PostalAddress& address) {
    AddressFeature feature;
    if (!address.street.empty()) feature.line = feature_text(address.number + " " + address.street);
    feature.number = feature_text(address.number);
    feature.street = feature_text(address.street);
    feature.unit = feature_text(address.unit);
    feature.city = feature_text(address.city);
    feature.state = feature_text(address.state);
    feature.postcode = feature_text(address.postcode);
    return feature;
}

/// Days since 1970; 0 for what is no date.
std::int32_t day_of(std::string_view text) {
    const auto date = read_birth_date(text);
    const std::chrono::year_month_day day{
        std::chrono::year(date.year),
        std::chrono::month(unsigned(date.month)),
        std::chrono::day(unsigned(date.day))};
    return date.whole() && day.ok()
               ? std::int32_t(std::chrono::sys_days(day).time_since_epoch().count())
               : 0;
}

/// Words sources write where they know nothing.
bool says_nothing(std::string_view value) {
    constexpr auto k_nothing = std::to_array<std::string_view>(
        {"n/a",
         "na",
         "nan",
         "none",
         "null",
         "unknown",
         "-",
         "--",
         "?",
         "tbd",
         "not available",
         "\\n",
         "test"}
    );
    constexpr WordHint k_hint(k_nothing);
    return k_hint.may_contain(value) && std::ranges::find(k_nothing, value) != k_nothing.end();
}

}  // namespace

class FeatureReader::Reading {
public:
    Reading(FieldMap fields, Placeholders placeholders)
        : fields_(std::move(fields)), placeholders_(std::move(placeholders)) {}

    const FieldMap& fields() const { return fields_; }

    Result<Features> read(const Record& record) {
        for (auto& text : texts_) text.clear();
        Features features;
        features.extras.resize(fields_.extras().size());
        for (std::size_t i = 0; i < record.fields.size(); ++i) {
            const auto& field = record.fields[i];
            const auto role = role_at(i, field.name);
            if (role == Role::ignored || field.value.empty()) continue;
            TOUCHLINE_TRY(auto value, latin(field.value));
            if (says_nothing(trim(value))) continue;
            take(features, role, field.name, std::move(value));
        }
        finish(features);
        return features;
    }

private:
    /// Records of one source have their fields in one order.
    Role role_at(std::size_t place, const std::string& field) {
        if (place >= known_.size()) known_.resize(place + 1);
        auto& known = known_[place];
        if (known.field != field) known = {field, fields_.role_of(field)};
        return known.role;
    }

    std::string& text(Role role) { return texts_[std::size_t(role)]; }

    /// Latin letters, lower case.
    Result<std::string> latin(const std::string& value) {
        if (is_ascii(value)) return lower_ascii(value);
        if (const auto known = latin_.find(value); known != latin_.end()) return known->second;
        TOUCHLINE_TRY(const auto plain, to_nfkc(to_utf8(value)));
        TOUCHLINE_TRY(const auto text, names_.to_latin(plain));
        auto lower = is_ascii(text) ? lower_ascii(text) : fold_case(text);
        if (latin_.size() < k_latin_kept) latin_.emplace(value, lower);
        return lower;
    }

    void take(Features& features, Role role, std::string_view field, std::string value) {
        switch (role) {
            case Role::email:
                return add_mail(features, value);
            case Role::phone:
                return add_phone(features, value);
            case Role::updated_at:
                features.day = std::max(features.day, day_of(value));
                return;
            case Role::exclusive_id:
            case Role::handle:
                features.extras[*fields_.extra_index(field)] = feature_text(squeeze(value));
                return;
            case Role::text:
                features.extras[*fields_.extra_index(field)] =
                    feature_text(join_words(split_words(value)));
                return;
            default: {
                // Several fields of one kind (two streets, two full names) are read as one text.
                auto& known = text(role);
                if (!known.empty()) known += ' ';
                known += value;
            }
        }
    }

    void finish(Features& features) {
        const auto name = read_person_name(
            {text(Role::given_name),
             text(Role::middle_name),
             text(Role::surname),
             text(Role::full_name),
             text(Role::name_suffix)}
        );
        features.given = name_feature(name.given);
        features.surname = name_feature(name.surname);
        for (const auto& other : name.others) features.other_names.push_back(name_feature(other));
        features.suffix = name.suffix;
        features.birth = birth_feature(
            text(Role::birth_date).empty()
                ? birth_date_of_parts(
                      text(Role::birth_year), text(Role::birth_month), text(Role::birth_day)
                  )
                : read_birth_date(text(Role::birth_date))
        );
        drop_placeholder(placeholders_, features.birth);
        features.address = address_feature(read_postal_address(
            {text(Role::street_number),
             text(Role::street),
             text(Role::unit),
             text(Role::address_extra),
             text(Role::city),
             text(Role::state),
             text(Role::postcode),
             text(Role::address)}
        ));
        features.company = feature_text(read_company_name(text(Role::company)));
        for (auto& mail : features.mails) mail.name_made = is_made_of(mail.local.text, features);
        features.website = feature_text(read_domain(text(Role::website)));
        if (name.empty() && features.website.empty()) features.website = domain_of_office(features);
    }

    FieldMap fields_;
    Placeholders placeholders_;
    NameNormaliser names_;
    std::vector<FieldRole> known_;  // of the latest records, by place
    std::unordered_map<std::string, std::string> latin_;
    std::array<std::string, k_role_count> texts_;
};

FeatureReader::FeatureReader(FieldMap fields, Placeholders placeholders)
    : reading_(std::make_unique<Reading>(std::move(fields), std::move(placeholders))) {}
FeatureReader::~FeatureReader() = default;
FeatureReader::FeatureReader(FeatureReader&&) noexcept = default;
FeatureReader& FeatureReader::operator=(FeatureReader&&) noexcept = default;

const FieldMap& FeatureReader::fields() const {
    return reading_->fields();
}

Result<Features> FeatureReader::read(const Record& record) {
    return reading_->read(record);
}

}  // namespace touchline::identity
