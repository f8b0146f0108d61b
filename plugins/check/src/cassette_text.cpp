// Cassettes as text that a person can read and mend.
#include "touchline/base/digest.hpp"
#include "touchline/base/text.hpp"
#include "touchline/check/cassette.hpp"
#include "touchline/json/records.hpp"
#include "touchline/json/view.hpp"
#include "touchline/json/writer.hpp"

namespace touchline::check {

namespace {

/// As "json" where it is a list or an object, else as "text", else as "base64".
void write_bytes(json::Writer& writer, const std::string& bytes) {
    const auto document = json::Document::parse(bytes);
    const bool structured = document && (document->root().kind() == json::Kind::object ||
                                         document->root().kind() == json::Kind::array);
    if (structured) {
        writer.key("json").raw(document->root().text());
    } else if (is_utf8(bytes)) {
        writer.member("text", bytes);
    } else {
        writer.member("base64", to_base64(bytes));
    }
}

void write_headers(json::Writer& writer, const net::Headers& headers) {
    if (headers.empty()) return;
    writer.key("headers").begin_object();
    for (const net::Header& header : headers) writer.member(header.name, header.value);
    writer.end_object();
}

void write_exchange(json::Writer& writer, const Exchange& exchange) {
    writer.begin_object().key("request").begin_object();
    writer.member("method", exchange.method).member("url", exchange.url);
    if (exchange.body) write_bytes(writer, *exchange.body);
    writer.end_object().key("answer").begin_object().member("status", exchange.answer.status);
    write_headers(writer, exchange.answer.headers);
    write_bytes(writer, exchange.answer.body);
    writer.end_object().end_object();
}

void write_frames(json::Writer& writer, const FrameExchange& exchange) {
    writer.begin_object().member("url", exchange.url);
    if (exchange.send) {
        writer.key("send").begin_object();
        write_bytes(writer, *exchange.send);
        writer.end_object();
    }
    writer.key("receive").begin_array();
    for (const std::string& frame : exchange.receive) {
        writer.begin_object();
        write_bytes(writer, frame);
        writer.end_object();
    }
    writer.end_array();
    if (exchange.end) writer.member("end", true);
    writer.end_object();
}

void write_rows(json::Writer& writer, const RowExchange& exchange) {
    writer.begin_object().member("url", exchange.url).member("sql", exchange.sql);
    writer.key("parameters").begin_array();
    for (const std::string& parameter : exchange.parameters) writer.value(parameter);
    writer.end_array().key("rows").begin_array();
    for (const std::string_view line : json::split_lines(exchange.lines)) writer.raw(line);
    writer.end_array();
    if (exchange.more) writer.member("more", true);
    writer.end_object();
}

std::string compact(const Cassette& cassette) {
    json::Writer writer;
    writer.begin_object().member("cassette", 1).member_unless_empty("about", cassette.about);
    writer.member("now", format_rfc3339(cassette.now)).key("settings").raw(cassette.settings);
    if (!cassette.streams.empty()) {
        writer.key("streams").begin_array();
        for (const std::string& stream : cassette.streams) writer.value(stream);
        writer.end_array();
    }
    writer.key("exchanges").begin_array();
    for (const Exchange& exchange : cassette.exchanges) write_exchange(writer, exchange);
    writer.end_array();
    if (!cassette.frames.empty()) {
        writer.key("frames").begin_array();
        for (const FrameExchange& exchange : cassette.frames) write_frames(writer, exchange);
        writer.end_array();
    }
    if (!cassette.rows.empty()) {
        writer.key("rows").begin_array();
        for (const RowExchange& exchange : cassette.rows) write_rows(writer, exchange);
        writer.end_array();
    }
    if (!cassette.files.empty()) {
        writer.key("files").begin_object();
        for (const CassetteFile& file : cassette.files) {
            writer.key(file.name).begin_object();
            write_bytes(writer, file.bytes);
            writer.end_object();
        }
        writer.end_object();
    }
    if (!cassette.webhooks.empty()) {
        writer.key("webhooks").begin_array();
        for (const CassetteWebhook& webhook : cassette.webhooks) {
            writer.begin_object().member("stream", webhook.stream);
            write_headers(writer, webhook.headers);
            write_bytes(writer, webhook.body);
            writer.end_object();
        }
        writer.end_array();
    }
    if (!cassette.events.empty()) {
        writer.key("events").begin_array();
        for (const CassetteEvent& event : cassette.events) {
            writer.begin_object().member("id", event.id).member("subject", event.subject);
            writer.member("type", event.type);
            write_bytes(writer, event.body);
            writer.end_object();
        }
        writer.end_array();
    }
    return writer.end_object().take();
}

/// Line breaks and two spaces a level; strings stay as they are.
std::string indented(std::string_view json) {
    std::string out;
    std::size_t depth = 0;
    bool quoted = false;
    const auto line = [&] { out.append("\n").append(depth * 2, ' '); };
    for (std::size_t i = 0; i < json.size(); ++i) {
        const char c = json[i];
        if (quoted) {
            out += c;
            if (c == '\\') out += json[++i];
            if (c == '"') quoted = false;
            continue;
        }
        const bool closes = c == '}' || c == ']';
        const bool empty_pair = closes && (json[i - 1] == '{' || json[i - 1] == '[');
        if (closes) --depth;
        if (closes && !empty_pair) line();
        out += c;
        if (c == '"') quoted = true;
        if (c == ':') out += ' ';
        if (c == '{' || c == '[') ++depth;
        const char next = i + 1 < json.size() ? json[i + 1] : '\0';
        if (c == ',' || ((c == '{' || c == '[') && next != '}' && next != ']')) line();
    }
    return out + "\n";
}

}  // namespace

std::string cassette_text(const Cassette& cassette) {
    return indented(compact(cassette));
}

}  // namespace touchline::check
