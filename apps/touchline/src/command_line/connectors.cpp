// Commands for those who write and install connectors.
#include "tree.hpp"

namespace touchline::app {

void CommandLine::add_plugin() {
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

void CommandLine::add_plugin_authoring(CLI::App& plugin) {
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
        add(plugin, "check", "Try a connector on its cassettes and grade it", [this](Terminal& t) {
            return plugin_check(t, globals_, check_);
        });
    check->add_option("plugin", check_.plugin, "Its id, or a file");
    check->add_option("--cassettes", check_.cassettes, "The folder with its cassettes");
    check->add_option("--only", check_.only, "This test, or with a dot at the end these: state.");
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
    check->add_flag("--in-process", check_.in_process, "No process for each test: for debuggers");
    check->add_flag("--no-runner", check_.no_runner, "Nothing once more in an isolated process");
    add_plugin_record(plugin);
    add_plugin_trials(plugin);
    add_plugin_bundles(plugin);
}

void CommandLine::add_plugin_record(CLI::App& plugin) {
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
    record->add_option("--replace", record_.replace, "from=to: write this text down as another");
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
    record->add_option("--requests", record_.requests, "At most so many")->capture_default_str();
    record->add_flag("--keep-addresses", record_.keep_addresses, "Do not mask e-mail addresses");
    record->add_flag(
        "--allow-private-network", record_.allow_private_network, "The system is on this network"
    );
}

void CommandLine::add_plugin_trials(CLI::App& plugin) {
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

void CommandLine::add_plugin_bundles(CLI::App& plugin) {
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
        add(plugin, "install", "Take a bundle into a folder of connectors", [this](Terminal& t) {
            return plugin_install(t, bundle_);
        });
    install->add_option("bundle", bundle_.file, "The bundle")->required();
    install->add_option("--dir", bundle_.directory, "The folder, one of plugins.dirs")->required();
    install->add_option("--signer", bundle_.signer, "Fail unless this key signed it");
    install->add_flag(
        "--allow-unsigned", bundle_.allow_unsigned, "Take it although nobody signed it"
    );
}

}  // namespace touchline::app
