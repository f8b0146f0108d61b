#include "touchline/deliver/cloud_event.hpp"

#include "touchline/json/writer.hpp"

#include <algorithm>

namespace touchline::deliver {

namespace {

constexpr std::size_t k_sequence_digits = 19;

std::string sortable(std::int64_t number) {
    auto digits = std::to_string(number);
    digits.insert(0, k_sequence_digits - std::min(digits.size(), k_sequence_digits), '0');
    return digits;
}

/// RFC 3986, section 2.3.
bool is_unreserved(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
           c == '.' || c == '_' || c == '~';
}

}  // namespace

std::string to_json(const CloudEvent& event) {
    json::Writer writer;
    writer.begin_object();
    writer.member("specversion", "1.0");
    writer.member("id", event.id);
    writer.member("source", event.source);
    writer.member("type", event.type);
    writer.member("subject", event.subject);
    writer.member("time", format_rfc3339(event.time));
    writer.member("recordedtime", format_rfc3339(event.recorded));
    writer.member("sequence", sortable(event.sequence));
    writer.member("partitionkey", event.subject);
    if (!event.data.empty()) {
        writer.member_unless_empty("dataschema", event.dataschema);
        writer.member("datacontenttype", "application/json");
        writer.key("data").raw(event.data);
    }
    writer.end_object();
    return writer.take();
}

std::string connection_source(std::string_view connection) {
    constexpr std::string_view k_hex = "0123456789ABCDEF";
    std::string source = "/connections/";
    for (const char c : connection) {
        if (is_unreserved(c)) {
            source += c;
            continue;
        }
        const auto byte = static_cast<unsigned char>(c);
        source += '%';
        source += k_hex[byte >> 4];
        source += k_hex[byte & 0xf];
    }
    return source;
}

}  // namespace touchline::deliver
