#include "opened_plans.hpp"

namespace touchline::app {

std::optional<OpenedPlans> open_plans(Terminal& terminal, const Opened& opened) {
    OpenedPlans all;
    auto connector = Connector::make(*opened.installation);
    if (!connector) {
        terminal.fail(connector.error(), "touchline doctor");
        return std::nullopt;
    }
    all.connector = std::move(*connector);
    std::vector<FileProblem> problems;
    for (const auto& [id, configured] : opened.installation->config().connections) {
        auto connection = all.connector->open(configured, problems);
        if (!connection) continue;
        all.plans.push_back(&connection->plan);
        all.connections.push_back(std::move(connection));
    }
    if (problems.empty()) return all;
    show(terminal, problems, opened.config_source);
    return std::nullopt;
}

}  // namespace touchline::app
