#include "../plugin_files.hpp"

#include "touchline/check/fuzz.hpp"
#include "touchline/json/writer.hpp"

#include <fstream>

namespace touchline::app {

int plugin_fuzz(Terminal& terminal, const Globals& globals, const FuzzArguments& arguments) {
    const auto file = plugin_file(globals, arguments.plugin);
    if (!file) return terminal.fail(file.error(), "touchline plugin list");
    check::FuzzOptions options;
    options.plugin = *file;
    options.cassettes = cassettes_of(*file, arguments.cassettes);
    options.seed = arguments.seed;
    options.runs = arguments.runs;
    options.on_progress = [&](std::uint64_t done) {
        terminal.progress(counted(static_cast<std::int64_t>(done), "run"));
    };
    const auto fall = check::fuzz(options);
    if (!fall) return terminal.fail(fall.error());
    const auto runs = static_cast<std::int64_t>(arguments.runs);
    if (terminal.json) {
        json::Writer writer;
        writer.begin_object().member("fell", fall->has_value()).member("runs", arguments.runs);
        if (*fall) writer.member("seed", (*fall)->seed).member("message", (*fall)->message);
        terminal.print(writer.end_object().text());
    }
    if (!*fall) {
        if (!terminal.json)
            terminal.print(
                counted(runs, "run") + " from seed " + std::to_string(arguments.seed) +
                ": it stands"
            );
        return k_ok;
    }
    std::ofstream(arguments.output) << (*fall)->cassette;
    if (!terminal.json)
        terminal.print(
            "it fell at seed " + std::to_string((*fall)->seed) + ": " + (*fall)->message
        );
    terminal.say("the cassette: " + arguments.output.string());
    terminal.say(
        "next: touchline plugin fuzz " + arguments.plugin + " --seed " +
        std::to_string((*fall)->seed) + " --runs 1"
    );
    return k_bad;
}

}  // namespace touchline::app
