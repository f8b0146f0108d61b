#include "touchline/model/link.hpp"

namespace touchline::model {

std::string_view to_string(Polarity polarity) {
    return polarity == Polarity::same ? "same" : "not_same";
}

std::string_view to_string(By by) {
    switch (by) {
        case By::source:
            return "source";
        case By::rule:
            return "rule";
        case By::agent:
            return "agent";
        case By::import:
            return "import";
    }
    return "source";
}

Result<void> validate(const Link& link) {
    for (const Claim* side : {&link.a, &link.b}) {
        if (side->ns.empty() || side->value.empty()) {
            return Error(Code::bad_data, "a link needs two identities, each with ns and value");
        }
    }
    if (link.a.ns == link.b.ns && link.a.value == link.b.value) {
        return Error(Code::bad_data, "a link needs two different identities");
    }
    return {};
}

void write(json::Writer& writer, const Link& link) {
    writer.begin_object();
    for (const auto& [name, side] : {std::pair("a", &link.a), std::pair("b", &link.b)}) {
        writer.key(name)
            .begin_object()
            .member("ns", side->ns)
            .member("value", side->value)
            .end_object();
    }
    writer.member("polarity", to_string(link.polarity)).member("by", to_string(link.by));
    writer.member_unless_empty("rule", link.rule);
    if (link.score) writer.member("score", *link.score);
    writer.member("asserted_at", format_rfc3339(link.asserted_at))
        .member_unless_empty("reason", link.reason);
    writer.end_object();
}

}  // namespace touchline::model
