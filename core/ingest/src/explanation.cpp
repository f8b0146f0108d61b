#include "touchline/ingest/explanation.hpp"

#include "component.hpp"

#include "touchline/identity/explain.hpp"

#include <algorithm>

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

Result<store::Customer> living_customer(store::Reader& reader, std::string_view id) {
    TOUCHLINE_TRY(const auto found, reader.customer(id));
    if (!found)
        return Error(Code::not_found, "there is no customer " + std::string(id.substr(0, 64)));
    return reader.resolve(found->key);
}

std::vector<std::string> identities_with(
    const store::Component& stored, const identity::Partition& partition, store::IdentityKey anchor
) {
    const auto place = std::ranges::find(stored.members, anchor, &store::Identity::key);
    std::vector<std::string> identities;
    if (place == stored.members.end()) return identities;
    const auto cluster = partition.cluster[std::size_t(place - stored.members.begin())];
    for (std::size_t i = 0; i < stored.members.size(); ++i) {
        const store::Identity& member = stored.members[i];
        if (partition.cluster[i] == cluster) identities.push_back(member.ns + ":" + member.value);
    }
    std::ranges::sort(identities);
    return identities;
}

Result<Explanation> answer(
    const store::Customer& customer,
    const std::optional<identity::Explanation>& explanation,
    std::vector<std::string> identities
) {
    if (!explanation)
        return Error(Code::not_found, "there is nothing to explain about " + customer.id);
    return Explanation{
        customer.id, explanation->summary, explanation->reasons, std::move(identities)};
}

}  // namespace

Result<Explanation> explain(
    store::Reader& reader,
    const identity::Policy& policy,
    std::string_view customer,
    const std::optional<std::pair<std::string, std::string>>& pair
) {
    TOUCHLINE_TRY(const store::Customer living, living_customer(reader, customer));
    TOUCHLINE_TRY(const auto identities, reader.identities_of(living.key));
    std::vector<store::IdentityKey> keys;
    for (const store::Identity& identity : identities) keys.push_back(identity.key);
    TOUCHLINE_TRY(const store::Component stored, reader.component(keys));
    const identity::Component component = to_component(stored, policy);
    const identity::Partition partition = identity::partition(component, policy);
    auto together = identities_with(stored, partition, living.anchor);
    if (!pair) {
        return answer(
            living,
            identity::explain_customer(component, partition, member_id(living.anchor)),
            std::move(together)
        );
    }
    TOUCHLINE_TRY(const auto a, find_member(stored, pair->first, living.id));
    TOUCHLINE_TRY(const auto b, find_member(stored, pair->second, living.id));
    return answer(living, identity::explain_pair(component, partition, a, b), std::move(together));
}

Result<Explanation> explain_at(
    store::Reader& reader, const identity::Policy& policy, std::string_view customer, Time time
) {
    TOUCHLINE_TRY(const store::Customer living, living_customer(reader, customer));
    TOUCHLINE_TRY(const auto anchor, reader.identities({&living.anchor, 1}));
    if (anchor.empty() || anchor.front().first_seen > time) {
        return Error(Code::not_found, "nobody knew " + living.id + " at " + format_rfc3339(time));
    }
    TOUCHLINE_TRY(const store::Component stored, reader.component_at({&living.anchor, 1}, time));
    const identity::Component component = to_component(stored, policy);
    const identity::Partition partition = identity::partition(component, policy);
    return answer(
        living,
        identity::explain_customer(component, partition, member_id(living.anchor)),
        identities_with(stored, partition, living.anchor)
    );
}

}  // namespace touchline::ingest
