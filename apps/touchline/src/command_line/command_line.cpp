#include "command_line.hpp"

#include "exit_code.hpp"
#include "tree.hpp"
#include "usage.hpp"

#include <unistd.h>

#include <iostream>

namespace touchline::app {

CommandLine::CommandLine()
    : app_(
          "Joins the records of every departmental system into one timeline per customer.",
          "touchline"
      ) {
    app_.require_subcommand(1);
    app_.fallthrough();
    app_.add_option("-c,--config", globals_.config, "The configuration file")
        ->envname("TOUCHLINE_CONFIG");
    app_.add_flag("--json", json_, "One JSON document on standard output");
    app_.add_flag("-q,--quiet", quiet_, "Only data and errors");
    app_.add_flag("-v,--verbose", verbose_, "Log what happens inside");
    app_.add_flag("-y,--yes", globals_.assume_yes, "Answer yes to every question");
    add_daemon();
    add_config();
    add_secrets();
    add_connections();
    add_mapping();
    add_change();
    add_customer();
    add_identity();
    add_review();
    add_destinations();
    add_dlq();
    add_plugin();
    add_access();
    add_others();
}

int CommandLine::run(int argc, char** argv) {
    try {
        app_.parse(argc, argv);
    } catch (const CLI::CallForHelp& help) {
        return app_.exit(help, std::cout, std::cerr), k_ok;
    } catch (const CLI::ParseError& error) {
        std::cerr << explain_usage(app_, error);
        return k_usage;
    }
    set_log_level(verbose_ ? LogLevel::debug : quiet_ ? LogLevel::error : default_level_);
    Terminal terminal(std::cout, std::cerr, ::isatty(STDERR_FILENO) == 1);
    terminal.json = json_;
    terminal.quiet = quiet_;
    return chosen_(terminal);
}

CLI::App* CommandLine::add(
    CLI::App& parent, const std::string& name, const std::string& help, Command command
) {
    CLI::App* app = parent.add_subcommand(name, help);
    app->callback([this, command = std::move(command)] { chosen_ = command; });
    return app;
}

void CommandLine::add_for_one(
    CLI::App& parent,
    const std::string& name,
    const std::string& help,
    int (*command)(Terminal&, const Globals&, const std::string&)
) {
    CLI::App* app = add(parent, name, help, [this, command](Terminal& t) {
        return command(t, globals_, text_);
    });
    app->add_option("id", text_, "The connection")->required();
}

CLI::App& CommandLine::group(const std::string& name, const std::string& help) {
    CLI::App* app = app_.add_subcommand(name, help);
    app->require_subcommand(1);
    app->fallthrough();
    return *app;
}

int run_command_line(int argc, char** argv) {
    return CommandLine().run(argc, argv);
}

}  // namespace touchline::app
