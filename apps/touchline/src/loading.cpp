#include "loading.hpp"

#include <algorithm>
#include <system_error>

namespace touchline::app {

std::optional<config::Loaded> load_config(Terminal& terminal, const Globals& globals) {
    std::error_code fault;
    if (!std::filesystem::exists(globals.config, fault)) {
        terminal.fail(Error(Code::config, "there is no configuration " + globals.config.string())
                          .cure("Name yours with --config. For a sample to look at: touchline demo")
        );
        return std::nullopt;
    }
    config::Loaded loaded = config::load(globals.config);
    const bool good = loaded.ok();
    if (terminal.json && !good) {
        const auto first =
            std::find_if(loaded.problems.begin(), loaded.problems.end(), [](const auto& problem) {
                return problem.severity == config::Severity::error;
            });
        terminal.fail(
            Error(Code::config, first->message).at(first->place).cure(first->cure),
            "touchline config check " + globals.config.string()
        );
        return std::nullopt;
    }
    for (const config::Problem& problem : loaded.problems) terminal.show(problem, loaded.source);
    if (good) return loaded;
    terminal.say("next: touchline config check " + globals.config.string());
    return std::nullopt;
}

Opened open_installation(Terminal& terminal, const Globals& globals, Access access) {
    Opened opened;
    auto loaded = load_config(terminal, globals);
    if (!loaded) {
        opened.code = k_config;
        return opened;
    }
    opened.config_source = loaded->source;
    auto installation = Installation::open(std::move(loaded->config), access);
    if (!installation) {
        opened.code = terminal.fail(
            installation.error(), "touchline doctor --config " + globals.config.string()
        );
        return opened;
    }
    opened.installation = std::move(*installation);
    return opened;
}

void show(
    Terminal& terminal, const std::vector<FileProblem>& problems, std::string_view config_source
) {
    for (const FileProblem& one : problems) {
        terminal.show(
            one.problem, one.source.empty() ? config_source : std::string_view(one.source)
        );
    }
}

}  // namespace touchline::app
