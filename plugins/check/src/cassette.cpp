#include "touchline/check/cassette.hpp"

#include "touchline/base/digest.hpp"
#include "touchline/base/text.hpp"
#include "touchline/json/view.hpp"

#include <algorithm>
#include <array>
#include <fstream>
#include <iterator>

namespace touchline::check {

namespace {

namespace fs = std::filesystem;

constexpr std::array<std::string_view, 11> k_members{
    "cassette",
    "about",
    "settings",
    "now",
    "streams",
    "exchanges",
    "frames",
    "rows",
    "files",
    "webhooks",
    "events"};

Error wrong(std::string_view member, std::string_view what) {
    return Error(
        Code::bad_data, "the cassette's \"" + std::string(member) + "\" " + std::string(what)
    );
}

std::string text_of(json::View object, std::string_view member, std::string_view otherwise = {}) {
    const auto value = object.get(member);
    return std::string(value ? value->as_string().value_or(otherwise) : otherwise);
}

/// Bytes stand as "json" (any value), "text" or "base64".
Result<std::optional<std::string>> bytes_of(json::View object) {
    if (const auto json = object.get("json")) return std::optional(json->text());
    if (const auto text = object.get("text"))
        return std::optional(std::string(text->as_string().value_or("")));
    if (const auto coded = object.get("base64")) {
        auto bytes = from_base64(coded->as_string().value_or(""));
        if (!bytes) return wrong("base64", "is not base64");
        return bytes;
    }
    return std::optional<std::string>();
}

net::Headers headers_of(json::View object) {
    net::Headers headers;
    const auto members = object.get("headers");
    if (!members) return headers;
    for (const json::Member header : members->members())
        headers.add(std::string(header.key), std::string(header.value.as_string().value_or("")));
    return headers;
}

Result<Exchange> exchange_of(json::View from) {
    const auto request = from.get("request");
    const auto answer = from.get("answer");
    if (!request || !answer) return wrong("exchanges", "need a \"request\" and an \"answer\" each");
    Exchange exchange;
    exchange.method = text_of(*request, "method", "GET");
    exchange.url = text_of(*request, "url");
    if (exchange.url.empty()) return wrong("request", "needs a \"url\"");
    TOUCHLINE_TRY(exchange.body, bytes_of(*request));
    const auto status = answer->get("status");
    exchange.answer.status = static_cast<int>(status ? status->as_int().value_or(200) : 200);
    exchange.answer.headers = headers_of(*answer);
    TOUCHLINE_TRY(const auto body, bytes_of(*answer));
    exchange.answer.body = body.value_or("");
    return exchange;
}

Result<FrameExchange> frames_of(json::View from) {
    FrameExchange exchange;
    exchange.url = text_of(from, "url");
    if (exchange.url.empty()) return wrong("frames", "need a \"url\" each");
    if (const auto send = from.get("send")) {
        TOUCHLINE_TRY(exchange.send, bytes_of(*send));
    }
    if (const auto receive = from.get("receive")) {
        for (const json::View frame : receive->elements()) {
            TOUCHLINE_TRY(auto bytes, bytes_of(frame));
            if (!bytes) return wrong("receive", "is a list of bytes");
            exchange.receive.push_back(*std::move(bytes));
        }
    }
    const auto end = from.get("end");
    exchange.end = end && end->as_bool().value_or(false);
    return exchange;
}

Result<RowExchange> rows_of(json::View from) {
    RowExchange exchange;
    exchange.url = text_of(from, "url");
    exchange.sql = text_of(from, "sql");
    if (exchange.url.empty() || exchange.sql.empty())
        return wrong("rows", "need a \"url\" and an \"sql\" each");
    if (const auto parameters = from.get("parameters")) {
        for (const json::View one : parameters->elements())
            exchange.parameters.emplace_back(one.as_string().value_or(""));
    }
    if (const auto rows = from.get("rows")) {
        for (const json::View row : rows->elements()) {
            exchange.lines += row.text() + "\n";
            ++exchange.rows;
        }
    }
    const auto more = from.get("more");
    exchange.more = more && more->as_bool().value_or(false);
    return exchange;
}

Result<CassetteWebhook> webhook_of(json::View from) {
    CassetteWebhook webhook;
    webhook.stream = text_of(from, "stream");
    webhook.headers = headers_of(from);
    TOUCHLINE_TRY(const auto body, bytes_of(from));
    webhook.body = body.value_or("");
    return webhook;
}

Result<CassetteEvent> event_of(json::View from) {
    CassetteEvent event;
    event.id = text_of(from, "id");
    event.subject = text_of(from, "subject");
    event.type = text_of(from, "type", "touchline.touchpoint.recorded");
    TOUCHLINE_TRY(const auto body, bytes_of(from));
    event.body = body.value_or("");
    if (event.id.empty()) return wrong("events", "need an \"id\" each");
    return event;
}

template <typename T, typename Read>
Result<void> read_items(json::View list, std::string_view member, std::vector<T>& out, Read read) {
    if (list.kind() != json::Kind::array) return wrong(member, "has to be a list");
    for (const json::View item : list.elements()) {
        TOUCHLINE_TRY(auto one, read(item));
        out.push_back(std::move(one));
    }
    return {};
}

template <typename T, typename Read>
Result<void> read_list(json::View root, std::string_view member, std::vector<T>& out, Read read) {
    const auto list = root.get(member);
    return list ? read_items(*list, member, out, read) : Result<void>();
}

Result<void> read_files(json::View root, std::vector<CassetteFile>& out) {
    const auto files = root.get("files");
    if (!files) return {};
    for (const json::Member file : files->members()) {
        if (const auto text = file.value.as_string()) {
            out.push_back({std::string(file.key), std::string(*text)});
            continue;
        }
        TOUCHLINE_TRY(const auto bytes, bytes_of(file.value));
        out.push_back({std::string(file.key), bytes.value_or("")});
    }
    return {};
}

}  // namespace

std::vector<std::string*> Cassette::parts() {
    std::vector<std::string*> parts;
    for (Exchange& exchange : exchanges) parts.push_back(&exchange.answer.body);
    for (FrameExchange& exchange : frames) {
        for (std::string& frame : exchange.receive) parts.push_back(&frame);
    }
    for (RowExchange& exchange : rows) parts.push_back(&exchange.lines);
    for (CassetteFile& file : files) parts.push_back(&file.bytes);
    for (CassetteWebhook& webhook : webhooks) parts.push_back(&webhook.body);
    return parts;
}

Result<Cassette> parse_cassette(std::string_view json, std::string name) {
    TOUCHLINE_TRY(const auto document, json::Document::parse(json));
    const json::View root = document.root();
    const auto format = root.get("cassette");
    if (!format || format->as_int() != 1)
        return wrong("cassette", "has to be 1, the version of the format");
    for (const json::Member member : root.members()) {
        if (std::ranges::count(k_members, member.key) == 0) {
            return wrong(member.key, "is not a member that cassettes have");
        }
    }
    Cassette out;
    out.name = std::move(name);
    out.about = text_of(root, "about");
    if (const auto settings = root.get("settings")) out.settings = settings->text();
    if (const auto now = root.get("now")) {
        TOUCHLINE_TRY(out.now, parse_rfc3339(now->as_string().value_or("")));
    }
    TOUCHLINE_CHECK(read_list(root, "streams", out.streams, [](json::View item) {
        return Result<std::string>(std::string(item.as_string().value_or("")));
    }));
    TOUCHLINE_CHECK(read_list(root, "exchanges", out.exchanges, &exchange_of));
    TOUCHLINE_CHECK(read_list(root, "frames", out.frames, &frames_of));
    TOUCHLINE_CHECK(read_list(root, "rows", out.rows, &rows_of));
    TOUCHLINE_CHECK(read_files(root, out.files));
    TOUCHLINE_CHECK(read_list(root, "webhooks", out.webhooks, &webhook_of));
    TOUCHLINE_CHECK(read_list(root, "events", out.events, &event_of));
    return out;
}

Result<std::vector<CassetteWebhook>> parse_webhooks(std::string_view json) {
    TOUCHLINE_TRY(const auto document, json::Document::parse(json));
    std::vector<CassetteWebhook> webhooks;
    TOUCHLINE_CHECK(read_items(document.root(), "webhooks", webhooks, &webhook_of));
    return webhooks;
}

Result<std::vector<Cassette>> read_cassettes(const fs::path& folder) {
    std::error_code failure;
    std::vector<fs::path> files;
    for (fs::directory_iterator it(folder, failure), end; !failure && it != end;
         it.increment(failure)) {
        if (it->path().extension() == ".json") files.push_back(it->path());
    }
    if (files.empty()) {
        return Error(Code::not_found, "there are no cassettes in " + folder.string())
            .cure(
                "A connector is tried on recorded traffic: make some with `touchline plugin "
                "record`, or name their folder with --cassettes."
            );
    }
    std::ranges::sort(files);
    std::vector<Cassette> cassettes;
    for (const fs::path& file : files) {
        std::ifstream in(file, std::ios::binary);
        const std::string text{
            std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
        auto cassette = parse_cassette(text, file.stem().string());
        if (!cassette) return std::move(cassette).error().at({file.string(), 0, 0});
        cassettes.push_back(std::move(*cassette));
    }
    return cassettes;
}

}  // namespace touchline::check
