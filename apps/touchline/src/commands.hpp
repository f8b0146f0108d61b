// Every command of the program, one function each; command_line/ gives them their names and
// options. All return an exit code of exit_code.hpp.
#pragma once

#include "terminal.hpp"

#include "touchline/config/config.hpp"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace touchline::app {

/// Options that every command has.
struct Globals {
    std::filesystem::path config = "touchline.yaml";
    bool assume_yes = false;
};

int config_check(
    Terminal& terminal, const Globals& globals, const std::vector<std::filesystem::path>& files
);
int config_schema(Terminal& terminal);
int config_explain(Terminal& terminal, const std::string& key);

/// Which secrets the configuration asks for, and which are there; never a value.
int secrets_list(Terminal& terminal, const Globals& globals);
/// The value is one line of standard input.
int secrets_set(Terminal& terminal, const Globals& globals, const std::string& name);
int secrets_remove(Terminal& terminal, const Globals& globals, const std::string& name);
int secrets_seal(Terminal& terminal, const Globals& globals);
int secrets_unseal(Terminal& terminal, const Globals& globals);

int connections_list(Terminal& terminal, const Globals& globals);
struct AddArguments {
    std::string plugin, connection;
};
/// Prints what to write into the configuration.
int connections_add(Terminal& terminal, const Globals& globals, const AddArguments& arguments);
int connections_discover(Terminal& terminal, const Globals& globals, const std::string& id);
/// Reads and maps, and stores nothing.
int connections_dry_run(Terminal& terminal, const Globals& globals, const std::string& id);
int connections_pause(Terminal& terminal, const Globals& globals, const std::string& id);
/// Ends a pause, and a suspension after crashes of the connector.
int connections_resume(Terminal& terminal, const Globals& globals, const std::string& id);
int connections_logs(Terminal& terminal, const Globals& globals, const std::string& id);
struct AuthArguments {
    std::string connection;
    int port = 0;  ///< where the browser comes back to; 0: any
};
/// A person signs in to the system that the connection reads.
int connections_auth(Terminal& terminal, const Globals& globals, const AuthArguments& arguments);
int connections_test(Terminal& terminal, const Globals& globals, const std::string& id);
struct RunArguments {
    std::string connection;  ///< empty: all
    std::vector<std::string> streams;
    std::string since;
};
int connections_run(Terminal& terminal, const Globals& globals, const RunArguments& arguments);

int destinations_list(Terminal& terminal, const Globals& globals);
int destinations_enable(Terminal& terminal, const Globals& globals, const std::string& id);

int mapping_test(
    Terminal& terminal, const Globals& globals, const std::vector<std::filesystem::path>& files
);
int mapping_run(
    Terminal& terminal,
    const std::filesystem::path& mapping,
    const std::filesystem::path& input,
    int count
);
int mapping_eval(
    Terminal& terminal, const std::string& expression, const std::filesystem::path& input
);
int mapping_functions(Terminal& terminal);

int customer_find(Terminal& terminal, const Globals& globals, const std::string& text);
struct TimelineArguments {
    std::string customer;  ///< an id, or anything that `find` takes
    std::string department, kind;
    std::int64_t limit = 50;
};
int customer_timeline(
    Terminal& terminal, const Globals& globals, const TimelineArguments& arguments
);
int customer_why(
    Terminal& terminal,
    const Globals& globals,
    const std::string& customer,
    const std::vector<std::string>& pair,
    const std::string& as_of  ///< a date or a point in time; empty: now
);
int customer_show(Terminal& terminal, const Globals& globals, const std::string& customer);
/// Of these, each command reads some; command_line/ says which.
struct DecisionArguments {
    std::string customer;             ///< an id, or anything that `find` takes; of undo, the token
    std::vector<std::string> others;  ///< the other customer, or identities
    std::string field, value;
    std::string author, reason;
    bool dry_run = false;
};
int customer_merge(Terminal& terminal, const Globals& globals, const DecisionArguments& arguments);
int customer_split(Terminal& terminal, const Globals& globals, const DecisionArguments& arguments);
int customer_undo(Terminal& terminal, const Globals& globals, const DecisionArguments& arguments);
/// Without a value, the choice is taken back.
int customer_choose(Terminal& terminal, const Globals& globals, const DecisionArguments& arguments);

int identity_plan(Terminal& terminal, const Globals& globals);
int identity_apply(Terminal& terminal, const Globals& globals);
int identity_learn(Terminal& terminal, const Globals& globals);

int review_list(Terminal& terminal, const Globals& globals, const std::string& state);
struct DecideArguments {
    std::int64_t review = 0;
    std::string verdict;  ///< same, not_same, later
    std::string author, reason;
};
int review_decide(Terminal& terminal, const Globals& globals, const DecideArguments& arguments);

int dlq_list(Terminal& terminal, const Globals& globals, const std::string& connection);
int dlq_show(Terminal& terminal, const Globals& globals, std::int64_t id);
struct RetryArguments {
    std::vector<std::int64_t> ids;
    std::string connection;
    bool all = false;
};
int dlq_retry(Terminal& terminal, const Globals& globals, const RetryArguments& arguments);

/// Of these, each command reads some; command_line/ says which.
struct IdentityArguments {
    std::filesystem::path input, output, model, fields, events, decisions;
    std::filesystem::path truth, clusters;
    std::vector<std::string> ids;  ///< two records, or one
    bool masked = false;
    bool stream = false;  ///< one record at a time, in the order of the file
};
int identity_resolve(Terminal& terminal, const IdentityArguments& arguments);
int identity_train(Terminal& terminal, const IdentityArguments& arguments);
int identity_explain(Terminal& terminal, const IdentityArguments& arguments);
int identity_evaluate(Terminal& terminal, const IdentityArguments& arguments);

