#include "touchline/model/fact.hpp"

namespace touchline::model {

Result<void> validate(const Fact& fact) {
    if (fact.field.empty() || fact.field.size() > 64) {
        return Error(Code::bad_data, "/field: a fact needs a field of at most 64 characters");
    }
    if (fact.identities.empty()) {
        return Error(Code::bad_data, "/identities: no identity is left for " + fact.field)
            .cure("Map at least one identity that is not empty.");
    }
    if (fact.value.empty()) return Error(Code::bad_data, "/value: empty for " + fact.field);
    return {};
}

void write(json::Writer& writer, const Fact& fact) {
    writer.begin_object().member("field", fact.field).key("value").raw(fact.value);
    writer.member("observed_at", format_rfc3339(fact.observed_at)).key("identities").begin_array();
    for (const Claim& claim : fact.identities) {
        writer.begin_object().member("ns", claim.ns).member("value", claim.value).end_object();
    }
    writer.end_array().member_unless_empty("group", fact.group);
    if (fact.confidence) writer.member("confidence", *fact.confidence);
    if (fact.retract) writer.member("retract", true);
    writer.end_object();
}

}  // namespace touchline::model
