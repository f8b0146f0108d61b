// Who a customer is: fields with where they come from, identities, and the links that hold them
// together.
#pragma once

#include "touchline/json/writer.hpp"
#include "touchline/store/store.hpp"
#include "touchline/view/catalogue.hpp"
#include "touchline/view/survivorship.hpp"
#include "touchline/view/timeline.hpp"

#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace touchline::view {

struct IdentityView {
    store::Identity identity;
    std::vector<std::string> sources;  ///< connections
    bool masked = false;               ///< the value is not shown in full
};

struct LinkView {
    std::string a, b;  ///< "crm.contact:17"
    store::StoredLink link;
    std::string sentence;  ///< why, for people
};

struct CustomerView {
    std::string id, name;
    std::vector<std::string> aliases;
    std::map<std::string, Field> fields;
    std::vector<IdentityView> identities;
    std::vector<LinkView>
        links;  ///< live ones between the customer's own identities, and the ones that were refused
    Time as_of{};
};

/// Error: not_found. An alias answers with the living customer.
Result<CustomerView> customer(
    store::Reader& reader, const Catalogue& catalogue, std::string_view id, Time now
);

/// The surviving fields of these identities together, or those that begin so.
Result<std::map<std::string, Field>> fields_of(
    store::Reader& reader,
    const model::Survivorship& rules,
    std::span<const store::IdentityKey> identities,
    std::string_view beginning = {}
);
/// The text of a surviving field, or nothing.
std::string text_in(const std::map<std::string, Field>& fields, const std::string& name);

/// The surviving name, else the most telling identity.
Result<std::string> name_of(
    store::Reader& reader,
    const model::Survivorship& rules,
    const std::vector<store::Identity>& identities
);

void write(json::Writer& writer, const CustomerView& view);

}  // namespace touchline::view
