// A cassette: one scenario of the world outside, as a JSON file: what a system answers, which files
// lie there, which calls come in, which changes go out. Connectors are tried on cassettes, never on
// a network. docs/connectors/cassettes.md describes the format.
#pragma once

#include "touchline/base/result.hpp"
#include "touchline/base/time.hpp"
#include "touchline/net/headers.hpp"

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace touchline::check {

struct Answer {
    int status = 200;
    net::Headers headers;
    std::string body;
};

/// One request and what it is answered with. Of several with one request the first is the first
/// answer, and the last one stays.
struct Exchange {
    std::string method = "GET";
    std::string url;                  ///< absolute, with its query
    std::optional<std::string> body;  ///< nothing: whatever the request carries
    Answer answer;
};

/// What comes over a stream once it is open, or once something was said over it. Of several with
/// one question the first is the first answer, and the last one stays.
struct FrameExchange {
    std::string url;  ///< "imaps://mail.example:993/", of a WebSocket with its query
    std::optional<std::string> send;  ///< nothing: what comes without a word, at the opening
    std::vector<std::string> receive;
    bool end = false;  ///< the other side closes after them
};

/// A query, and the first of its rows.
struct RowExchange {
    std::string url;  ///< "postgresql://db.example:5432/shop"
    std::string sql;
    std::vector<std::string> parameters;
    std::string lines;  ///< a JSON object per row, each with a line end
    std::size_t rows = 0;
    bool more = false;  ///< the query has more rows than these
};

struct CassetteFile {
    std::string name, bytes;
};

struct CassetteWebhook {
    std::string stream;
    net::Headers headers;  ///< names in lower case
    std::string body;
};

/// A change of the unified view, for destinations; or what an enricher gets to see of a customer.
struct CassetteEvent {
    std::string id, subject, type, body;
};

struct Cassette {
    std::string name;             ///< of its file, without the extension
    std::string about;            ///< one sentence for people
    std::string settings = "{}";  ///< the connection's, as a JSON object
    Time now{std::chrono::seconds(1'790'000'000)};
    std::vector<std::string> streams;  ///< empty: all of the connector
    std::vector<Exchange> exchanges;
    std::vector<FrameExchange> frames;
    std::vector<RowExchange> rows;
    std::vector<CassetteFile> files;
    std::vector<CassetteWebhook> webhooks;
    std::vector<CassetteEvent> events;

    /// Everything in it that came from outside, as bytes that a test may spoil: answers, frames,
    /// rows, files, calls. Pointers into this cassette.
    std::vector<std::string*> parts();
};

/// Error bad_data: names the member that is wrong.
Result<Cassette> parse_cassette(std::string_view json, std::string name);
/// A list of calls, as a cassette's "webhooks". Error bad_data.
Result<std::vector<CassetteWebhook>> parse_webhooks(std::string_view json);
/// JSON for people, two spaces deep, with a line end at the end; parse_cassette reads it back.
std::string cassette_text(const Cassette& cassette);
/// All *.json of a folder, by name. Errors: not_found (no folder, or none in it); bad_data at the
/// file.
Result<std::vector<Cassette>> read_cassettes(const std::filesystem::path& folder);

}  // namespace touchline::check
