#include "record_sink.hpp"

#include "touchline/json/records.hpp"
#include "touchline/json/view.hpp"

#include <algorithm>
#include <vector>

namespace touchline::integration {

Result<void> RecordSink::page(const ingest::Page& page) {
    if (comes) TOUCHLINE_CHECK(comes());
    std::vector<std::string_view> records = json::split_lines(page.bytes);
    if (page.format == ingest::Format::json) {
        TOUCHLINE_TRY(records, json::split_records(page.bytes, page.records));
    }
    const auto& streams = source_.streams();
    const auto stream = std::ranges::find(streams, page.stream, &ingest::StreamInfo::name);
    if (stream == streams.end())
        return Error(Code::bad_data, "no stream " + std::string(page.stream));
    for (const std::string_view text : records) {
        TOUCHLINE_TRY(const auto record, json::Document::parse(text));
        const auto key = json::find(record.root(), stream->key);
        if (!key) return Error(Code::bad_data, "no " + stream->key + " in " + std::string(text));
        const auto id = key->as_string();
        pending[stream->name][id ? std::string(*id) : key->text()] = text;
        ++handed_over[stream->name];
    }
    return {};
}

Result<void> RecordSink::bad_record(const ingest::BadRecord& record) {
    return Error(Code::bad_data, std::string(record.reason));
}

Result<void> RecordSink::checkpoint(const ingest::Checkpoint& checkpoint) {
    if (reached)
        reached(
            std::string(checkpoint.stream), {checkpoint.version, std::string(checkpoint.state)}
        );
    pending.clear();
    return {};
}

}  // namespace touchline::integration
