#include "rpc.hpp"

#include <cstdio>
#include <cstdlib>
#include <string_view>

namespace tryton {

namespace {

/// The number of a member of a flat object, as the host writes JSON: without spaces.
std::int64_t number_in(const std::string& object, std::string_view member) {
    const std::string key = "\"" + std::string(member) + "\":";
    const auto at = object.find(key);
    return at == std::string::npos ? 0
                                   : std::strtoll(object.c_str() + at + key.size(), nullptr, 10);
}

bool is_class(const sdk::Value& value, std::string_view name) {
    return value.kind == sdk::JsonKind::object &&
           value.text.find("\"__class__\":\"" + std::string(name) + "\"") != std::string::npos;
}

std::string day_of(const std::string& object) {
    char text[24];
    std::snprintf(
        text,
        sizeof(text),
        "%04d-%02d-%02d",
        static_cast<int>(number_in(object, "year")),
        static_cast<int>(number_in(object, "month")),
        static_cast<int>(number_in(object, "day"))
    );
    return text;
}

std::string moment_of(const std::string& object) {
    char text[40];
    std::snprintf(
        text,
        sizeof(text),
        "T%02d:%02d:%02d.%06dZ",
        static_cast<int>(number_in(object, "hour")),
        static_cast<int>(number_in(object, "minute")),
        static_cast<int>(number_in(object, "second")),
        static_cast<int>(number_in(object, "microsecond"))
    );
    return day_of(object) + text;
}

std::string quoted(std::string_view text) {
    std::string out;
    sdk::append_quoted(out, text);
    return out;
}

}  // namespace

Result<sdk::HttpResponse> call(Job& job, const std::string& method, const std::string& params) {
    std::string body;
    sdk::JsonObject(body)
        .number("id", 0)
        .text("method", method)
        .raw("params", "[" + params + "]")
        .end();
    TL_TRY(
        auto answer,
        job.send(sdk::HttpRequest("rpc", "/")
                     .content("application/json", std::move(body))
                     .with_flags(TL_HTTP_IDEMPOTENT))
    );
    TL_TRY(const auto said, answer.body().pick({"/error", "/error/0", "/error/1", "/error/1/0"}));
    if (!said[0].is_set()) return answer;
    const std::string kind = said[1].as_text();
    const std::string words = said[3].is_set() ? said[3].as_text() : said[2].as_text();
    const bool no_right = kind.find("Access") != std::string::npos || kind == "403" ||
                          words.find("not allowed to access") != std::string::npos;
    return Error(
        no_right ? Status::denied : Status::bad_data, "Tryton refuses " + method + ": " + words
    );
}

std::string datetime_json(std::int64_t unix_ms) {
    const std::string text = sdk::time_text_ms(unix_ms);
    const auto number = [&](std::size_t at, std::size_t size) {
        return std::strtoll(text.substr(at, size).c_str(), nullptr, 10);
    };
    std::string json;
    sdk::JsonObject(json)
        .text("__class__", "datetime")
        .number("year", number(0, 4))
        .number("month", number(5, 2))
        .number("day", number(8, 2))
        .number("hour", number(11, 2))
        .number("minute", number(14, 2))
        .number("second", number(17, 2))
        .number("microsecond", number(20, 3) * 1000)
        .end();
    return json;
}

std::optional<std::int64_t> datetime_ms(const sdk::Value& value) {
    if (is_class(value, "datetime")) return sdk::parse_time_ms(moment_of(value.text));
    return std::nullopt;
}

std::string plain_json(const sdk::Value& value) {
    if (!value.is_set()) return "null";
    if (value.kind == sdk::JsonKind::string) return quoted(value.text);
    if (is_class(value, "datetime")) return quoted(moment_of(value.text));
    if (is_class(value, "date")) return quoted(day_of(value.text));
    if (is_class(value, "Decimal")) {
        const auto at = value.text.find("\"decimal\":\"");
        const auto from = at == std::string::npos ? at : at + 11;
        if (from != std::string::npos)
            return quoted(
                std::string_view(value.text).substr(from, value.text.find('"', from) - from)
            );
    }
    return value.text;
}

}  // namespace tryton
