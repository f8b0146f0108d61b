#include "stream_plans.hpp"

#include "mapping_file.hpp"

#include "touchline/base/text.hpp"

#include <algorithm>

namespace touchline::app {
namespace {

/// The mapping that the configuration names, else the one that ships with the connector for this
/// stream.
std::filesystem::path mapping_path(
    const config::StreamConfig* stream, const host::PluginFile& plugin, const std::string& name
) {
    if (stream != nullptr && !stream->mapping.value.empty()) return stream->mapping.value;
    for (const std::filesystem::path& path : plugin.mappings()) {
        if (path.stem() == name) return path;
    }
    return {};
}

/// The stream as the configuration has it; nullptr where it does not name it.
const config::StreamConfig* configured(
    const config::ConnectionConfig& connection, const std::string& name
) {
    const auto found = connection.streams.find(name);
    return found == connection.streams.end() ? nullptr : &found->second;
}

}  // namespace

FileProblem problem_at(const Place& place, const Error& error) {
    config::Problem problem = config::to_problem(error);
    if (!error.place()) problem.place = place;
    return {std::move(problem), ""};
}

void plan_streams(
    const config::ConnectionConfig& connection,
    const host::PluginFile& plugin,
    OpenConnection& open,
    std::vector<FileProblem>& problems
) {
    for (ingest::StreamInfo info : open.source->streams()) {
        const config::StreamConfig* const stream = configured(connection, info.name);
        if (stream != nullptr && !stream->enabled) continue;
        // Who names streams wants those; who names none wants all.
        if (stream == nullptr && !connection.streams.empty()) continue;
        if (stream != nullptr && !stream->key.empty()) info.key = stream->key;
        if (stream != nullptr && !stream->version.empty()) info.version = stream->version;
        const std::filesystem::path path = mapping_path(stream, plugin, info.name);
        if (path.empty()) {
            const Error error =
                Error(Code::config, "the stream \"" + info.name + "\" has no mapping")
                    .cure("name one with `mapping:`");
            problems.push_back(
                problem_at(stream != nullptr ? stream->place : connection.place, error)
            );
            continue;
        }
        open.mapping_files[info.name] = path;
        if (auto mapping = load_mapping(path, problems)) {
            open.plan.streams.push_back(
                {std::move(info),
                 std::move(mapping->mapping),
                 std::move(mapping->name),
                 stream != nullptr ? stream->since : std::nullopt}
            );
        }
    }
}

void check_stream_names(
    const config::ConnectionConfig& connection,
    const std::string& connector,
    const std::vector<ingest::StreamInfo>& streams,
    std::vector<FileProblem>& problems
) {
    std::vector<std::string_view> offered;
    for (const ingest::StreamInfo& info : streams) offered.push_back(info.name);
    for (const auto& [name, stream] : connection.streams) {
        if (std::ranges::count(offered, name) > 0) continue;
        Error error(Code::config, connector + " has no stream \"" + name + "\"");
        const std::string_view meant = closest(name, offered);
        problems.push_back(problem_at(
            stream.place,
            meant.empty() ? std::move(error)
                          : std::move(error).cure("did you mean \"" + std::string(meant) + "\"?")
        ));
    }
}

}  // namespace touchline::app
