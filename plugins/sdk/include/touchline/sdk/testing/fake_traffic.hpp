// What goes in and out of FakeHost: scripted answers, files, and what the plugin handed over.
#pragma once

#include "touchline/plugin.h"

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace touchline::sdk::testing {

using Fields = std::vector<std::pair<std::string, std::string>>;

struct Answer {
    int status = 200;
    std::string body;
    Fields headers;
    std::int64_t retry_after_ms = -1;
    tl_status failure = TL_OK;  ///< when negative there is no answer: TL_UNAVAILABLE, TL_TIMEOUT
};

struct SentRequest {
    std::string target, method, path, body;  ///< path with its query
    Fields headers;
    std::uint32_t flags = 0;
};

/// What comes over a stream after one thing was said.
struct FrameScript {
    std::vector<std::string> frames;
    bool end = false;  ///< the other side closes after them
};
struct FakeRows {
    std::string lines;
    std::uint64_t rows = 0;
    bool more = false;
    tl_status failure = TL_OK;
};

struct FakeFile {
    std::string bytes;
    std::int64_t modified_unix_ns = 0;
    std::uint64_t id = 0;
};

struct KeptPage {
    std::string stream, bytes, records;
    std::int32_t format = TL_FORMAT_JSON;
};
struct KeptCheckpoint {
    std::string stream, state;
    std::uint32_t version = 0;
    std::size_t pages_before = 0;  ///< how many pages had been handed over by then
};
struct KeptBadRecord {
    std::string stream, external_id, bytes, reason;
};
struct KeptItem {
    std::uint64_t index = 0;
    tl_status status = TL_OK;
    std::string message;
    std::int64_t retry_after_ms = -1;
    std::string bytes;  ///< an enricher's patch
};

}  // namespace touchline::sdk::testing
