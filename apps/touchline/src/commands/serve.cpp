#include "../daemon.hpp"
#include "../loading.hpp"
#include "../running.hpp"

namespace touchline::app {

Started start_daemon(Terminal& terminal, Opened& opened, const DaemonOptions& options) {
    Started started;
    Installation& installation = *opened.installation;
    auto connector = Connector::make(installation);
    if (!connector) {
        terminal.fail(connector.error(), "touchline doctor");
        return started;
    }
    std::vector<FileProblem> problems;
    std::vector<std::unique_ptr<OpenConnection>> connections;
    for (const auto& [id, configured] : installation.config().connections) {
        if (!configured.enabled) continue;
        if (auto connection = (*connector)->open(configured, problems))
            connections.push_back(std::move(connection));
    }
    std::vector<std::unique_ptr<OpenDestination>> destinations;
    for (const auto& [id, configured] : installation.config().destinations) {
        if (!configured.enabled) continue;
        if (auto destination = (*connector)->open(configured, problems))
            destinations.push_back(std::move(destination));
    }
    if (!problems.empty()) {
        show(terminal, problems, opened.config_source);
        terminal.say("The daemon was not started.");
        terminal.say("next: touchline config check");
        return started;
    }
    auto daemon = Daemon::start(
        installation,
        std::move(*connector),
        std::move(connections),
        std::move(destinations),
        options
    );
    if (!daemon) {
        terminal.fail(daemon.error(), "touchline serve --listen 127.0.0.1:0");
        return started;
    }
    started.daemon = std::move(*daemon);
    return started;
}

int serve(Terminal& terminal, const Globals& globals, const ServeArguments& arguments) {
    const BlockedSignals signals;
    Opened opened = open_installation(terminal, globals, Access::write);
    if (!opened) return k_config;
    DaemonOptions options;
    options.without_sign_in = arguments.dev;
    options.listen = arguments.listen;
    options.config_file = globals.config;
    options.config_source = opened.config_source;
    const Started started = start_daemon(terminal, opened, options);
    if (!started.daemon) return k_config;
    terminal.print("ready: " + started.daemon->url());
    if (!arguments.dev && opened.installation->config().server.token.empty()) {
        terminal.say(
            "The API token is in " +
            (opened.installation->config().storage.dir / "api-token").string() +
            "; let people in with touchline user add NAME."
        );
    }
    signals.wait();
    terminal.say("Stopping.");
    return k_ok;
}

}  // namespace touchline::app
