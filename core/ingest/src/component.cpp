#include "component.hpp"

#include <algorithm>

namespace touchline::ingest {

identity::Component to_component(const store::Component& stored, const identity::Policy& policy) {
    identity::Component component;
    component.join_from = stored.join_from;
    for (const store::Identity& member : stored.members) {
        component.members.push_back(
            {member_id(member.key),
             member.ns,
             member.strength,
             member.value,
             member.shared,
             std::ranges::binary_search(stored.profiled, member.key)}
        );
    }
    for (const store::StoredLink& link : stored.links) {
        component.links.push_back(
            {static_cast<std::int64_t>(link.key),
             member_id(link.a),
             member_id(link.b),
             link.polarity,
             link.by,
             link.rule,
             link.asserted_at,
             link.support,
             link.score,
             link.evidence,
             link.reason}
        );
    }
    for (const store::Component::Name& name : stored.names) {
        if (name.ns == k_birth_date)
            component.births.push_back({member_id(name.member), name.value});
        if (policy.rule(name.ns).normaliser != model::Normaliser::name) continue;
        component.names.push_back({member_id(name.member), name.value});
    }
    return component;
}

}  // namespace touchline::ingest
