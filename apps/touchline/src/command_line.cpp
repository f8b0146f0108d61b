#include "command_line.hpp"

#include "commands.hpp"
#include "help_pages.hpp"
#include "usage.hpp"

#include "touchline/base/log.hpp"

#include <CLI/CLI.hpp>
#include <unistd.h>

#include <functional>
#include <iostream>

namespace touchline::app {
namespace {

using Command = std::function<int(Terminal&)>;

/// Holds every option's value while CLI11 fills it in; each command remembers what to run.
class CommandLine {
public:
    CommandLine()
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
        add_connections();
        add_mapping();
        add_customer();
        add_dlq();
        add_plugin();
        add_others();
    }

    int run(int argc, char** argv) {
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

private:
    CLI::App* add(
        CLI::App& parent, const std::string& name, const std::string& help, Command command
    ) {
        CLI::App* app = parent.add_subcommand(name, help);
        app->callback([this, command = std::move(command)] { chosen_ = command; });
        return app;
    }

    /// A command about one connection.
    void add_for_one(
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

    CLI::App& group(const std::string& name, const std::string& help) {
        CLI::App* app = app_.add_subcommand(name, help);
        app->require_subcommand(1);
        app->fallthrough();
        return *app;
    }

    void add_daemon() {
        CLI::App* demo =
            add(app_,
                "demo",
                "Show a sample company: everything on one machine, ready to look at",
                [this](Terminal& t) { return app::demo(t, demo_); });
        demo->add_option("--dir", demo_.dir, "Where to keep it")->capture_default_str();
        demo->add_option("--port", demo_.port, "The port of the web page; 0 chooses one")
            ->capture_default_str();
        demo->add_option("--customers", demo_.customers, "How many customers")
            ->capture_default_str();
        demo->add_option("--records", demo_.records, "How many records, about")
            ->capture_default_str();
        demo->add_option("--seed", demo_.seed, "The same seed makes the same company")
            ->capture_default_str();
        demo->add_flag("--prepare-only", demo_.prepare_only, "Write and read the sample, then end");
        CLI::App* serve =
            add(app_, "serve", "Run the daemon in the foreground", [this](Terminal& t) {
                set_log_level(
                    verbose_ ? LogLevel::debug
                    : quiet_ ? LogLevel::error
                             : LogLevel::info
                );
                return app::serve(t, globals_, serve_);
            });
        serve->add_flag("--dev", serve_.dev, "No sign-in, on a loopback address only");
        serve->add_option("--listen", serve_.listen, "host:port instead of the configuration's");
    }

    void add_config() {
        CLI::App& config = group("config", "The configuration");
        CLI::App* check =
            add(config,
                "check",
                "Say everything that is wrong, with file, line and column",
                [this](Terminal& t) { return config_check(t, globals_, files_); });
        check->add_option("files", files_, "Configuration files");
        add(config, "schema", "Print the JSON Schema for editors", [](Terminal& t) {
            return config_schema(t);
        });
        CLI::App* explain = add(config, "explain", "Explain a key", [this](Terminal& t) {
            return config_explain(t, text_);
        });
        explain->add_option("key", text_, "connections.*.streams.*.schedule");
    }

    void add_connections() {
        CLI::App& connections = group("connections", "The systems that records come from");
        add(connections, "list", "How fresh each one is", [this](Terminal& t) {
            return connections_list(t, globals_);
        });
        CLI::App* added =
            add(connections, "add", "Show what to write for a new one", [this](Terminal& t) {
                return connections_add(t, globals_, add_);
            });
        added->add_option("plugin", add_.plugin, "The connector")->required();
        added->add_option("id", add_.connection, "The new connection's id")->required();
        add_for_one(connections, "discover", "List its streams", connections_discover);
        add_for_one(connections, "pause", "Hold it until it is resumed", connections_pause);
        add_for_one(connections, "resume", "Let it go on", connections_resume);
        add_for_one(connections, "logs", "What its last run has done", connections_logs);
        CLI::App* auth =
            add(connections, "auth", "Sign in to the system with a browser", [this](Terminal& t) {
                return connections_auth(t, globals_, auth_);
            });
        auth->add_option("id", auth_.connection, "The connection")->required();
        auth->add_option(
                "--port", auth_.port, "The port that the system knows for this; 0 chooses one"
        )
            ->capture_default_str()
            ->check(CLI::Range(0, 65535));
        CLI::App* test =
            add(connections,
                "test",
                "Try credentials and reachability; writes nothing",
                [this](Terminal& t) { return connections_test(t, globals_, text_); });
        test->add_option("id", text_, "The connection")->required();
        CLI::App* run = add(connections, "run", "Read what is new, now", [this](Terminal& t) {
            return dry_run_ ? connections_dry_run(t, globals_, run_.connection)
                            : connections_run(t, globals_, run_);
        });
        run->add_flag("--dry-run", dry_run_, "Read and map a part of it, and store nothing");
        run->add_option("id", run_.connection, "The connection; all of them when left out");
        run->add_option("--stream", run_.streams, "Only this stream");
        run->add_option("--since", run_.since, "Only what is newer, where the source can tell");
    }

    void add_mapping() {
        CLI::App& mapping = group("mapping", "How records become touchpoints, facts and links");
        CLI::App* test =
            add(mapping, "test", "Run the tests that mapping files carry", [this](Terminal& t) {
                return mapping_test(t, globals_, files_);
            });
        test->add_option(
            "files", files_, "Mapping files; those of the configuration when left out"
        );
        CLI::App* run =
            add(mapping, "run", "Show what a mapping makes of records", [this](Terminal& t) {
                return mapping_run(t, file_, input_, count_);
            });
        run->add_option("mapping", file_, "The mapping file")->required();
        run->add_option("input", input_, "JSON or JSON lines; standard input when left out");
        run->add_option("-n", count_, "At most so many records")->capture_default_str();
        CLI::App* eval = add(mapping, "eval", "Evaluate one expression", [this](Terminal& t) {
            return mapping_eval(t, text_, input_);
        });
        eval->add_option("expression", text_, "JMESPath, with the functions of `mapping functions`")
            ->required();
        eval->add_option("file", input_, "JSON; standard input when left out");
        add(mapping, "functions", "List the functions of expressions", [](Terminal& t) {
            return mapping_functions(t);
        });
    }

    void add_customer() {
        CLI::App& customer = group("customer", "Who somebody is, and all that happened");
        CLI::App* find =
            add(customer,
                "find",
                "Find customers by e-mail address, phone number or name",
                [this](Terminal& t) { return customer_find(t, globals_, text_); });
        find->add_option("text", text_, "What to look for")->required();
        CLI::App* timeline =
            add(customer, "timeline", "All touchpoints, newest first", [this](Terminal& t) {
                return customer_timeline(t, globals_, timeline_);
            });
        timeline->add_option("customer", timeline_.customer, "An id, or what `find` takes")
            ->required();
        timeline->add_option("--department", timeline_.department, "Only this department's");
        timeline->add_option("--kind", timeline_.kind, "Only this kind; \"case.\" is a beginning");
        timeline->add_option("-n,--limit", timeline_.limit, "At most so many")
            ->capture_default_str()
            ->check(CLI::Range(1, 100000));
        CLI::App* why =
            add(customer, "why", "Why these identities are one customer", [this](Terminal& t) {
                return customer_why(t, globals_, text_, pair_);
            });
        why->add_option("customer", text_, "An id, or what `find` takes")->required();
        why->add_option(
               "--between", pair_, "Explain just these two: email:a@example.org crm.contact:7"
        )
            ->expected(2);
    }

    void add_dlq() {
        CLI::App& dlq = group("dlq", "Records and deliveries that could not be processed");
        CLI::App* list = add(dlq, "list", "What there is, newest first", [this](Terminal& t) {
            return dlq_list(t, globals_, text_);
        });
        list->add_option("connection", text_, "Only this connection's");
        CLI::App* show =
            add(dlq,
                "show",
                "One of them: the reason, the place, and the record as it came",
                [this](Terminal& t) { return dlq_show(t, globals_, number_); });
        show->add_option("id", number_, "Its number")->required();
        CLI::App* retry =
            add(dlq,
                "retry",
                "Process again, with the mappings as they are now",
                [this](Terminal& t) {
                    if (retry_.ids.empty() && !retry_.all && retry_.connection.empty()) {
                        std::cerr << "error: name dead letters, a connection, or --all\nnext: "
                                     "touchline dlq list\n";
                        return static_cast<int>(k_usage);
                    }
                    return dlq_retry(t, globals_, retry_);
                });
        retry->add_option("ids", retry_.ids, "Their numbers");
        retry->add_option("--connection", retry_.connection, "All of this connection");
        retry->add_flag("--all", retry_.all, "All of them");
    }

    void add_plugin() {
        CLI::App& plugin = group("plugin", "Connectors");
        add(plugin, "list", "What is installed", [this](Terminal& t) {
            return plugin_list(t, globals_);
        });
        CLI::App* info = add(plugin, "info", "What one needs and offers", [this](Terminal& t) {
            return plugin_info(t, globals_, text_);
        });
        info->add_option("name", text_, "Its id, or a file")->required();
    }

    void add_others() {
        add(app_, "doctor", "Look for what is wrong with this installation", [this](Terminal& t) {
            return app::doctor(t, globals_);
        });
        add(app_, "version", "Print the version", [](Terminal& t) { return app::version(t); });
        CLI::App* completion =
            add(app_, "completion", "Print completions for a shell", [this](Terminal& t) {
                t.print(completions(app_, text_));
                return static_cast<int>(k_ok);
            });
        completion->add_option("shell", text_, "bash, zsh or fish")
            ->required()
            ->check(CLI::IsMember({"bash", "zsh", "fish"}));
        add(app_, "man", "Print the manual page (pipe it to `man -l -`)", [this](Terminal& t) {
            t.print(manual_page(app_));
            return static_cast<int>(k_ok);
        });
    }

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
    TimelineArguments timeline_;
    RetryArguments retry_;
    std::vector<std::filesystem::path> files_;
    std::filesystem::path file_, input_;
    std::vector<std::string> pair_;
    std::string text_;
    std::int64_t number_ = 0;
    int count_ = 20;
};

}  // namespace

int run_command_line(int argc, char** argv) {
    return CommandLine().run(argc, argv);
}

}  // namespace touchline::app
