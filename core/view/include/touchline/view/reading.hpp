// What somebody may read of a customer. The view hides the rest before anybody writes it down: what
// is hidden never reaches the caller, in whatever form.
#pragma once

#include "touchline/model/touchpoint.hpp"
#include "touchline/view/catalogue.hpp"

#include <optional>
#include <set>
#include <string>
#include <string_view>

namespace touchline::view {

/// In rising order; a touchpoint that says nothing is normal.
enum class PrivacyClass { open, normal, sensitive, special };
/// "public", "normal", "sensitive", "special"; anything else is special.
PrivacyClass privacy_class(std::string_view name);

/// Left as it is, it hides nothing. Immutable; any thread.
struct Reading {
    bool contacts = true;  ///< e-mail addresses, phone numbers, postal addresses
    bool amounts = true;
    /// Whose touchpoints and facts are read; nothing: everybody's. What belongs to no department is
    /// nobody's secret.
    std::optional<std::set<std::string>> departments;
    PrivacyClass up_to = PrivacyClass::special;
    /// Kinds of identities that are ways to reach somebody.
    std::set<std::string, std::less<>> contact_namespaces{"email", "phone"};

    bool everything() const {
        return contacts && amounts && !departments && up_to == PrivacyClass::special;
    }
    bool reads_department(const std::string& department) const {
        return department.empty() || !departments || departments->contains(department);
    }
    /// A touchpoint of this department and privacy class.
    bool reads(const std::string& department, std::string_view privacy) const {
        return reads_department(department) && privacy_class(privacy) <= up_to;
    }
    bool reads(const Catalogue& catalogue, const model::Touchpoint& touchpoint) const;
    /// What a connection's records say.
    bool reads_connection(const Catalogue& catalogue, std::string_view connection) const;
};

/// "ana@example.org" is "a•••@e•••.org", "+32470123456" is "•••56", anything else "•••".
std::string masked_contact(std::string_view value);
/// A text without the e-mail addresses and phone numbers in it.
std::string without_contacts(std::string_view text);

}  // namespace touchline::view
