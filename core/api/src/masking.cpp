#include "masking.hpp"

#include "touchline/base/time.hpp"
#include "touchline/json/view.hpp"
#include "touchline/json/writer.hpp"
#include "touchline/net/url_values.hpp"

#include <algorithm>
#include <array>

namespace touchline::api {
namespace {

constexpr std::size_t k_shortest_number = 5;

bool is_lower(char c) {
    return c >= 'a' && c <= 'z';
}

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

/// Words that sources have for states, channels and kinds. Any other word may be somebody's name.
constexpr auto k_words = std::to_array<std::string_view>(
    {"accepted", "active",   "answered", "call",     "cancelled", "case",     "chat",     "closed",
     "comment",  "contact",  "created",  "deleted",  "delivered", "done",     "draft",    "email",
     "false",    "failed",   "high",     "in",       "inbound",   "internal", "invoice",  "letter",
     "low",      "medium",   "message",  "missed",   "new",       "normal",   "note",     "open",
     "order",    "out",      "outbound", "paid",     "pending",   "phone",    "post",     "private",
     "public",   "refunded", "rejected", "reopened", "reply",     "resolved", "returned", "sent",
     "shipped",  "sms",      "solved",   "survey",   "ticket",    "true",     "updated",  "urgent",
     "visit",    "voice",    "waiting",  "web",      "won"}
);
/// A page's number or a date; an identity's key or a phone number is longer or plain.
bool says_nothing_of_people(std::string_view value) {
    constexpr std::size_t k_longest_page = 6;
    const auto is_of_date = [](char c) {
        return is_digit(c) || c == '-' || c == ':' || c == 'T' || c == 'Z';
    };
    const bool is_date = value.size() >= 10 && value[4] == '-' && value[7] == '-' &&
                         std::ranges::all_of(value, is_of_date);
    return is_date || value == "***" ||
           (value.size() <= k_longest_page && std::ranges::all_of(value, is_digit));
}

constexpr std::size_t k_longest_code = 3;  // EUR, BE

bool is_code(std::string_view text) {
    const bool capital = text.size() <= k_longest_code &&
                         std::ranges::all_of(text, [](char c) { return c >= 'A' && c <= 'Z'; });
    return capital || std::ranges::find(k_words, text) != k_words.end();
}

void write_masked(json::Writer& writer, json::View value) {
    switch (value.kind()) {
        case json::Kind::object:
            writer.begin_object();
            for (const json::Member member : value.members()) {
                writer.key(member.key);
                write_masked(writer, member.value);
            }
            writer.end_object();
            return;
        case json::Kind::array:
            writer.begin_array();
            for (const json::View element : value.elements()) write_masked(writer, element);
            writer.end_array();
            return;
        case json::Kind::string:
            writer.value(masked_text(value.as_string().value_or("")));
            return;
        default:
            break;
    }
    const std::string text = value.text();
    const auto digits = std::ranges::count_if(text, is_digit);
    // A long number is a telephone number, or a key by which to find somebody.
    writer.raw(digits >= static_cast<std::ptrdiff_t>(k_shortest_number) ? "0" : text);
}

}  // namespace

std::string masked_text(std::string_view text) {
    if (text.empty() || is_code(text) || parse_rfc3339(text)) return std::string(text);
    std::string masked;
    masked.reserve(text.size());
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if ((byte & 0xC0) == 0x80) continue;  // the rest of a character that was masked already
        const bool is_letter = is_lower(c) || (c >= 'A' && c <= 'Z') || byte >= 0x80;
        masked.push_back(is_digit(c) ? '0' : is_letter ? 'x' : c);
    }
    return masked;
}

std::string masked_url(std::string_view url) {
    return net::with_values(url, [](std::string_view, std::string_view value) {
        return std::string(says_nothing_of_people(value) ? value : "***");
    });
}

std::string masked_message(std::string_view message) {
    std::string masked;
    while (!message.empty()) {
        const std::size_t open = message.find('"');
        masked.append(message.substr(0, open));
        if (open == std::string_view::npos) break;
        const std::size_t close = message.find('"', open + 1);
        const std::size_t end = std::min(close, message.size());
        masked.append(1, '"').append(masked_text(message.substr(open + 1, end - open - 1)));
        if (close == std::string_view::npos) break;
        masked += '"';
        message.remove_prefix(close + 1);
    }
    return masked;
}

std::string masked_json(std::string_view json) {
    const auto document = json::Document::parse(json);
    if (!document) return masked_text(json);
    json::Writer writer;
    write_masked(writer, document->root());
    return writer.take();
}

}  // namespace touchline::api
