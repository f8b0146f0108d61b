#include "touchline/ingest/replay_json.hpp"

namespace touchline::ingest {

std::string_view to_string(store::ReplayState state) {
    switch (state) {
        case store::ReplayState::running:
            return "running";
        case store::ReplayState::done:
            return "done";
        case store::ReplayState::cancelled:
            return "cancelled";
        case store::ReplayState::failed:
            break;
    }
    return "failed";
}

void write_members(json::Writer& writer, const store::ReplayCounts& counts) {
    writer.member("records", counts.records).member("added", counts.added);
    writer.member("changed", counts.changed).member("removed", counts.removed);
    writer.member("mended", counts.mended).member("failed", counts.failed);
}

void write(json::Writer& writer, const store::Replay& replay) {
    const auto time = [&writer](std::string_view name, const std::optional<Time>& value) {
        writer.key(name);
        value ? writer.value(format_rfc3339(*value)) : writer.null();
    };
    writer.begin_object().member("id", static_cast<std::int64_t>(replay.key));
    writer.member("state", to_string(replay.state));
    writer.member("connection", replay.selection.connection);
    writer.member("stream", replay.selection.stream);
    time("from", replay.selection.from);
    time("to", replay.selection.until);
    writer.member("share", replay.selection.share).member("where", replay.where);
    writer.member("total", replay.total);
    write_members(writer, replay.counts);
    time("started_at", replay.started_at);
    time("finished_at", replay.finished_at);
    writer.member("author", replay.author).member("error", replay.error).end_object();
}

}  // namespace touchline::ingest
