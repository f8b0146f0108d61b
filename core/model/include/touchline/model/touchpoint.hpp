// What happened between a customer and the company. The published JSON Schema is
// schema/touchpoint-1-0.json; this is the same in C++, and a test holds the two together.
#pragma once

#include "touchline/base/result.hpp"
#include "touchline/base/time.hpp"
#include "touchline/json/view.hpp"
#include "touchline/json/writer.hpp"
#include "touchline/model/identity.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace touchline::model {

inline constexpr std::string_view k_touchpoint_schema = "touchpoint/1-0";

enum class State { live, retracted, redacted };
/// Who acted towards whom; `internal` is staff only, `system` an automatic change of state.
enum class Direction { inbound, outbound, internal, system };
enum class Via { poll, webhook, stream, file, backfill, manual, replay };

/// A pointer to another thing in the source's world: {rel: "case", id: "48211", url: "https://…"}.
struct Ref {
    std::string rel, id, label, url;
};

/// Money: a decimal string and an ISO 4217 code. `role` is gross, net, refund, forecast, fee or
/// empty.
struct Amount {
    std::string value, currency, role;
};

struct Owner {
    std::string department, team, employee, role;
    bool empty() const {
        return department.empty() && team.empty() && employee.empty() && role.empty();
    }
};

/// One measurement of how the customer felt, with its own scale.
struct Experience {
    std::string measure;  ///< nps, csat, ces, stars, thumb, sentiment, emotion, effort
    double value = 0;
    std::optional<double> min, max;
    std::string label, question;
    std::string by;  ///< customer, agent, rule, model
    std::string model;
    std::optional<double> confidence;
};

/// Where a record came from. (connection, stream, external_id, part) is what ids are made of.
struct Source {
    std::string connection, system, stream, external_id, part, version, url, raw, mapping,
        connector;
    Via via = Via::poll;
    Time ingested_at{};
};

struct Touchpoint {
    std::string id;  ///< see touchpoint_id
    State state = State::live;
    std::string kind;     ///< "case.opened", "x.acme.demo.given"
    std::string channel;  ///< the medium: email, phone, web, …
    std::string platform;
    Direction direction = Direction::inbound;
    Time occurred_at{};
    std::optional<Time> ended_at;
    std::string subject, snippet, body_ref, lang, status;
    std::vector<Claim> identities;  ///< at least one, at most 16
    std::vector<Ref> refs;
    std::optional<Amount> amount;
    Owner owner;
    std::string phase, phase_by;
    std::vector<Experience> experience;
    std::string privacy_class;  ///< public, normal, sensitive, special or empty
    Source source;
    std::string ext;  ///< a JSON object, or empty
};

/// "tp_" and the first 128 bits of SHA-256 over the parts, each preceded by its length, in
/// Crockford base 32.
std::string touchpoint_id(std::string_view tenant, const Source& source);

/// Holds the record against the schema and against sense (years 1900 to 2199). Error: bad_data,
/// naming the JSON pointer.
Result<void> validate(const Touchpoint& touchpoint);

/// The record as the schema has it.
void write(json::Writer& writer, const Touchpoint& touchpoint);
/// Of what write() wrote: the beginning that says what happened. What follows says where the record
/// came from and when, and differs from version to version of a record that says the same.
std::string_view said_of(std::string_view written);
/// Reads what write() wrote.
Result<Touchpoint> read_touchpoint(json::View value);

std::string_view to_string(State state);
std::string_view to_string(Direction direction);
std::string_view to_string(Via via);
std::optional<Direction> direction_from(std::string_view text);

/// The JSON Schema (draft 2020-12) as published at /schema/touchpoint/1-0.
std::string_view touchpoint_json_schema();

}  // namespace touchline::model
