// The simulators of tests/simulators: each trial has one of its own.
#include "subjects.hpp"
#include "system.hpp"

#include "touchline/json/view.hpp"

#include <algorithm>

namespace touchline::connectors {

namespace {

std::string text_at(json::View value, std::string_view name) {
    const auto member = value.get(name);
    return member ? member->text() : std::string();
}

std::vector<Call> calls_in(json::View told) {
    std::vector<Call> calls;
    const auto list = told.get("calls");
    if (!list) return calls;
    for (const json::View call : list->elements()) {
        Call& made = calls.emplace_back();
        made.body = text_at(call, "json");
        const auto headers = call.get("headers");
        if (!headers) continue;
        for (const auto& [name, value] : headers->members())
            made.headers.emplace_back(name, value.as_string().value_or(""));
    }
    return calls;
}

class SimulatedSystem final : public System {
public:
    explicit SimulatedSystem(const std::string& plugin) : simulated_(simulated::subject(plugin)) {}

    integration::Configured configured() const override {
        return simulated_.configured(integration::Housing::in_process);
    }
    std::string secret() const override { return simulated_.subject().secret; }
    simulated::Simulator* faults() override { return &simulated_.simulator(); }
    std::optional<Time> now() override { return simulated_.now(); }

    void seed(bool ties) override {
        simulated_.simulator().tell(
            "seed", ties ? R"({"count": 130, "ties": true})" : R"({"count": 60})"
        );
    }
    void step() override { simulated_.simulator().tell("step"); }
    void late() override { simulated_.simulator().tell("late"); }
    std::vector<Call> remove() override {
        return calls_in(simulated_.simulator().tell("take_away").root());
    }
    std::vector<Call> calls() override {
        return calls_in(simulated_.simulator().tell("calls").root());
    }
    net::Credentials rotate() override {
        const auto& [plugin, credentials, settings, secret, marker] = simulated_.subject();
        const std::string fresh = secret + "-renewed";
        simulated_.simulator().tell(
            "rotate", R"({"old": ")" + secret + R"(", "new": ")" + fresh + R"("})"
        );
        return with_secret(credentials, secret, fresh);
    }

    Streams seen(const ConnectorBench& bench) const override {
        return simulated_.versions(bench.records());
    }
    std::optional<Streams> truth() override { return simulated_.truth(); }

private:
    const simulated::Simulated simulated_;
};

}  // namespace

Result<std::shared_ptr<System>> make_simulated_system(const std::string& plugin) {
    if (std::ranges::count(simulated::subjects(), plugin) == 0) return std::shared_ptr<System>();
    return std::shared_ptr<System>(std::make_shared<SimulatedSystem>(plugin));
}

}  // namespace touchline::connectors
