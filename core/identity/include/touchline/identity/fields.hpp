// Which field of a source means what: recognised by its name, or by the shape of its values, or
// told by a person.
#pragma once

#include "touchline/base/result.hpp"
#include "touchline/identity/record.hpp"

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace touchline::identity {

enum class Role {
    ignored,  ///< says nothing about who it is: a time stamp, a row number
    given_name,
    middle_name,
    surname,
    full_name,
    name_suffix,
    birth_date,
    birth_year,
    birth_month,
    birth_day,
    email,
    phone,
    street_number,
    street,
    unit,
    address_extra,  ///< a second line, a property's name
    city,
    state,
    postcode,
    address,  ///< number and street in one, or the whole of it
    company,
    website,
    exclusive_id,  ///< one value has one owner: national, tax, loyalty, customer number
    handle,        ///< a user name on a social network
    updated_at,    ///< when the source last touched the record
    text,          ///< anything else; compared as text, with a weight that the data decide
};

/// "given_name"; as in a fields file.
std::string_view to_string(Role role);
std::optional<Role> role_named(std::string_view name);

struct FieldRole {
    std::string field;
    Role role = Role::text;
};

/// The fields of a record set and what they mean. Those that become a comparison of their own
/// (exclusive_id, handle, text) are `extras`, in the order of their names.
class FieldMap {
public:
    FieldMap() = default;
    /// At most k_extras_max extras are kept; the rest is ignored.
    explicit FieldMap(std::vector<FieldRole> roles);

    static constexpr std::size_t k_extras_max = 12;

    /// Role::ignored for a field that is not in the map.
    Role role_of(std::string_view field) const;
    const std::vector<FieldRole>& roles() const { return roles_; }
    const std::vector<FieldRole>& extras() const { return extras_; }
    /// The place of a field among the extras.
    std::optional<std::size_t> extra_index(std::string_view field) const;

private:
    std::vector<FieldRole> roles_;  // by name
    std::vector<FieldRole> extras_;
};

/// By name first ("vorname", "fname_c1", "dateOfBirth"), then by what most values look like.
/// Depends on the set of records, not on their order. A field with one value throughout is ignored.
FieldMap recognise_fields(std::span<const Record> records);

}  // namespace touchline::identity
