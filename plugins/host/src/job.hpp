// One call into a connector: what it may do meanwhile, what it holds, and what went wrong. Lives on
// the calling thread's stack.
#pragma once

#include "bodies.hpp"
#include "instance.hpp"
#include "open_streams.hpp"

#include "touchline/net/repeat_guard.hpp"

#include <map>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

namespace touchline::host {

/// What a connector said of one record.
struct Item {
    std::uint64_t index = 0;
    tl_status status = TL_OK;
    std::int64_t retry_after_ms = -1;
    std::string message;
    std::string bytes;  ///< an enricher's facts
};

class Job {
public:
    Job(Instance& on, std::stop_token stop_token) : instance(on), stop(std::move(stop_token)) {}
    Job(const Job&) = delete;
    Job& operator=(const Job&) = delete;

    tl_job* raw() { return reinterpret_cast<tl_job*>(this); }
    static Job& of(tl_job* job) { return *reinterpret_cast<Job*>(job); }

    /// Remembers why a host call failed; returns the number for the connector.
    tl_status fail(Error error);
    /// The same where records were not taken: the reader gets this back unchanged whatever the
    /// connector returns.
    tl_status fail_in_sink(Error error);
    /// The connector's own words for what it is about to return.
    void explain(tl_status status, Error error);
    /// The connector is gone in the midst of the call, and this is why: nothing it said counts.
    tl_status lose(Error error);
    /// What a failing status that the connector returned means.
    Error error_for(tl_status status) const;
    const std::optional<Error>& sink_error() const { return sink_error_; }

    Instance& instance;
    const std::stop_token stop;
    Bodies bodies;
    OpenStreams streams;
    /// Connections to databases, by target.
    std::map<std::string, std::unique_ptr<net::RowSession>, std::less<>> row_sessions;
    bool stays = false;  ///< the read waits for what comes, when everything is read
    net::RepeatGuard repeats;
    ingest::PageSink* sink = nullptr;  ///< set while records may be handed over
    model::Via via = model::Via::poll;
    std::uint64_t handed_over = 0;  ///< pages, bad records and checkpoints
    std::vector<Item> items;
    std::uint32_t log_lines = 0;

private:
    std::optional<Error> failure_, sink_error_, words_;
    tl_status words_status_ = TL_OK;
};

}  // namespace touchline::host