int plugin_list(Terminal& terminal, const Globals& globals);
int plugin_info(Terminal& terminal, const Globals& globals, const std::string& name);
struct CheckArguments {
    std::string plugin;               ///< an id or a file
    std::filesystem::path cassettes;  ///< empty: beside the connector, or here
    std::filesystem::path junit;      ///< empty: no such file
    std::vector<std::string> only;
    std::uint64_t seed = 1;
    double seconds = 45;
    std::string grade = "A";  ///< a worse one is a failure
    bool all = false, list = false, in_process = false, no_runner = false;
};
int plugin_check(Terminal& terminal, const Globals& globals, const CheckArguments& arguments);
struct NewArguments {
    std::string name, kind = "source-rest";
    std::filesystem::path dir;  ///< empty: the name
};
int plugin_new(Terminal& terminal, const NewArguments& arguments);
struct RecordArguments {
    std::string plugin;
    std::vector<std::string> settings;  ///< name=value
    config::AuthConfig auth;            ///< its kind, name, prefix and user
    std::string secret, app_secret;     ///< the environment variables that hold them
    std::vector<std::string> streams, replace;
    std::string about, now;
    std::filesystem::path webhooks, output = "cassettes/recorded.json";
    std::size_t requests = 200;
    bool keep_addresses = false, allow_private_network = false;
};
int plugin_record(Terminal& terminal, const Globals& globals, const RecordArguments& arguments);
struct RehearseArguments {
    std::string plugin;
    std::filesystem::path cassettes;
    std::size_t count = 3;
};
int plugin_run(Terminal& terminal, const Globals& globals, const RehearseArguments& arguments);
struct FuzzArguments {
    std::string plugin;
    std::filesystem::path cassettes, output = "fall.json";
    std::uint64_t seed = 1, runs = 1000;
};
int plugin_fuzz(Terminal& terminal, const Globals& globals, const FuzzArguments& arguments);
int plugin_doc(Terminal& terminal, const Globals& globals, const std::string& name);
struct BundleArguments {
    std::string plugin;
    std::filesystem::path file, key, directory;
    std::string signer;  ///< the public key that has to have signed
    bool allow_unsigned = false;
};
int plugin_key(Terminal& terminal, const std::filesystem::path& file);
int plugin_pack(Terminal& terminal, const Globals& globals, const BundleArguments& arguments);
int plugin_verify(Terminal& terminal, const BundleArguments& arguments);
int plugin_install(Terminal& terminal, const BundleArguments& arguments);

struct UserArguments {
    std::string account, name, role = "agent";
};
int user_list(Terminal& terminal, const Globals& globals);
/// Passwords are asked for at the terminal, or read from standard input.
int user_add(Terminal& terminal, const Globals& globals, const UserArguments& arguments);
int user_remove(Terminal& terminal, const Globals& globals, const UserArguments& arguments);
int user_disable(Terminal& terminal, const Globals& globals, const UserArguments& arguments);
int user_enable(Terminal& terminal, const Globals& globals, const UserArguments& arguments);
int user_password(Terminal& terminal, const Globals& globals, const UserArguments& arguments);
int user_role(Terminal& terminal, const Globals& globals, const UserArguments& arguments);
struct TokenArguments {
    std::string name, role = "agent";
    int days = 365;  ///< 0: for ever
};
int token_list(Terminal& terminal, const Globals& globals);
int token_create(Terminal& terminal, const Globals& globals, const TokenArguments& arguments);
int token_revoke(Terminal& terminal, const Globals& globals, const TokenArguments& arguments);
struct AuditArguments {
    std::string account, action, customer;
    std::size_t limit = 100;
};
int audit(Terminal& terminal, const Globals& globals, const AuditArguments& arguments);

struct ReplayArguments {
    std::string from, to;  ///< a date or RFC 3339; empty: without bounds
    std::string connection, stream, where;
    bool dry_run = false, resume = false, cancel = false;
};
int replay(Terminal& terminal, const Globals& globals, const ReplayArguments& arguments);
struct PlanArguments {
    std::string sample;  ///< "10%"; empty: all of it
    std::string connection, stream, where;
    bool mappings_only = false;
};
int plan(Terminal& terminal, const Globals& globals, const PlanArguments& arguments);
struct ApplyArguments {
    std::string plan;
    bool even_if_records_came = false;
};
int apply(Terminal& terminal, const Globals& globals, const ApplyArguments& arguments);
struct TapArguments {
    std::string connection, stage, url;
    std::int64_t count = 0;  ///< end after so many rows; 0: never
    bool unmasked = false;
};
int tap(Terminal& terminal, const Globals& globals, const TapArguments& arguments);

struct ServeArguments {
    bool dev = false;
    std::string listen;
};
int serve(Terminal& terminal, const Globals& globals, const ServeArguments& arguments);
struct DemoArguments {
    std::filesystem::path dir = "demo";
    std::uint16_t port = 8420;
    std::uint32_t customers = 2000, records = 40000;
    std::uint64_t seed = 1;
    bool prepare_only = false;
};
int demo(Terminal& terminal, const DemoArguments& arguments);

int doctor(Terminal& terminal, const Globals& globals);
int version(Terminal& terminal);

}  // namespace touchline::app
