// One installation, opened: its configuration, its store, and the rules by which records become
// customers.
#pragma once

#include "touchline/config/load.hpp"
#include "touchline/ingest/ingestor.hpp"
#include "touchline/view/catalogue.hpp"

#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace touchline::app {

enum class Access {
    read,   ///< looks only; works beside a running daemon
    write,  ///< changes the store; one process at a time
};

class Installation {
public:
    /// The configuration has been loaded without errors. Errors: config; conflict when another
    /// process writes already.
    static Result<std::unique_ptr<Installation>> open(config::Config config, Access access);
    ~Installation();
    Installation(const Installation&) = delete;
    Installation& operator=(const Installation&) = delete;

    const config::Config& config() const { return config_; }
    const config::Secrets& secrets() const { return secrets_; }
    const Clock& clock() const { return clock_; }
    const identity::Policy& policy() const { return policy_; }
    store::Store& store() { return *store_; }
    const ingest::Environment& environment() const { return environment_; }
    const view::Catalogue& catalogue() const { return catalogue_; }
    /// Whether a dead letter is a delivery; otherwise it is a record. Error: not_found.
    Result<bool> is_delivery(store::DeadLetterKey key);
    /// Before anything is read: who looks on, and outlives all that is read.
    void show_to(ingest::Witness& witness) { environment_.witness = &witness; }
    /// Before anybody reads the catalogue: a connection's connector is isolated, behind these
    /// walls.
    void set_isolated(std::string_view connection, std::vector<std::string> walls);

private:
    class Lock;

    Installation(
        config::Config config,
        config::Secrets secrets,
        identity::Policy policy,
        journey::Vocabulary phases,
        std::unique_ptr<Lock> lock,
        std::unique_ptr<store::Store> store
    );

    config::Config config_;
    config::Secrets secrets_;
    SystemClock clock_;
    identity::Policy policy_;
    std::unique_ptr<Lock> lock_;
    std::unique_ptr<store::Store> store_;
    ingest::Environment environment_;
    view::Catalogue catalogue_;
};

}  // namespace touchline::app
