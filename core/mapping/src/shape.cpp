#include "shape.hpp"

#include <array>

namespace touchline::mapping {
namespace {

using Words = std::string_view;

constexpr std::array<Words, 4> k_claim{"ns", "value", "role", "trust"};
constexpr std::array<Words, 4> k_ref{"rel", "id", "label", "url"};
constexpr std::array<Words, 3> k_amount{"value", "currency", "role"};
constexpr std::array<Words, 4> k_owner{"department", "team", "employee", "role"};
constexpr std::array<Words, 1> k_privacy{"class"};
constexpr std::array<Words, 9> k_experience{
    "measure", "value", "min", "max", "label", "question", "by", "model", "confidence"};
constexpr std::array<Words, 4> k_directions{"inbound", "outbound", "internal", "system"};
constexpr std::array<Words, 2> k_states{"live", "retracted"};
constexpr std::array<Words, 2> k_polarities{"same", "not_same"};

constexpr std::string_view k_needs_identities =
    "write who it is about, like [{ns: email, value: =email}]";

constexpr Shape k_touchpoint[] = {
    {.key = "kind", .required = "write what happened, like case.opened"},
    {.key = "channel",
     .required = "write the medium, like email, phone or web; unknown if nobody can tell"},
    {.key = "direction",
     .required = "write who acted: inbound is the customer, outbound the company, internal staff "
                 "only, system nobody",
     .words = k_directions},
    {.key = "occurred_at", .required = "write when it happened, like =created_at"},
    {.key = "identities", .members = k_claim, .list = true, .required = k_needs_identities},
    {.key = "ended_at"},
    {.key = "platform"},
    {.key = "subject"},
    {.key = "snippet"},
    {.key = "body_ref"},
    {.key = "lang"},
    {.key = "status"},
    {.key = "state", .words = k_states},
    {.key = "refs", .members = k_ref, .list = true},
    {.key = "amount", .members = k_amount},
    {.key = "owner", .members = k_owner},
    {.key = "phase"},
    {.key = "phase_by"},
    {.key = "experience", .members = k_experience, .list = true},
    {.key = "privacy", .members = k_privacy},
    {.key = "ext"},
};

constexpr Shape k_fact[] = {
    {.key = "identities", .members = k_claim, .list = true, .required = k_needs_identities},
    {.key = "observed_at", .required = "write since when the source says so, like =updated_at"},
    {.key = "field"},
    {.key = "value"},
    {.key = "group"},
    {.key = "confidence"},
    {.key = "retract"},
};

constexpr Shape k_link[] = {
    {.key = "a",
     .members = k_claim,
     .required = "write one of the two identities, like {ns: email, value: =email}"},
    {.key = "b",
     .members = k_claim,
     .required = "write the other identity, like {ns: crm.contact, value: =id}"},
    {.key = "polarity", .words = k_polarities},
    {.key = "rule"},
    {.key = "score"},
    {.key = "asserted_at"},
    {.key = "reason"},
};

}  // namespace

std::span<const Shape> shapes(Emit emit) {
    switch (emit) {
        case Emit::touchpoint:
            return k_touchpoint;
        case Emit::fact:
            return k_fact;
        case Emit::link:
            return k_link;
    }
    return {};
}

}  // namespace touchline::mapping
