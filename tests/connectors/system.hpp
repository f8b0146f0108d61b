// A system that a connector is tried against, real or simulated, as every_connector_test.cpp wants
// to see all of them.
#pragma once

#include "connector_bench.hpp"
#include "simulator.hpp"

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace touchline::connectors {

using integration::ConnectorBench;
using integration::Streams;

/// A webhook call that the system would make.
struct Call {
    std::vector<std::pair<std::string, std::string>> headers;
    std::string body;
};

class System {
public:
    System() = default;
    System(const System&) = delete;
    System& operator=(const System&) = delete;
    virtual ~System() = default;

    /// A connection to it, led through the switch for faults where there is one.
    virtual integration::Configured configured() const = 0;
    /// What must never be seen.
    virtual std::string secret() const { return {}; }
    /// Its switch for faults; null: it does not speak HTTP.
    virtual simulated::Simulator* faults() { return nullptr; }
    /// How late it is there; nothing: as late as in the world.
    virtual std::optional<Time> now() { return std::nullopt; }

    /// Fills it: so much that the main streams have several pages. `ties`: all in one moment.
    virtual void seed(bool ties) = 0;
    /// New things, changed ones and, where that is told, deleted ones; time goes on.
    virtual void step() = 0;
    /// Something that becomes visible after later things.
    virtual void late() {}
    /// Deletes something that is on a timeline. The calls that it makes for it.
    virtual std::vector<Call> remove() { return {}; }
    virtual std::vector<Call> calls() { return {}; }
    /// From now on only another secret is good. The credentials with it.
    virtual net::Credentials rotate() { return configured().credentials; }

    /// What `bench` has read, in the form of truth().
    virtual Streams seen(const ConnectorBench& bench) const { return bench.records(); }
    /// What there is to be read; nothing: an undisturbed reading by a connection of its own is the
    /// measure, and the system's own test compares that with the system's own counts.
    virtual std::optional<Streams> truth() { return std::nullopt; }
};

/// By the connector's folder, "crm/hubspot". Error not_found: the server is not installed.
Result<std::shared_ptr<System>> make_system(const std::string& connector);

/// `credentials` with `fresh` wherever `old` is.
net::Credentials with_secret(
    net::Credentials credentials, const std::string& old, const std::string& fresh
);

/// The same connectors, each in its file. Null: it is none of these.
Result<std::shared_ptr<System>> make_simulated_system(const std::string& plugin);
Result<std::shared_ptr<System>> make_web_server(const std::string& connector);
Result<std::shared_ptr<System>> make_other_system(const std::string& connector);

template <typename T>
T must(Result<T> result) {
    if (!result) throw std::runtime_error(result.error().text());
    return std::move(*result);
}
inline void must(Result<void> result) {
    if (!result) throw std::runtime_error(result.error().text());
}

}  // namespace touchline::connectors
