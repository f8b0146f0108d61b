// Takes what a source hands over, and keeps it by external id until a checkpoint commits it, as
// ingest does.
#pragma once

#include "touchline/ingest/source.hpp"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>

namespace touchline::integration {

using Records = std::map<std::string, std::string>;  ///< by external id, as JSON
using Streams = std::map<std::string, Records>;

/// How far a stream has been read.
struct Point {
    std::uint32_t version = 0;  ///< 0: not at all
    std::string state;
};

class RecordSink final : public ingest::PageSink {
public:
    /// `source` says by what its records are told apart; it outlives this.
    explicit RecordSink(const ingest::Source& source) : source_(source) {}

    /// Error bad_data: a record without the key of its stream.
    Result<void> page(const ingest::Page& page) override;
    /// Error bad_data: whoever tests a connector against a system that is in order has no use for
    /// dead letters.
    Result<void> bad_record(const ingest::BadRecord& record) override;
    Result<void> checkpoint(const ingest::Checkpoint& checkpoint) override;

    Streams pending;                                 ///< since the last checkpoint
    std::map<std::string, std::size_t> handed_over;  ///< by stream, repetitions included
    /// Called with each checkpoint; takes `pending`, which is empty afterwards.
    std::function<void(const std::string& stream, Point reached)> reached;
    /// Asked before each page; its error ends the read, as a death at this moment would.
    std::function<Result<void>()> comes;

private:
    const ingest::Source& source_;
};

}  // namespace touchline::integration
