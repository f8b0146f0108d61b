// The tree of commands with their options: the only user of CLI11. Who adds a command finds its
// group in operations.cpp, records.cpp, people.cpp or connectors.cpp.
#pragma once

#include "commands.hpp"

#include "touchline/base/log.hpp"

#include <CLI/CLI.hpp>

#include <functional>

namespace touchline::app {

using Command = std::function<int(Terminal&)>;

/// Holds every option's value while CLI11 fills it in; each command remembers what to run.
class CommandLine {
public:
    CommandLine();
    /// Parses, runs the one command, returns its exit code.
    int run(int argc, char** argv);

private:
    CLI::App* add(
        CLI::App& parent, const std::string& name, const std::string& help, Command command
    );
    /// A command about one connection.
    void add_for_one(
        CLI::App& parent,
        const std::string& name,
        const std::string& help,
        int (*command)(Terminal&, const Globals&, const std::string&)
    );
    CLI::App& group(const std::string& name, const std::string& help);

    void add_daemon();
    void add_config();
    void add_secrets();
    void add_connections();
    void add_destinations();
    void add_access();
    void add_tokens(const std::function<void(CLI::Option*)>& role);
    void add_others();

    void add_mapping();
    void add_change();
    void add_dlq();

    void add_customer();
    CLI::App* add_decision(
        CLI::App& parent,
        const std::string& name,
        const std::string& help,
        int (*command)(Terminal&, const Globals&, const DecisionArguments&)
    );
    void add_decisions(CLI::App& customer);
    void add_review();
    void add_identity();
    void add_rules(CLI::App& identity);
    void add_records(CLI::App& app, bool required = true);

    void add_plugin();
    void add_plugin_authoring(CLI::App& plugin);
    void add_plugin_record(CLI::App& plugin);
    void add_plugin_trials(CLI::App& plugin);
    void add_plugin_bundles(CLI::App& plugin);

    CLI::App app_;
    Command chosen_;
    Globals globals_;
    bool json_ = false, quiet_ = false, verbose_ = false;
    const LogLevel default_level_ = LogLevel::warning;
    DemoArguments demo_;
    ServeArguments serve_;
    AddArguments add_;
    AuthArguments auth_;
    bool dry_run_ = false;
    RunArguments run_;
    ReplayArguments replay_;
    PlanArguments plan_;
    ApplyArguments apply_;
    TapArguments tap_;
    CheckArguments check_;
    NewArguments new_;
    RecordArguments record_;
    RehearseArguments rehearse_;
    FuzzArguments fuzz_;
    BundleArguments bundle_;
    TimelineArguments timeline_;
    IdentityArguments identity_;
    RetryArguments retry_;
    DecideArguments decide_;
    DecisionArguments decision_;
    UserArguments user_;
    TokenArguments token_;
    AuditArguments audit_;
    std::vector<std::filesystem::path> files_;
    std::filesystem::path file_, input_;
    std::vector<std::string> pair_;
    std::string as_of_;
    std::string text_;
    std::int64_t number_ = 0;
    int count_ = 20;
};

}  // namespace touchline::app
