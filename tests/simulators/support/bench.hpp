// The host's bench with a simulated system before it, whose clock is the world's.
#pragma once

#include "connector_bench.hpp"
#include "simulator.hpp"

#include <iosfwd>
#include <map>
#include <memory>
#include <string>
#include <utility>

namespace touchline::simulated {

using integration::Housing;
using integration::Streams;

/// A connector, and how a connection to its simulator is configured.
struct Subject {
    std::string plugin;  ///< id; the simulator has the same name
    net::Credentials credentials;
    std::string settings;  ///< JSON; "$URL" stands for the simulator's address
    std::string secret;    ///< must never be seen anywhere
    std::string marker;    ///< JSON pointer to what changes with a record; some have none
};

std::ostream& operator<<(std::ostream& out, const Subject& subject);

/// A simulator at work, and what it says of itself.
class Simulated {
public:
    /// Throws std::runtime_error when it does not start.
    explicit Simulated(Subject subject);

    const Subject& subject() const { return subject_; }
    Simulator& simulator() const { return *simulator_; }
    integration::Configured configured(Housing housing) const;
    Time now() const;
    /// What it holds, as {stream: {id: version}}.
    Streams truth() const;
    /// The same of records.
    Streams versions(const Streams& records) const;

private:
    const Subject subject_;
    const std::unique_ptr<net::HttpClient> http_;
    const std::unique_ptr<Simulator> simulator_;
};

class Bench : public Simulated, public integration::ConnectorBench {
public:
    /// Throws std::runtime_error when anything of it cannot be had.
    explicit Bench(Subject subject, Housing housing = Housing::in_process)
        : Simulated(std::move(subject)), ConnectorBench(configured(housing)) {}

    /// As ConnectorBench's, when it is as late as in the simulator.
    std::map<std::string, Error> run();
    /// What was read, in the form of truth().
    Streams seen() const { return versions(records()); }
};

}  // namespace touchline::simulated
