#include "walls.hpp"

#include "runner_process.hpp"

#include "touchline/base/text.hpp"

#include <algorithm>
#include <cstring>

namespace touchline::host {

std::vector<std::string> wall_names() {
    std::vector<std::string> names;
    for (const runner::NamedLayer& layer : runner::k_layers) names.emplace_back(layer.name);
    return names;
}

std::vector<Wall> walls_of(const runner::StartReport& report) {
    std::vector<Wall> walls;
    for (const runner::NamedLayer& layer : runner::k_layers) {
        Wall& wall = walls.emplace_back();
        wall.name = layer.name;
        wall.meaning = layer.meaning;
        wall.stands = (report.layers & layer.layer) != 0;
        for (const auto& [missing, why] : report.missing) {
            if (missing == layer.layer) wall.why_not = std::strerror(why);
        }
    }
    return walls;
}

Result<void> check_walls(
    const std::vector<std::string>& required, const runner::StartReport& report
) {
    const std::vector<Wall> walls = walls_of(report);
    for (const std::string& name : required) {
        const auto wall = std::ranges::find(walls, name, &Wall::name);
        if (wall == walls.end()) {
            std::string list;
            for (const Wall& one : walls) list += (list.empty() ? "" : ", ") + one.name;
            return Error(Code::config, "isolation.require names \"" + name + "\"")
                .cure("What can be required: " + list + ".");
        }
        if (wall->stands) continue;
        return Error(
                   Code::denied,
                   "isolation.require asks for " + name + ", which this machine does not give (" +
                       wall->why_not + ")"
        )
            .cure("Allow it where Touchline runs, or take it out of isolation.require.");
    }
    return {};
}

Result<runner::StartReport> start_runner(
    RunnerProcess& process, const runner::StartOrder& order, std::chrono::milliseconds most
) {
    std::string payload;
    runner::Writer<std::string> out(payload);
    order.write(out);
    TOUCHLINE_CHECK(process.send(runner::Op::start, 0, payload));
    const auto until = std::chrono::steady_clock::now() + most;
    FromRunner message;
    Waited waited = Waited::woken;
    while (waited == Waited::woken) waited = process.wait(until, message);
    if (waited == Waited::late) return Error(Code::timeout, "the connector took too long to load");
    runner::Reader in(message.payload);
    if (waited == Waited::message && message.op == runner::Op::refused) {
        const tl_str why = in.text();
        return Error(Code::config, truncate_text(to_utf8({why.p, why.n}), 500));
    }
    if (waited == Waited::message && message.op == runner::Op::ready) {
        const auto report = runner::StartReport::read(in);
        if (in.complete()) return report;
    }
    return Error(
        Code::unavailable, "the connector crashed while it was loaded: " + process.end().words
    );
}

Result<std::vector<Wall>> probe_walls(const Isolation& isolation) {
    TOUCHLINE_TRY(const auto process, RunnerProcess::spawn(isolation.runner, "probe", -1));
    runner::StartOrder order;
    order.protocol = runner::k_protocol;
    order.without_connector = 1;
    order.memory_bytes = isolation.limits.memory_bytes;
    TOUCHLINE_TRY(const auto report, start_runner(*process, order, isolation.limits.start));
    return walls_of(report);
}

}  // namespace touchline::host
