// Commands that run Touchline: the daemon, its configuration, its secrets, the systems at both
// ends, who may come in.
#include "exit_code.hpp"
#include "help_pages.hpp"
#include "tree.hpp"

namespace touchline::app {

void CommandLine::add_daemon() {
    CLI::App* demo =
        add(app_,
            "demo",
            "Show a sample company: everything on one machine, ready to look at",
            [this](Terminal& t) { return app::demo(t, demo_); });
    demo->add_option("--dir", demo_.dir, "Where to keep it")->capture_default_str();
    demo->add_option("--port", demo_.port, "The port of the web page; 0 chooses one")
        ->capture_default_str();
    demo->add_option("--customers", demo_.customers, "How many customers")->capture_default_str();
    demo->add_option("--records", demo_.records, "How many records, about")->capture_default_str();
    demo->add_option("--seed", demo_.seed, "The same seed makes the same company")
        ->capture_default_str();
    demo->add_flag("--prepare-only", demo_.prepare_only, "Write and read the sample, then end");
    CLI::App* serve = add(app_, "serve", "Run the daemon in the foreground", [this](Terminal& t) {
        set_log_level(verbose_ ? LogLevel::debug : quiet_ ? LogLevel::error : LogLevel::info);
        return app::serve(t, globals_, serve_);
    });
    serve->add_flag("--dev", serve_.dev, "No sign-in, on a loopback address only");
    serve->add_option("--listen", serve_.listen, "host:port instead of the configuration's");
}

void CommandLine::add_config() {
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

void CommandLine::add_secrets() {
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

void CommandLine::add_connections() {
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
    add_for_one(connections, "resume", "Let it go on after a pause or crashes", connections_resume);
    add_for_one(connections, "logs", "What its last run has done", connections_logs);
    CLI::App* auth =
        add(connections, "auth", "Sign in to the system with a browser", [this](Terminal& t) {
            return connections_auth(t, globals_, auth_);
        });
    auth->add_option("id", auth_.connection, "The connection")->required();
    auth->add_option("--port", auth_.port, "The port that the system knows for this; 0 chooses one")
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

void CommandLine::add_destinations() {
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

void CommandLine::add_access() {
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
    for_user(user, "disable", "Keep somebody out, and on record", user_disable);
    for_user(user, "enable", "Let somebody in again", user_enable);
    for_user(user, "password", "Set a new password", user_password);
    CLI::App* changed = for_user(user, "role", "Change what somebody may do", user_role);
    role(changed->add_option("role", user_.role, "agent, lead, integrator or admin")->required());
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

void CommandLine::add_tokens(const std::function<void(CLI::Option*)>& role) {
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

void CommandLine::add_others() {
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

}  // namespace touchline::app
