#include "../loading.hpp"
#include "../mapping_file.hpp"

#include "touchline/config/keys.hpp"
#include "touchline/config/load.hpp"
#include "touchline/json/writer.hpp"

#include <chrono>

namespace touchline::app {
namespace {

struct Tally {
    int errors = 0, warnings = 0, files = 0;
    json::Writer list;
};

void count(
    Terminal& terminal, Tally& tally, const config::Problem& problem, std::string_view source
) {
    const bool is_error = problem.severity == config::Severity::error;
    ++(is_error ? tally.errors : tally.warnings);
    if (!terminal.json) return terminal.show(problem, source);
    tally.list.begin_object().member("severity", is_error ? "error" : "warning");
    tally.list.member("file", problem.place.file).member("line", problem.place.line);
    tally.list.member("column", problem.place.column).member("message", problem.message);
    tally.list.member_unless_empty("cure", problem.cure).end_object();
}

/// The mappings that a configuration names are part of it.
void check_mappings(Terminal& terminal, Tally& tally, const config::Config& config) {
    for (const auto& [id, connection] : config.connections) {
        for (const auto& [name, stream] : connection.streams) {
            if (stream.mapping.value.empty()) continue;
            ++tally.files;
            std::vector<FileProblem> problems;
            (void)load_mapping(stream.mapping.value, problems);
            for (const FileProblem& one : problems) count(terminal, tally, one.problem, one.source);
        }
    }
}

}  // namespace

int config_check(
    Terminal& terminal, const Globals& globals, const std::vector<std::filesystem::path>& files
) {
    const auto start = std::chrono::steady_clock::now();
    Tally tally;
    tally.list.begin_array();
    std::string next;
    for (const std::filesystem::path& file : files.empty() ? std::vector{globals.config} : files) {
        const config::Loaded loaded = config::load(file);
        ++tally.files;
        for (const config::Problem& problem : loaded.problems) {
            count(terminal, tally, problem, loaded.source);
            if (next.empty() && !problem.key.empty())
                next = "touchline config explain " + problem.key;
        }
        check_mappings(terminal, tally, loaded.config);
    }
    tally.list.end_array();
    const auto took = std::chrono::duration_cast<std::chrono::milliseconds>(
        std::chrono::steady_clock::now() - start
    );
    if (terminal.json) {
        json::Writer writer;
        writer.begin_object().member("errors", tally.errors).member("warnings", tally.warnings);
        writer.member("files", tally.files).key("problems").raw(tally.list.text()).end_object();
        terminal.print(writer.text());
    } else {
        terminal.say(
            counted(tally.errors, "error") + ", " + counted(tally.warnings, "warning") + " in " +
            counted(tally.files, "file") + " (" + std::to_string(took.count()) + " ms)"
        );
        if (tally.errors > 0 && !next.empty()) terminal.say("next: " + next);
    }
    return tally.errors == 0 ? k_ok : k_bad;
}

int config_schema(Terminal& terminal) {
    terminal.print(config::json_schema());
    return k_ok;
}

int config_explain(Terminal& terminal, const std::string& key) {
    const auto text = config::explain(key);
    if (!text) {
        return terminal.fail(
            Error(Code::not_found, "there is no key \"" + key + "\""), "touchline config explain"
        );
    }
    if (terminal.json) {
        json::Writer writer;
        writer.begin_object().member("key", key).member("text", *text).end_object();
        terminal.print(writer.text());
    } else {
        terminal.print(*text);
    }
    return k_ok;
}

}  // namespace touchline::app
