#include "touchline/model/touchpoint.hpp"

namespace touchline::model {
namespace {

void write_identities(json::Writer& writer, const std::vector<Claim>& identities) {
    writer.key("identities").begin_array();
    for (const Claim& claim : identities) {
        writer.begin_object().member("ns", claim.ns).member("value", claim.value);
        writer.member("role", to_string(claim.role))
            .member("trust", to_string(claim.trust))
            .end_object();
    }
    writer.end_array();
}

void write_refs(json::Writer& writer, const std::vector<Ref>& refs) {
    if (refs.empty()) return;
    writer.key("refs").begin_array();
    for (const Ref& ref : refs) {
        writer.begin_object().member("rel", ref.rel).member("id", ref.id);
        writer.member_unless_empty("label", ref.label)
            .member_unless_empty("url", ref.url)
            .end_object();
    }
    writer.end_array();
}

void write_experience(json::Writer& writer, const std::vector<Experience>& experience) {
    if (experience.empty()) return;
    writer.key("experience").begin_array();
    for (const Experience& one : experience) {
        writer.begin_object().member("measure", one.measure).member("value", one.value);
        if (one.min) writer.member("min", *one.min);
        if (one.max) writer.member("max", *one.max);
        writer.member_unless_empty("label", one.label)
            .member_unless_empty("question", one.question);
        writer.member("by", one.by).member_unless_empty("model", one.model);
        if (one.confidence) writer.member("confidence", *one.confidence);
        writer.end_object();
    }
    writer.end_array();
}

void write_owner(json::Writer& writer, const Owner& owner) {
    if (owner.empty()) return;
    writer.key("owner").begin_object();
    writer.member_unless_empty("department", owner.department)
        .member_unless_empty("team", owner.team);
    writer.member_unless_empty("employee", owner.employee).member_unless_empty("role", owner.role);
    writer.end_object();
}

void write_source(json::Writer& writer, const Source& source) {
    writer.key("source").begin_object();
    writer.member("connection", source.connection).member_unless_empty("system", source.system);
    writer.member("stream", source.stream).member("external_id", source.external_id);
    writer.member_unless_empty("part", source.part).member_unless_empty("version", source.version);
    writer.member_unless_empty("url", source.url).member_unless_empty("raw", source.raw);
    writer.member_unless_empty("mapping", source.mapping)
        .member_unless_empty("connector", source.connector);
    writer.member("via", to_string(source.via))
        .member("ingested_at", format_rfc3339(source.ingested_at));
    writer.end_object();
}

std::string text_of(json::View object, std::string_view key) {
    const auto member = object.get(key);
    return std::string(member ? member->as_string().value_or("") : std::string_view());
}

std::optional<double> number_of(json::View object, std::string_view key) {
    const auto member = object.get(key);
    return member ? member->as_double() : std::nullopt;
}

std::optional<Time> time_of(json::View object, std::string_view key) {
    const auto time = parse_rfc3339(text_of(object, key));
    return time ? std::optional(*time) : std::nullopt;
}

/// The enumerator whose text this is; the first one when none fits.
template <typename E, std::size_t N>
E enum_of(const E (&choices)[N], std::string_view text) {
    for (const E choice : choices) {
        if (to_string(choice) == text) return choice;
    }
    return choices[0];
}

Source read_source(json::View value) {
    Source source;
    source.connection = text_of(value, "connection");
    source.system = text_of(value, "system");
    source.stream = text_of(value, "stream");
    source.external_id = text_of(value, "external_id");
    source.part = text_of(value, "part");
    source.version = text_of(value, "version");
    source.url = text_of(value, "url");
    source.raw = text_of(value, "raw");
    source.mapping = text_of(value, "mapping");
    source.connector = text_of(value, "connector");
    source.via = enum_of(
        {Via::poll, Via::webhook, Via::stream, Via::file, Via::backfill, Via::manual, Via::replay},
        text_of(value, "via")
    );
    source.ingested_at = time_of(value, "ingested_at").value_or(Time{});
    return source;
}

Claim read_claim(json::View value) {
    return {
        text_of(value, "ns"),
        text_of(value, "value"),
        enum_of({Role::subject, Role::counterparty, Role::account}, text_of(value, "role")),
        enum_of({Trust::claimed, Trust::verified, Trust::inferred}, text_of(value, "trust"))};
}

Experience read_experience(json::View value) {
    Experience one;
    one.measure = text_of(value, "measure");
    one.value = number_of(value, "value").value_or(0);
    one.min = number_of(value, "min");
    one.max = number_of(value, "max");
    one.label = text_of(value, "label");
    one.question = text_of(value, "question");
    one.by = text_of(value, "by");
    one.model = text_of(value, "model");
    one.confidence = number_of(value, "confidence");
    return one;
}

}  // namespace

void write(json::Writer& writer, const Touchpoint& touchpoint) {
    writer.begin_object().member("schema", k_touchpoint_schema).member("id", touchpoint.id);
    if (touchpoint.state != State::live) writer.member("state", to_string(touchpoint.state));
    writer.member("kind", touchpoint.kind).member("channel", touchpoint.channel);
    writer.member_unless_empty("platform", touchpoint.platform);
    writer.member("direction", to_string(touchpoint.direction));
    writer.member("occurred_at", format_rfc3339(touchpoint.occurred_at));
    if (touchpoint.ended_at) writer.member("ended_at", format_rfc3339(*touchpoint.ended_at));
    writer.member_unless_empty("subject", touchpoint.subject)
        .member_unless_empty("snippet", touchpoint.snippet);
    writer.member_unless_empty("body_ref", touchpoint.body_ref)
        .member_unless_empty("lang", touchpoint.lang);
    writer.member_unless_empty("status", touchpoint.status);
    write_identities(writer, touchpoint.identities);
    write_refs(writer, touchpoint.refs);
    if (touchpoint.amount) {
        const Amount& amount = *touchpoint.amount;
        writer.key("amount")
            .begin_object()
            .member("value", amount.value)
            .member("currency", amount.currency);
        writer.member_unless_empty("role", amount.role).end_object();
    }
    write_owner(writer, touchpoint.owner);
    writer.member_unless_empty("phase", touchpoint.phase)
        .member_unless_empty("phase_by", touchpoint.phase_by);
    write_experience(writer, touchpoint.experience);
    if (!touchpoint.privacy_class.empty()) {
        writer.key("privacy").begin_object().member("class", touchpoint.privacy_class).end_object();
    }
    if (!touchpoint.ext.empty()) writer.key("ext").raw(touchpoint.ext);
    // Last, so that what happened stands before where it came from: see said_of().
    write_source(writer, touchpoint.source);
    writer.end_object();
}

std::string_view said_of(std::string_view written) {
    constexpr std::string_view k_source = ",\"source\":{";
    const std::size_t at = written.rfind(k_source);
    return at == std::string_view::npos ? written : written.substr(0, at + k_source.size());
}

Result<Touchpoint> read_touchpoint(json::View value) {
    if (text_of(value, "schema") != k_touchpoint_schema) {
        return Error(Code::bad_data, "not a " + std::string(k_touchpoint_schema) + " record");
    }
    Touchpoint touchpoint;
    touchpoint.id = text_of(value, "id");
    touchpoint.state =
        enum_of({State::live, State::retracted, State::redacted}, text_of(value, "state"));
    touchpoint.kind = text_of(value, "kind");
    touchpoint.channel = text_of(value, "channel");
    touchpoint.platform = text_of(value, "platform");
    touchpoint.direction = direction_from(text_of(value, "direction")).value_or(Direction::inbound);
    touchpoint.occurred_at = time_of(value, "occurred_at").value_or(Time{});
    touchpoint.ended_at = time_of(value, "ended_at");
    touchpoint.subject = text_of(value, "subject");
    touchpoint.snippet = text_of(value, "snippet");
    touchpoint.body_ref = text_of(value, "body_ref");
    touchpoint.lang = text_of(value, "lang");
    touchpoint.status = text_of(value, "status");
    if (const auto identities = value.get("identities")) {
        for (const json::View claim : identities->elements())
            touchpoint.identities.push_back(read_claim(claim));
    }
    if (const auto refs = value.get("refs")) {
        for (const json::View ref : refs->elements()) {
            touchpoint.refs.push_back(
                {text_of(ref, "rel"),
                 text_of(ref, "id"),
                 text_of(ref, "label"),
                 text_of(ref, "url")}
            );
        }
    }
    if (const auto amount = value.get("amount")) {
        touchpoint.amount = Amount{
            text_of(*amount, "value"), text_of(*amount, "currency"), text_of(*amount, "role")};
    }
    if (const auto owner = value.get("owner")) {
        touchpoint.owner = {
            text_of(*owner, "department"),
            text_of(*owner, "team"),
            text_of(*owner, "employee"),
            text_of(*owner, "role")};
    }
    touchpoint.phase = text_of(value, "phase");
    touchpoint.phase_by = text_of(value, "phase_by");
    if (const auto experience = value.get("experience")) {
        for (const json::View one : experience->elements())
            touchpoint.experience.push_back(read_experience(one));
    }
    if (const auto privacy = value.get("privacy"))
        touchpoint.privacy_class = text_of(*privacy, "class");
    if (const auto source = value.get("source")) touchpoint.source = read_source(*source);
    if (const auto ext = value.get("ext")) touchpoint.ext = ext->text();
    return touchpoint;
}

}  // namespace touchline::model
