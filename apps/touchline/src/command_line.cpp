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

    void add_secrets() {
        CLI::App& secrets = group("secrets", "Passwords and tokens, kept apart from the rest");
        add(secrets, "list", "Which are asked for, and which are there", [this](Terminal& t) {
            return secrets_list(t, globals_);
        });
        CLI::App* set =
            add(secrets, "set", "Keep one; it is read from standard input", [this](Terminal& t) {
                return secrets_set(t, globals_, text_);
            });
        set->add_option("name", text_, "As in ${secret:NAME}")->required();
        CLI::App* remove = add(secrets, "remove", "Forget one", [this](Terminal& t) {
            return secrets_remove(t, globals_, text_);
        });
        remove->add_option("name", text_, "As in ${secret:NAME}")->required();
        add(secrets, "seal", "Encrypt the file under secrets.key", [this](Terminal& t) {
            return secrets_seal(t, globals_);
        });
        add(secrets, "unseal", "Make it plain text again", [this](Terminal& t) {
            return secrets_unseal(t, globals_);
        });
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
        add_for_one(
            connections, "resume", "Let it go on after a pause or crashes", connections_resume
        );
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

    void add_change() {
        CLI::App* replay =
            add(app_,
                "replay",
                "Read stored records anew with the mappings of now; asks no source",
                [this](Terminal& t) { return app::replay(t, globals_, replay_); });
        replay->add_option("--from", replay_.from, "Only what arrived since: a date, or RFC 3339");
        replay->add_option("--to", replay_.to, "Only what arrived before");
        replay->add_option("--connection", replay_.connection, "Only this connection");
        replay->add_option("--stream", replay_.stream, "Only this stream");
        replay->add_option(
            "--where", replay_.where, "Only records for which this expression holds"
        );
        replay->add_flag("--dry-run", replay_.dry_run, "Say what would change, and change nothing");
        replay->add_flag("--resume", replay_.resume, "Go on with one that was stopped");
        replay->add_flag("--cancel", replay_.cancel, "Give up one that was stopped");
        CLI::App* plan =
            add(app_,
                "plan",
                "What the mappings and rules of the configuration would change in the store",
                [this](Terminal& t) { return app::plan(t, globals_, plan_); });
        plan->add_option("--sample", plan_.sample, "Only a share of the records, such as 10%");
        plan->add_option("--connection", plan_.connection, "Only this connection");
        plan->add_option("--stream", plan_.stream, "Only this stream");
        plan->add_option("--where", plan_.where, "Only records for which this expression holds");
        plan->add_flag("--mappings-only", plan_.mappings_only, "Leave who is who by the old rules");
        CLI::App* apply =
            add(app_,
                "apply",
                "Do what a plan said, unless the ground has moved since",
                [this](Terminal& t) { return app::apply(t, globals_, apply_); });
        apply->add_option("plan", apply_.plan, "Its id, or its file")->required();
        apply->add_flag(
            "--even-if-records-came",
            apply_.even_if_records_came,
            "Also when the store has changed since; the configuration may not have"
        );
        CLI::App* tap =
            add(app_,
                "tap",
                "Watch records at a running daemon: as they come, as they are mapped, as customers "
                "change, as they go out",
                [this](Terminal& t) { return app::tap(t, globals_, tap_); });
        tap->add_option("--connection", tap_.connection, "Only this connection");
        tap->add_option("--stage", tap_.stage, "raw, mapped, merged or out")
            ->check(CLI::IsMember({"raw", "mapped", "merged", "out"}));
        tap->add_option("-n", tap_.count, "End after so many rows");
        tap->add_option("--url", tap_.url, "The daemon's address; else the configuration's");
        tap->add_flag("--unmasked", tap_.unmasked, "Show what records say of people");
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
                return customer_why(t, globals_, text_, pair_, as_of_);
            });
        why->add_option("customer", text_, "An id, or what `find` takes")->required();
        why->add_option(
               "--between", pair_, "Explain just these two: email:a@example.org crm.contact:7"
        )
            ->expected(2);
        why->add_option(
               "--as-of", as_of_, "Who was taken for whom then: 2026-03-01, 2026-03-01T09:00:00Z"
        )
            ->excludes("--between");
        CLI::App* show =
            add(customer,
                "show",
                "Fields with where they come from, what other sources say, and identities",
                [this](Terminal& t) { return customer_show(t, globals_, text_); });
        show->add_option("customer", text_, "An id, or what `find` takes")->required();
        add_decisions(customer);
    }

    CLI::App* add_decision(
        CLI::App& parent,
        const std::string& name,
        const std::string& help,
        int (*command)(Terminal&, const Globals&, const DecisionArguments&)
    ) {
        CLI::App* app = add(parent, name, help, [this, command](Terminal& t) {
            return command(t, globals_, decision_);
        });
        app->add_option("--author", decision_.author, "Who decides");
        app->add_option("--reason", decision_.reason, "Why");
        return app;
    }

    void add_decisions(CLI::App& customer) {
        CLI::App* merge =
            add_decision(customer, "merge", "Say that two customers are one", customer_merge);
        CLI::App* split = add_decision(
            customer, "split", "Say that some identities are somebody else's", customer_split
        );
        for (CLI::App* app : {merge, split}) {
            app->add_option("customer", decision_.customer, "An id, or what `find` takes")
                ->required();
            app->add_flag("--dry-run", decision_.dry_run, "Show the outcome and change nothing");
        }
        merge->add_option("other", decision_.others, "The other one")->required()->expected(1);
        split->add_option("identities", decision_.others, "Whose they are not: email:a@example.org")
            ->required();
        CLI::App* undo =
            add_decision(customer, "undo", "Take a merge or a split back", customer_undo);
        undo->add_option("token", decision_.customer, "What the decision printed")->required();
        CLI::App* choose = add_decision(
            customer,
            "choose",
            "Say what a field's value is, whatever sources say; without a value, take that back",
            customer_choose
        );
        choose->add_option("customer", decision_.customer, "An id, or what `find` takes")
            ->required();
        choose->add_option("field", decision_.field, "name.full, email, ...")->required();
        choose->add_option("value", decision_.value, "A text, or JSON");
    }

    void add_review() {
        CLI::App& review = group("review", "Questions about who is who that wait for a person");
        CLI::App* list =
            add(review, "list", "Those that concern most touchpoints first", [this](Terminal& t) {
                return review_list(t, globals_, text_.empty() ? "open" : text_);
            });
        list->add_option("--state", text_, "open, later, same or not_same")
            ->check(CLI::IsMember({"open", "later", "same", "not_same"}));
        CLI::App* decide =
            add(review,
                "decide",
                "Answer one; the answer holds whatever the sources say",
                [this](Terminal& t) { return review_decide(t, globals_, decide_); });
        decide->add_option("id", decide_.review, "Its number")->required();
        decide->add_option("verdict", decide_.verdict, "same, not_same or later")
            ->required()
            ->check(CLI::IsMember({"same", "not_same", "later"}));
        decide->add_option("--author", decide_.author, "Who decides");
        decide->add_option("--reason", decide_.reason, "Why");
    }

    void add_identity() {
        CLI::App& identity =
            group("identity", "Who is who: in a file of records, and by which rules in the store");
        CLI::App* resolve =
            add(identity, "resolve", "Find the records that are one customer", [this](Terminal& t) {
                return identity_resolve(t, identity_);
            });
        add_records(*resolve);
        resolve
            ->add_option("--output", identity_.output, "id,customer as CSV; - is standard output")
            ->required();
        resolve->add_option(
            "--events", identity_.events, "What happened to customers, as JSON lines"
        );
        resolve->add_flag(
            "--stream", identity_.stream, "One record at a time, in the file's order"
        );
        CLI::App* train =
            add(identity,
                "train",
                "Learn a model from records, without labels",
                [this](Terminal& t) { return identity_train(t, identity_); });
        add_records(*train);
        train->add_option("--output", identity_.output, "The model file")->required();
        CLI::App* explain =
            add(identity,
                "explain",
                "Why two records are one customer or not; of one record, its customer",
                [this](Terminal& t) { return identity_explain(t, identity_); });
        add_records(*explain);
        explain->add_option("ids", identity_.ids, "Two records, or one")
            ->required()
            ->expected(1, 2);
        explain->add_flag("--masked", identity_.masked, "Show no value in full");
        CLI::App* evaluate =
            add(identity,
                "evaluate",
                "How good clusters are against the truth: pairwise and B-cubed",
                [this](Terminal& t) { return identity_evaluate(t, identity_); });
        add_records(*evaluate, false);
        evaluate->add_option(
            "--clusters", identity_.clusters, "id,customer as CSV, instead of --input"
        );
        evaluate->add_option("--truth", identity_.truth, "id,customer as CSV")->required();
        add_rules(identity);
    }

    void add_rules(CLI::App& identity) {
        add(identity,
            "plan",
            "What the rules of the configuration would do to the customers in the store",
            [this](Terminal& t) { return identity_plan(t, globals_); });
        add(identity,
            "apply",
            "Work out anew who is who in the store, by the rules of the configuration",
            [this](Terminal& t) { return identity_apply(t, globals_); });
        add(identity,
            "learn",
            "Learn a model from the store's own records; shows what it would do, and uses it with "
            "--yes",
            [this](Terminal& t) { return identity_learn(t, globals_); });
    }

    void add_records(CLI::App& app, bool required = true) {
        app.add_option(
               "--input", identity_.input, "Records: JSON lines or CSV; - is standard input"
        )
            ->required(required);
        app.add_option(
            "--model", identity_.model, "A model file; learnt from the records when left out"
        );
        app.add_option(
            "--fields",
            identity_.fields,
            "YAML that says what fields mean; recognised when left out"
        );
        app.add_option(
            "--decisions",
            identity_.decisions,
            "What people decided, as CSV: id_a,id_b,decision (same, not_same),author,reason; "
            "always wins"
        );
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

    void add_destinations() {
        CLI::App& destinations = group("destinations", "Receivers of the feed");
        add(destinations, "list", "How far each has come", [this](Terminal& t) {
            return destinations_list(t, globals_);
        });
        CLI::App* enable =
            add(destinations,
                "enable",
                "Let one that disabled itself go on from where it stopped",
                [this](Terminal& t) { return destinations_enable(t, globals_, text_); });
        enable->add_option("destination", text_, "Its id")->required();
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
        add_plugin_authoring(plugin);
    }

    void add_plugin_authoring(CLI::App& plugin) {
        CLI::App* fresh =
            add(plugin,
                "new",
                "Begin a connector: a project that builds and passes",
                [this](Terminal& t) { return plugin_new(t, new_); });
        fresh->add_option("name", new_.name, "Its id: lower-case letters, digits and hyphens")
            ->required();
        fresh->add_option("--template", new_.kind, "What it is like")->capture_default_str();
        fresh->add_option("--dir", new_.dir, "Where to; a folder of its name when left out");
        CLI::App* check =
            add(plugin,
                "check",
                "Try a connector on its cassettes and grade it",
                [this](Terminal& t) { return plugin_check(t, globals_, check_); });
        check->add_option("plugin", check_.plugin, "Its id, or a file");
        check->add_option("--cassettes", check_.cassettes, "The folder with its cassettes");
        check->add_option(
            "--only", check_.only, "This test, or with a dot at the end these: state."
        );
        check->add_option("--seed", check_.seed, "The same seed spoils the same bytes")
            ->capture_default_str();
        check->add_option("--limit", check_.seconds, "Seconds for each test")
            ->capture_default_str()
            ->check(CLI::Range(0.1, 3600.0));
        check->add_option("--grade", check_.grade, "Fail when the grade is worse")
            ->capture_default_str()
            ->check(CLI::IsMember({"A", "B", "C", "D", "F"}));
        check->add_option("--junit", check_.junit, "Write a report for build servers to this file");
        check->add_flag("--all", check_.all, "Show what passed, too");
        check->add_flag("--list", check_.list, "Only say which tests there are");
        check->add_flag(
            "--in-process", check_.in_process, "No process for each test: for debuggers"
        );
        check->add_flag(
            "--no-runner", check_.no_runner, "Nothing once more in an isolated process"
        );
        add_plugin_record(plugin);
        add_plugin_trials(plugin);
        add_plugin_bundles(plugin);
    }

    void add_plugin_record(CLI::App& plugin) {
        CLI::App* record =
            add(plugin,
                "record",
                "Read from the real system once, and keep what it said as a cassette",
                [this](Terminal& t) { return plugin_record(t, globals_, record_); });
        record->add_option("plugin", record_.plugin, "Its id, or a file")->required();
        record->add_option("--setting", record_.settings, "name=value, as in the configuration");
        record
            ->add_option(
                "--auth", record_.auth.kind, "How to sign in, as auth.kind in the configuration"
            )
            ->capture_default_str()
            ->check(CLI::IsMember(
                {"none",
                 "bearer",
                 "bearer-proof",
                 "token",
                 "basic",
                 "basic-key",
                 "header",
                 "query",
                 "session"}
            ));
        record->add_option("--secret", record_.secret, "The environment variable that holds it");
        record->add_option(
            "--app-secret", record_.app_secret, "The one that holds the app's, for bearer-proof"
        );
        record->add_option("--user", record_.auth.user, "For basic and session");
        record->add_option("--name", record_.auth.name, "For header and query");
        record->add_option("--prefix", record_.auth.prefix, "For token and header");
        record->add_option("--stream", record_.streams, "Only this stream");
        record->add_option(
            "--replace", record_.replace, "from=to: write this text down as another"
        );
        record->add_option("--about", record_.about, "What it shows: one sentence for people");
        record->add_option(
            "--now", record_.now, "When it plays, for a system with a clock of its own (RFC 3339)"
        );
        record->add_option(
            "--webhooks",
            record_.webhooks,
            "A file with calls that come in after the reads: a list, as in cassettes"
        );
        record->add_option("-o,--output", record_.output, "The cassette")->capture_default_str();
        record->add_option("--requests", record_.requests, "At most so many")
            ->capture_default_str();
        record->add_flag(
            "--keep-addresses", record_.keep_addresses, "Do not mask e-mail addresses"
        );
        record->add_flag(
            "--allow-private-network",
            record_.allow_private_network,
            "The system is on this network"
        );
    }

    void add_plugin_trials(CLI::App& plugin) {
        CLI::App* run =
            add(plugin,
                "run",
                "Read the cassettes, and show what the records become",
                [this](Terminal& t) { return plugin_run(t, globals_, rehearse_); });
        run->add_option("plugin", rehearse_.plugin, "Its id, or a file")->required();
        run->add_option("--cassettes", rehearse_.cassettes, "The folder with its cassettes");
        run->add_option("-n", rehearse_.count, "Show at most so many records of each stream")
            ->capture_default_str();
        CLI::App* fuzz =
            add(plugin,
                "fuzz",
                "Spoil the cassettes at random until it falls over",
                [this](Terminal& t) { return plugin_fuzz(t, globals_, fuzz_); });
        fuzz->add_option("plugin", fuzz_.plugin, "Its id, or a file")->required();
        fuzz->add_option("--cassettes", fuzz_.cassettes, "The folder with its cassettes");
        fuzz->add_option("--seed", fuzz_.seed, "Where to begin; brings a fall back")
            ->capture_default_str();
        fuzz->add_option("--runs", fuzz_.runs, "How many")->capture_default_str();
        fuzz->add_option("-o,--output", fuzz_.output, "Where to write the cassette that it fell on")
            ->capture_default_str();
        CLI::App* doc =
            add(plugin, "doc", "Write its reference page, in Markdown", [this](Terminal& t) {
                return plugin_doc(t, globals_, text_);
            });
        doc->add_option("plugin", text_, "Its id, or a file")->required();
    }

    void add_plugin_bundles(CLI::App& plugin) {
        CLI::App* key = add(plugin, "key", "Make a key to sign bundles with", [this](Terminal& t) {
            return plugin_key(t, bundle_.key);
        });
        key->add_option("file", bundle_.key, "Where to keep it")->required();
        CLI::App* pack =
            add(plugin, "pack", "Put it and its mappings into one file", [this](Terminal& t) {
                return plugin_pack(t, globals_, bundle_);
            });
        pack->add_option("plugin", bundle_.plugin, "Its id, or a file")->required();
        pack->add_option("--key", bundle_.key, "Sign with this key");
        pack->add_option("-o,--output", bundle_.file, "The bundle; ID-VERSION.tlp when left out");
        CLI::App* verify =
            add(plugin, "verify", "Say what a bundle holds and who signed it", [this](Terminal& t) {
                return plugin_verify(t, bundle_);
            });
        verify->add_option("bundle", bundle_.file, "The bundle")->required();
        verify->add_option("--signer", bundle_.signer, "Fail unless this key signed it");
        CLI::App* install =
            add(plugin,
                "install",
                "Take a bundle into a folder of connectors",
                [this](Terminal& t) { return plugin_install(t, bundle_); });
        install->add_option("bundle", bundle_.file, "The bundle")->required();
        install->add_option("--dir", bundle_.directory, "The folder, one of plugins.dirs")
            ->required();
        install->add_option("--signer", bundle_.signer, "Fail unless this key signed it");
        install->add_flag(
            "--allow-unsigned", bundle_.allow_unsigned, "Take it although nobody signed it"
        );
    }

    void add_access() {
        const auto role = [](CLI::Option* option) {
            option->check(CLI::IsMember({"agent", "lead", "integrator", "admin"}));
        };
        const auto for_user = [this](
                                  CLI::App& parent,
                                  const std::string& name,
                                  const std::string& help,
                                  int (*command)(Terminal&, const Globals&, const UserArguments&)
                              ) {
            CLI::App* app = add(parent, name, help, [this, command](Terminal& t) {
                return command(t, globals_, user_);
            });
            app->add_option("account", user_.account, "What they type to sign in")->required();
            return app;
        };
        CLI::App& user = group("user", "People who sign in with a password");
        add(user, "list", "Who there is", [this](Terminal& t) { return user_list(t, globals_); });
        CLI::App* fresh = for_user(user, "add", "Let somebody in; asks for a password", user_add);
        fresh->add_option("--name", user_.name, "Their name for people");
        role(fresh->add_option("--role", user_.role, "What they may do")->capture_default_str());
        for_user(user, "remove", "Let somebody in no more", user_remove);
        for_user(user, "password", "Set a new password", user_password);
        CLI::App* changed = for_user(user, "role", "Change what somebody may do", user_role);
        role(changed->add_option("role", user_.role, "agent, lead, integrator or admin")->required()
        );
        add_tokens(role);
        CLI::App* audit =
            add(app_, "audit", "Who did what, and who looked at whom", [this](Terminal& t) {
                return app::audit(t, globals_, audit_);
            });
        audit->add_option("--account", audit_.account, "Only what this one did");
        audit->add_option("--action", audit_.action, "Only this: look, search, merge, sign-in, …");
        audit->add_option("--customer", audit_.customer, "Only what was about this customer's id");
        audit->add_option("-n,--limit", audit_.limit, "At most so many")->capture_default_str();
    }

    void add_tokens(const std::function<void(CLI::Option*)>& role) {
        CLI::App& token = group("token", "Programs that call the API");
        add(token, "list", "Which tokens there are", [this](Terminal& t) {
            return token_list(t, globals_);
        });
        CLI::App* fresh = add(token, "create", "Make one; it is shown once", [this](Terminal& t) {
            return token_create(t, globals_, token_);
        });
        fresh->add_option("name", token_.name, "What it is for")->required();
        role(fresh->add_option("--role", token_.role, "What it may do")->capture_default_str());
        fresh->add_option("--days", token_.days, "How long it is good for; 0 for ever")
            ->capture_default_str()
            ->check(CLI::Range(0, 36500));
        CLI::App* gone = add(token, "revoke", "Make one worthless", [this](Terminal& t) {
            return token_revoke(t, globals_, token_);
        });
        gone->add_option("name", token_.name, "Its name")->required();
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

}  // namespace

int run_command_line(int argc, char** argv) {
    return CommandLine().run(argc, argv);
}

}  // namespace touchline::app
