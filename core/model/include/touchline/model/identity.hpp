// Who: namespaced keys, and the rules of a namespace.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace touchline::model {

enum class Role { subject, counterparty, account };
enum class Trust { verified, claimed, inferred };

/// An identity as a source states it: {ns: "email", value: "Ana@Example.org"}; not normalised.
struct Claim {
    std::string ns;
    std::string value;
    Role role = Role::subject;
    Trust trust = Trust::claimed;
    bool operator==(const Claim&) const = default;
};

/// How far an identity of a namespace decides who somebody is.
enum class Strength {
    unique,  ///< One holder: a source system's own key. Always joins.
    strong,  ///< Usually one holder (e-mail, phone). Joins unless the evidence contradicts.
    weak,    ///< Many holders (a name). Never joins; found by search, and used to contradict.
};

enum class Normaliser { raw, email, phone, name };

/// One namespace, as configured.
struct Namespace {
    std::string name;
    Normaliser normaliser = Normaliser::raw;
    Strength strength = Strength::unique;
    /// More than this many values of the namespace never meet in one customer.
    std::uint32_t max_per_customer = 50;
    /// A strong value that more different holders than this share joins none of them.
    std::uint32_t max_customers = 5;
    /// Normalised values that say nothing about anybody ("unknown@example.org").
    std::vector<std::string> blocked;
    /// Values that several people may read or answer by their nature ("info@"): one holder at most.
    std::vector<std::string> roles{};
    /// For phone: the region that numbers without a country code belong to (ISO 3166, "BE").
    std::string region;
    /// Lower goes first where strong identities compete to join.
    std::uint32_t order = 100;
};

/// What a configuration says of a namespace; what it leaves open stays as it ships.
struct NamespaceSetting {
    std::string name;
    std::optional<Normaliser> normaliser;
    std::optional<Strength> strength;
    std::optional<std::uint32_t> max_per_customer, max_customers, order;
    std::optional<std::string> region;
    std::vector<std::string> blocked;  ///< beside those that ship
};

std::string_view to_string(Role role);
std::string_view to_string(Trust trust);
std::string_view to_string(Strength strength);
std::string_view to_string(Normaliser normaliser);

}  // namespace touchline::model
