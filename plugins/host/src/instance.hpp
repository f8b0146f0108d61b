// One connection's instance of a connector: its settings, its targets, its directory, and the
// connector itself, wherever it lives. Not thread-safe: one job at a time.
#pragma once

#include "directory.hpp"
#include "guest.hpp"

#include "touchline/host/connection.hpp"
#include "touchline/net/row_client.hpp"
#include "touchline/net/stream_client.hpp"
#include "touchline/plugin.h"

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace touchline::host {

class Job;

/// A target with the retries of its policy, and the same one with a single attempt.
struct Target {
    net::TargetClient client;
    net::TargetClient once;
};

class Instance {
public:
    /// Checks the settings, prepares targets and directory, then calls create().
    static Result<std::unique_ptr<Instance>> make(
        std::unique_ptr<Guest> guest, ConnectionSetup setup, net::TargetServices services
    );
    Instance(const Instance&) = delete;
    Instance& operator=(const Instance&) = delete;

    const std::string& id() const { return setup_.id; }
    const Manifest& manifest() const { return guest_->manifest(); }
    Guest& guest() { return *guest_; }
    const net::TargetServices& services() const { return services_; }
    const std::vector<ingest::StreamInfo>& streams() const { return streams_; }
    bool has_stream(std::string_view name) const;
    const std::optional<Directory>& files() const { return files_; }
    /// Error config: the manifest does not declare it, or it is spoken to in another way.
    Result<Target*> target(std::string_view name);
    Result<const net::StreamTarget*> stream_target(std::string_view name) const;
    Result<const net::RowTarget*> row_target(std::string_view name) const;
    /// Which ways of speaking to targets there are.
    bool has_targets() const { return !targets_.empty(); }
    bool has_stream_targets() const { return !stream_targets_.empty(); }
    bool has_row_targets() const { return !row_targets_.empty(); }
    /// The target whose origin an absolute link has. Error denied: none.
    Result<Target*> target_of(std::string_view link);
    Result<std::string> check(std::stop_token stop);

private:
    Instance(std::unique_ptr<Guest> guest, ConnectionSetup setup, net::TargetServices services);
    Result<std::string> prepare();
    Result<void> make_targets(json::View settings);
    /// One target, by the scheme of its base URL.
    Result<void> make_target(net::Target target);
    bool is_target(std::string_view name) const;
    Error no_target(std::string_view name, const char* way) const;
    Result<void> create(const std::string& settings);

    ConnectionSetup setup_;
    net::TargetServices services_;
    std::vector<ingest::StreamInfo> streams_;
    std::map<std::string, Target, std::less<>> targets_;
    std::map<std::string, net::StreamTarget, std::less<>> stream_targets_;
    std::map<std::string, net::RowTarget, std::less<>> row_targets_;
    std::optional<Directory> files_;
    std::unique_ptr<Guest> guest_;  ///< last: it goes before what it calls
};

}  // namespace touchline::host
