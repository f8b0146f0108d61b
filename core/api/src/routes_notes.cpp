#include "body.hpp"
#include "problem.hpp"
#include "routes.hpp"

#include "touchline/ingest/note.hpp"
#include "touchline/json/writer.hpp"
#include "touchline/view/masking.hpp"
#include "touchline/view/pins.hpp"

namespace touchline::api {
namespace {

Answer pins_of(const Call& call) {
    TOUCHLINE_TRY(const auto reader, call.options.environment.store.reader());
    TOUCHLINE_TRY(auto pins, view::pins(*reader, call.options.catalogue, call.path[0]));
    view::mask(pins, call.reading());
    json::Writer writer;
    view::write(writer, pins);
    return json_response(writer.take());
}

}  // namespace

Answer get_pins(const Call& call) {
    return pins_of(call);
}

Answer post_pin(const Call& call) {
    TOUCHLINE_TRY(const json::Document body, body_of(call));
    const auto pinned = body.root().get("pinned");
    const auto wanted = pinned ? pinned->as_bool() : std::nullopt;
    if (!wanted) return Error(Code::bad_data, "`pinned` has to be true or false");
    TOUCHLINE_CHECK(ingest::set_pin(
        call.options.environment,
        call.path[0],
        text_of(body.root(), "touchpoint"),
        *wanted,
        author_of(call, body.root())
    ));
    return pins_of(call);
}

Answer post_note(const Call& call) {
    TOUCHLINE_TRY(const json::Document body, body_of(call));
    TOUCHLINE_TRY(
        const std::string id,
        ingest::add_note(
            call.options.environment,
            call.path[0],
            text_of(body.root(), "text"),
            author_of(call, body.root())
        )
    );
    json::Writer writer;
    writer.begin_object().member("touchpoint", id).end_object();
    return json_response(writer.take(), 201);
}

}  // namespace touchline::api
