#include "touchline/view/connections.hpp"

namespace touchline::view {
namespace {

/// A source is behind when it missed two runs; short schedules get a minute of grace.
std::chrono::milliseconds tolerance(std::chrono::milliseconds schedule) {
    return schedule * 2 + std::chrono::minutes(1);
}

/// A run that stays says so every half minute; one that has not for so long is gone.
constexpr std::chrono::minutes k_silent{3};

bool is_live(const ConnectionInfo& info, const store::ConnectionStats& stats, Time now) {
    return info.enabled && stats.last_run && stats.last_run->outcome == "live" &&
           now - stats.last_run->finished_at < k_silent;
}

std::string state_of(const ConnectionInfo& info, const store::ConnectionStats& stats, Time now) {
    if (!info.enabled) return "paused";
    if (is_live(info, stats, now)) return "current";
    if (stats.last_run && stats.last_run->outcome == "failed") return "failing";
    if (info.schedule.count() == 0) return "current";
    if (!stats.last_success || now - *stats.last_success > tolerance(info.schedule))
        return "behind";
    return "current";
}

}  // namespace

Result<std::vector<ConnectionHealth>> connections(
    store::Reader& reader, const Catalogue& catalogue, Time now
) {
    std::vector<ConnectionHealth> result;
    for (const ConnectionInfo& info : catalogue.connections) {
        TOUCHLINE_TRY(const store::ConnectionStats stats, reader.connection_stats(info.id));
        ConnectionHealth health;
        health.connection = info.id;
        health.plugin = info.plugin;
        health.department = info.department;
        health.state = state_of(info, stats, now);
        health.last_success = stats.last_success;
        health.newest_record = stats.newest_record;
        if (stats.last_success) {
            health.lag =
                std::chrono::duration_cast<std::chrono::seconds>(now - *stats.last_success);
        }
        health.isolated = info.isolated;
        health.walls = info.walls;
        health.records = stats.records;
        health.dead_letters = stats.dead_letters;
        if (stats.last_run) health.error = stats.last_run->error;
        if (is_live(info, stats, now)) health.live_since = stats.last_run->started_at;
        result.push_back(std::move(health));
    }
    return result;
}

void write(json::Writer& writer, const ConnectionHealth& health) {
    const auto time = [&writer](std::string_view name, const std::optional<Time>& value) {
        writer.key(name);
        value ? writer.value(format_rfc3339(*value)) : writer.null();
    };
    writer.begin_object().member("id", health.connection).member("connection", health.connection);
    writer.member("plugin", health.plugin)
        .member("department", health.department)
        .member("state", health.state);
    time("last_success", health.last_success);
    time("newest_record", health.newest_record);
    time("live_since", health.live_since);
    writer.key("lag_seconds");
    health.lag ? writer.value(health.lag->count()) : writer.null();
    writer.member("records", health.records).member("dead_letters", health.dead_letters);
    writer.member("error", health.error);
    writer.member("isolation", health.isolated ? "process" : "none").key("walls").begin_array();
    for (const std::string& wall : health.walls) writer.value(wall);
    writer.end_array().end_object();
}

}  // namespace touchline::view
