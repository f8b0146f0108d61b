// Commands about records on their way: mappings, replays, plans, the tap, the dead letters.
#include "exit_code.hpp"
#include "tree.hpp"

#include <iostream>

namespace touchline::app {

void CommandLine::add_mapping() {
    CLI::App& mapping = group("mapping", "How records become touchpoints, facts and links");
    CLI::App* test =
        add(mapping, "test", "Run the tests that mapping files carry", [this](Terminal& t) {
            return mapping_test(t, globals_, files_);
        });
    test->add_option("files", files_, "Mapping files; those of the configuration when left out");
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

void CommandLine::add_change() {
    CLI::App* replay =
        add(app_,
            "replay",
            "Read stored records anew with the mappings of now; asks no source",
            [this](Terminal& t) { return app::replay(t, globals_, replay_); });
    replay->add_option("--from", replay_.from, "Only what arrived since: a date, or RFC 3339");
    replay->add_option("--to", replay_.to, "Only what arrived before");
    replay->add_option("--connection", replay_.connection, "Only this connection");
    replay->add_option("--stream", replay_.stream, "Only this stream");
    replay->add_option("--where", replay_.where, "Only records for which this expression holds");
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

void CommandLine::add_dlq() {
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
        add(dlq, "retry", "Process again, with the mappings as they are now", [this](Terminal& t) {
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

}  // namespace touchline::app
