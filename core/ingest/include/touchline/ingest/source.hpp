// The port through which records come in. The plugin host implements it for connectors; tests
// implement it in memory.
#pragma once

#include "touchline/base/result.hpp"
#include "touchline/base/time.hpp"
#include "touchline/model/touchpoint.hpp"

#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace touchline::ingest {

/// One collection of the source, as its connector declares it.
struct StreamInfo {
    std::string name;  ///< "tickets"
    std::string
        key;  ///< JSON pointer to the external id in a record; empty: the content's hash is the id
    std::string
        version;  ///< JSON pointer to what changes with the record; empty: the content's hash
    std::string description;  ///< one sentence for people
    bool live = false;        ///< a read may stay, and hear at once what is new
};

enum class Format {
    json,    ///< one JSON text; `records` points to the array of records, or to a single one
    ndjson,  ///< one JSON text per line, each a record
};

/// What the source sent in one piece. All views are valid until the sink's call returns.
struct Page {
    std::string_view stream;
    std::string_view bytes;
    std::string_view records;  ///< JSON pointer; "" is the whole text
    Format format = Format::json;
    model::Via via = model::Via::poll;
};

/// Where to go on after everything before it is stored. At most 64 KiB; its content is the
/// connector's business.
struct Checkpoint {
    std::string_view stream;
    std::uint32_t version = 1;
    std::string_view state;
};

/// A record that the connector itself could not make sense of: a CSV row with too many cells.
struct BadRecord {
    std::string_view stream;
    std::string_view external_id;  ///< empty when unknown
    std::string_view bytes;        ///< as the source sent it
    std::string_view reason;       ///< one sentence: what and where
};

class PageSink {
public:
    PageSink() = default;
    PageSink(const PageSink&) = delete;
    PageSink& operator=(const PageSink&) = delete;
    virtual ~PageSink() = default;
    /// Errors end the read: the source returns them to its caller unchanged.
    virtual Result<void> page(const Page& page) = 0;
    virtual Result<void> bad_record(const BadRecord& record) = 0;
    /// The commit barrier: pages since the last checkpoint and the state become durable in one
    /// transaction, either before this returns or before the read is reported as done.
    virtual Result<void> checkpoint(const Checkpoint& checkpoint) = 0;
};

struct ReadRequest {
    std::string stream;
    std::uint32_t state_version = 0;  ///< 0: there is no state yet
    std::string state;
    std::optional<Time> since, until;
    std::stop_token stop;
    bool stays = false;  ///< of a live stream: wait for what comes, until `stop`
};

enum class ReadEnd {
    end,   ///< everything there is was read
    more,  ///< call again: the source stopped early of its own accord
};

/// A webhook call that was verified and stored before it was answered.
struct ReceivedWebhook {
    std::string_view stream;
    std::vector<std::pair<std::string, std::string>> headers;  ///< without secrets
    std::string_view body;
};

/// One connection's source. One call at a time; the thread may differ between calls.
class Source {
public:
    Source() = default;
    Source(const Source&) = delete;
    Source& operator=(const Source&) = delete;
    virtual ~Source() = default;
    virtual const std::vector<StreamInfo>& streams() const = 0;
    /// One cheap call: are the credentials good and the system there? Returns a sentence for
    /// people.
    virtual Result<std::string> check(std::stop_token stop) = 0;
    virtual Result<ReadEnd> read(const ReadRequest& request, PageSink& sink) = 0;
    virtual Result<void> webhook(const ReceivedWebhook& webhook, PageSink& sink) = 0;
};

}  // namespace touchline::ingest
