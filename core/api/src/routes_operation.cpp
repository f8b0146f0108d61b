#include "access.hpp"
#include "problem.hpp"
#include "routes.hpp"

#include "touchline/json/writer.hpp"
#include "touchline/view/connections.hpp"
#include "touchline/view/destinations.hpp"

#include <charconv>

namespace touchline::api {

Answer get_connections(const Call& call) {
    TOUCHLINE_TRY(const auto reader, call.options.environment.store.reader());
    const Time now = call.options.environment.clock.now();
    TOUCHLINE_TRY(const auto connections, view::connections(*reader, call.options.catalogue, now));
    json::Writer writer;
    writer.begin_object().key("connections").begin_array();
    for (const view::ConnectionHealth& health : connections) view::write(writer, health);
    writer.end_array().end_object();
    return json_response(writer.take());
}

Answer post_run(const Call& call) {
    TOUCHLINE_CHECK(check_change(call.request));
    TOUCHLINE_CHECK(call.options.operations.request_run(call.path[0]));
    return json_response(R"({"started":true})", 202);
}

Answer get_destinations(const Call& call) {
    TOUCHLINE_TRY(const auto reader, call.options.environment.store.reader());
    TOUCHLINE_TRY(const auto found, view::destinations(*reader, call.options.catalogue));
    json::Writer writer;
    view::write(writer, found);
    return json_response(writer.take());
}

Answer post_enable(const Call& call) {
    TOUCHLINE_CHECK(check_change(call.request));
    TOUCHLINE_CHECK(call.options.operations.enable_destination(call.path[0]));
    return json_response(R"({"enabled":true})");
}

Answer get_dead_letters(const Call& call) {
    TOUCHLINE_TRY(const std::int64_t offset, call.number("offset", 0, 0, 100'000'000));
    TOUCHLINE_TRY(const std::int64_t limit, call.number("limit", 50, 1, 500));
    TOUCHLINE_TRY(const auto reader, call.options.environment.store.reader());
    TOUCHLINE_TRY(
        const auto letters, reader->dead_letters(call.query("connection"), offset, limit)
    );
    json::Writer writer;
    writer.begin_object().key("dead_letters").begin_array();
    for (const store::DeadLetter& letter : letters) {
        writer.begin_object().member("id", static_cast<std::int64_t>(letter.key));
        writer.member("connection", letter.connection).member("stream", letter.stream);
        writer.member("external_id", letter.external_id)
            .member("stage", letter.stage)
            .member("code", letter.code);
        writer.member("message", letter.message)
            .member("place", letter.place)
            .member("cure", letter.cure);
        writer.member("attempts", letter.attempts).member("raw_bytes", letter.raw_bytes);
        writer.member("first_at", format_rfc3339(letter.first_at));
        writer.member("last_at", format_rfc3339(letter.last_at)).end_object();
    }
    writer.end_array().end_object();
    return json_response(writer.take());
}

Answer post_dead_letter_retry(const Call& call) {
    TOUCHLINE_CHECK(check_change(call.request));
    const std::string& text = call.path[0];
    std::int64_t key = 0;
    const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), key);
    if (fault != std::errc() || end != text.data() + text.size()) {
        return Error(Code::not_found, "there is no dead letter " + text.substr(0, 32));
    }
    TOUCHLINE_TRY(
        const bool done,
        call.options.operations.retry_dead_letter(static_cast<store::DeadLetterKey>(key))
    );
    return json_response(done ? R"({"processed":true})" : R"({"processed":false})");
}

}  // namespace touchline::api
