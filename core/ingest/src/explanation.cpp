#include "touchline/ingest/explanation.hpp"

#include "component.hpp"

#include "touchline/identity/explain.hpp"

namespace touchline::ingest {
namespace {

Result<identity::MemberId> find_member(
    const store::Component& component, const std::string& text, const std::string& customer
) {
    for (const store::Identity& member : component.members) {
        if (member.ns + ":" + member.value == text) return member_id(member.key);
    }
    return Error(Code::not_found, text + " has nothing to do with " + customer);
}

}  // namespace

Result<Explanation> explain(
    store::Reader& reader,
    const identity::Policy& policy,
    std::string_view customer,
    const std::optional<std::pair<std::string, std::string>>& pair
) {
    TOUCHLINE_TRY(const auto found, reader.customer(customer));
    if (!found)
        return Error(
            Code::not_found, "there is no customer " + std::string(customer.substr(0, 64))
        );
    TOUCHLINE_TRY(const store::Customer living, reader.resolve(found->key));
    TOUCHLINE_TRY(const auto identities, reader.identities_of(living.key));
    std::vector<store::IdentityKey> keys;
    for (const store::Identity& identity : identities) keys.push_back(identity.key);
    TOUCHLINE_TRY(const store::Component stored, reader.component(keys));
    const identity::Component component = to_component(stored, policy);
    const identity::Partition partition = identity::partition(component, policy);
    std::optional<identity::Explanation> explanation;
    if (pair) {
        TOUCHLINE_TRY(const auto a, find_member(stored, pair->first, living.id));
        TOUCHLINE_TRY(const auto b, find_member(stored, pair->second, living.id));
        explanation = identity::explain_pair(component, partition, a, b);
    } else {
        explanation = identity::explain_customer(component, partition, member_id(living.anchor));
    }
    if (!explanation)
        return Error(Code::not_found, "there is nothing to explain about " + living.id);
    return Explanation{living.id, explanation->summary, explanation->reasons};
}

}  // namespace touchline::ingest
