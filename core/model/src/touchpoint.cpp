#include "touchline/model/touchpoint.hpp"

#include "touchline/base/digest.hpp"

#include <array>

namespace touchline::model {

std::string touchpoint_id(std::string_view tenant, const Source& source) {
    std::string text;
    text.reserve(160);
    for (const std::string_view part :
         {tenant,
          std::string_view(source.connection),
          std::string_view(source.stream),
          std::string_view(source.external_id),
          std::string_view(source.part)}) {
        // The length keeps ("a", "bc") apart from ("ab", "c").
        text.append(std::to_string(part.size())).append(":").append(part);
    }
    const Digest digest = sha256(text);
    return "tp_" + to_base32(std::span(digest).first<16>());
}

std::string_view to_string(State state) {
    switch (state) {
        case State::live:
            return "live";
        case State::retracted:
            return "retracted";
        case State::redacted:
            return "redacted";
    }
    return "live";
}

std::string_view to_string(Direction direction) {
    switch (direction) {
        case Direction::inbound:
            return "inbound";
        case Direction::outbound:
            return "outbound";
        case Direction::internal:
            return "internal";
        case Direction::system:
            return "system";
    }
    return "inbound";
}

std::string_view to_string(Via via) {
    switch (via) {
        case Via::poll:
            return "poll";
        case Via::webhook:
            return "webhook";
        case Via::stream:
            return "stream";
        case Via::file:
            return "file";
        case Via::backfill:
            return "backfill";
        case Via::manual:
            return "manual";
        case Via::replay:
            return "replay";
    }
    return "poll";
}

std::optional<Direction> direction_from(std::string_view text) {
    for (const Direction direction :
         {Direction::inbound, Direction::outbound, Direction::internal, Direction::system}) {
        if (text == to_string(direction)) return direction;
    }
    return std::nullopt;
}

}  // namespace touchline::model
