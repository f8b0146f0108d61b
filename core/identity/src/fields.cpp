#include "touchline/identity/fields.hpp"

#include "field_words.hpp"
#include "values/birth_date.hpp"
#include "values/company_name.hpp"
#include "values/mail_address.hpp"
#include "values/words.hpp"

#include "touchline/base/text.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <unordered_set>
#include <utility>

namespace touchline::identity {

namespace {

constexpr std::array<std::pair<Role, std::string_view>, 26> k_names = {{
    {Role::ignored, "ignored"},
    {Role::given_name, "given_name"},
    {Role::middle_name, "middle_name"},
    {Role::surname, "surname"},
    {Role::full_name, "full_name"},
    {Role::name_suffix, "name_suffix"},
    {Role::birth_date, "birth_date"},
    {Role::birth_year, "birth_year"},
    {Role::birth_month, "birth_month"},
    {Role::birth_day, "birth_day"},
    {Role::email, "email"},
    {Role::phone, "phone"},
    {Role::street_number, "street_number"},
    {Role::street, "street"},
    {Role::unit, "unit"},
    {Role::address_extra, "address_extra"},
    {Role::city, "city"},
    {Role::state, "state"},
    {Role::postcode, "postcode"},
    {Role::address, "address"},
    {Role::company, "company"},
    {Role::website, "website"},
    {Role::exclusive_id, "exclusive_id"},
    {Role::handle, "handle"},
    {Role::updated_at, "updated_at"},
    {Role::text, "text"},
}};

constexpr std::size_t k_sample = 2000;
constexpr double k_most = 0.8;
constexpr std::size_t k_person_words = 5;

/// What the values of one field look like, over the first records that have it (by id).
struct Shape {
    explicit Shape(std::string_view field) : by_name(role_by_name(field)) {}

    std::optional<Role> by_name;
    std::size_t values = 0, mails = 0, dates = 0, phones = 0, firms = 0, long_names = 0;
    std::unordered_set<std::string> distinct;

    void add(const std::string& value) {
        if (distinct.size() < 2) distinct.insert(value);
        const bool told = by_name && *by_name != Role::full_name;
        if (told || values >= k_sample) return;
        ++values;
        mails += !read_mail_address(value).empty();
        const auto date = read_birth_date(value);
        dates += date.whole() && date.year > 1000 && date.year < 2100 && date.month <= 12 &&
                 date.day <= 31;
        const auto lower = lower_ascii(value);
        firms += has_legal_form(lower);
        long_names += split_words(lower).size() > k_person_words;
        const auto digits = digits_of(value).size();
        const bool punctuated = value.find_first_of("+()- .") != std::string::npos;
        const bool only_phone_signs =
            value.find_first_not_of("0123456789+()-./ ") == std::string::npos;
        phones += digits >= 7 && digits <= 15 && punctuated && only_phone_signs;
    }
    bool mostly(std::size_t count) const {
        return values > 0 && double(count) >= k_most * double(values);
    }
    /// Of what is only called a name, whose it is shows in the values.
    bool of_firms() const { return firms * 10 >= values || long_names * 2 >= values; }
    Role role() const {
        if (mostly(mails)) return Role::email;
        if (mostly(dates)) return Role::birth_date;
        if (mostly(phones)) return Role::phone;
        return Role::text;
    }
};

bool is_extra(Role role) {
    return role == Role::exclusive_id || role == Role::handle || role == Role::text;
}

bool by_field(const FieldRole& a, const FieldRole& b) {
    return a.field < b.field;
}

}  // namespace

std::string_view to_string(Role role) {
    const auto* found = std::ranges::find(k_names, role, &std::pair<Role, std::string_view>::first);
    return found->second;
}

std::optional<Role> role_named(std::string_view name) {
    const auto* found =
        std::ranges::find(k_names, name, &std::pair<Role, std::string_view>::second);
    if (found == k_names.end()) return std::nullopt;
    return found->first;
}

FieldMap::FieldMap(std::vector<FieldRole> roles) : roles_(std::move(roles)) {
    std::ranges::sort(roles_, by_field);
    for (auto& field : roles_) {
        if (!is_extra(field.role)) continue;
        if (extras_.size() < k_extras_max)
            extras_.push_back(field);
        else
            field.role = Role::ignored;
    }
}

Role FieldMap::role_of(std::string_view field) const {
    const auto found = std::ranges::lower_bound(roles_, field, {}, &FieldRole::field);
    return found == roles_.end() || found->field != field ? Role::ignored : found->role;
}

std::optional<std::size_t> FieldMap::extra_index(std::string_view field) const {
    const auto found = std::ranges::find(extras_, field, &FieldRole::field);
    if (found == extras_.end()) return std::nullopt;
    return std::size_t(found - extras_.begin());
}

FieldMap recognise_fields(std::span<const Record> records) {
    std::map<std::string, Shape> shapes;
    // Records of one source have their fields in one order.
    std::vector<std::map<std::string, Shape>::iterator> known;
    for (const auto& record : records) {
        known.resize(std::max(known.size(), record.fields.size()), shapes.end());
        for (std::size_t i = 0; i < record.fields.size(); ++i) {
            const auto& [name, value] = record.fields[i];
            if (value.empty()) continue;
            auto& shape = known[i];
            if (shape == shapes.end() || shape->first != name)
                shape = shapes.try_emplace(name, name).first;
            shape->second.add(value);
        }
    }
    std::vector<FieldRole> roles;
    for (const auto& [field, shape] : shapes) {
        auto role = shape.by_name.value_or(shape.role());
        if (role == Role::full_name && shape.of_firms()) role = Role::company;
        if (is_extra(role) && shape.distinct.size() < 2 && records.size() > 1) role = Role::ignored;
        roles.push_back({field, role});
    }
    return FieldMap(std::move(roles));
}

}  // namespace touchline::identity
