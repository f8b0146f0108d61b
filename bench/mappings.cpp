#include "mappings.hpp"

#include "must.hpp"
#include "synthetic.hpp"

#include "touchline/config/yaml.hpp"

#include <deque>

namespace touchline::bench {
namespace {

constexpr const char* k_mapping = R"yaml(
lookups:
  status: {new: open, open: open, stalled: waiting, resolved: done, rejected: cancelled}
emit: touchpoint
set:
  kind: case.opened
  channel: email
  platform: helpdesk
  direction: inbound
  occurred_at: =created
  subject: =subject
  snippet: =truncate(description, `200`)
  status: =lookup(status, 'status', 'open')
  lang: =lang
  identities:
    - {ns: helpdesk.user, value: =to_string(requester.id), trust: verified}
    - {ns: email, value: =requester.email, trust: verified}
  refs:
    - {rel: case, id: =to_string(id), label: "=format('Ticket {}', id)"}
  owner: {team: =queue}
)yaml";

std::string text_of(json::View record, std::string_view key) {
    const auto value = record.get(key);
    if (!value) return {};
    if (const auto text = value->as_string()) return std::string(*text);
    return value->text();
}

std::string_view status_of(json::View record) {
    static const std::pair<std::string_view, std::string_view> k_status[] = {
        {"new", "open"},
        {"open", "open"},
        {"stalled", "waiting"},
        {"resolved", "done"},
        {"rejected", "cancelled"}};
    const auto value = record.get("status");
    const auto text = value ? value->as_string() : std::nullopt;
    for (const auto& [from, to] : k_status) {
        if (text == from) return to;
    }
    return "open";
}

}  // namespace

mapping::Mapping ticket_mapping() {
    const json::Node node = must(config::read_yaml(k_mapping, "tickets.yaml"));
    std::vector<Error> problems;
    auto mapping = mapping::Mapping::compile(node, problems);
    for (const Error& problem : problems) must(Result<void>(problem));
    return *mapping;
}

Result<void> map_by_hand(const mapping::Context& context, json::View record, mapping::Output& out) {
    model::Touchpoint& touchpoint = out.touchpoints.emplace_back();
    touchpoint.kind = "case.opened";
    touchpoint.channel = "email";
    touchpoint.platform = "helpdesk";
    touchpoint.direction = model::Direction::inbound;
    const auto created = record.get("created");
    const auto at = parse_rfc3339(created ? created->as_string().value_or("") : "");
    if (!at) return Error(Code::bad_data, "created is not a time");
    touchpoint.occurred_at = *at;
    touchpoint.subject = text_of(record, "subject");
    touchpoint.snippet = text_of(record, "description").substr(0, 200);
    touchpoint.status = status_of(record);
    touchpoint.lang = text_of(record, "lang");
    const auto requester = record.get("requester");
    if (!requester) return Error(Code::bad_data, "there is no requester");
    touchpoint.identities.push_back(
        {"helpdesk.user", text_of(*requester, "id"), model::Role::subject, model::Trust::verified}
    );
    touchpoint.identities.push_back(
        {"email", text_of(*requester, "email"), model::Role::subject, model::Trust::verified}
    );
    std::string id = text_of(record, "id");
    std::string label = "Ticket " + id;
    touchpoint.refs.push_back({"case", std::move(id), std::move(label), {}});
    touchpoint.owner.team = text_of(record, "queue");
    touchpoint.owner.department = context.department;
    touchpoint.source = context.source;
    touchpoint.id = model::touchpoint_id(context.tenant, touchpoint.source);
    return model::validate(touchpoint);
}

MappingCosts measure_mapping() {
    constexpr int k_records = 200, k_rounds = 100;
    Synthetic synthetic(k_records);
    std::deque<json::Parser> parsers;
    std::vector<json::View> records;
    for (int i = 0; i < k_records; ++i) {
        const std::string bytes = synthetic.record(i).bytes;
        records.push_back(must(parsers.emplace_back().parse(bytes)));
    }
    model::Source source;
    source.connection = "helpdesk";
    source.stream = "tickets";
    source.external_id = "17";
    source.mapping = "tickets.yaml@1a2b3c4d";
    source.connector = "helpdesk@1.0.0";
    mapping::Context context{"default", source};
    context.department = "support";
    const mapping::Mapping mapping = ticket_mapping();
    mapping::Runner runner;
    mapping::Output output;
    MappingCosts costs;
    // In turn, so that a busy machine is as busy for both.
    for (int round = 0; round < k_rounds; ++round) {
        double start = cpu_microseconds();
        for (const json::View record : records) {
            output.clear();
            must(runner.run(mapping, context, record, output));
        }
        costs.interpreted += cpu_microseconds() - start;
        start = cpu_microseconds();
        for (const json::View record : records) {
            output.clear();
            must(map_by_hand(context, record, output));
        }
        costs.by_hand += cpu_microseconds() - start;
    }
    costs.interpreted /= k_records * k_rounds;
    costs.by_hand /= k_records * k_rounds;
    return costs;
}

}  // namespace touchline::bench
