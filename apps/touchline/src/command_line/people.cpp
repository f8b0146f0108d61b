// Commands about customers: who somebody is, what happened, which rules and questions decide it.
#include "tree.hpp"

namespace touchline::app {

void CommandLine::add_customer() {
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
    timeline->add_option("customer", timeline_.customer, "An id, or what `find` takes")->required();
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
    why->add_option("--between", pair_, "Explain just these two: email:a@example.org crm.contact:7")
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

CLI::App* CommandLine::add_decision(
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

void CommandLine::add_decisions(CLI::App& customer) {
    CLI::App* merge =
        add_decision(customer, "merge", "Say that two customers are one", customer_merge);
    CLI::App* split = add_decision(
        customer, "split", "Say that some identities are somebody else's", customer_split
    );
    for (CLI::App* app : {merge, split}) {
        app->add_option("customer", decision_.customer, "An id, or what `find` takes")->required();
        app->add_flag("--dry-run", decision_.dry_run, "Show the outcome and change nothing");
    }
    merge->add_option("other", decision_.others, "The other one")->required()->expected(1);
    split->add_option("identities", decision_.others, "Whose they are not: email:a@example.org")
        ->required();
    CLI::App* undo = add_decision(customer, "undo", "Take a merge or a split back", customer_undo);
    undo->add_option("token", decision_.customer, "What the decision printed")->required();
    CLI::App* choose = add_decision(
        customer,
        "choose",
        "Say what a field's value is, whatever sources say; without a value, take that back",
        customer_choose
    );
    choose->add_option("customer", decision_.customer, "An id, or what `find` takes")->required();
    choose->add_option("field", decision_.field, "name.full, email, ...")->required();
    choose->add_option("value", decision_.value, "A text, or JSON");
}

void CommandLine::add_review() {
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

void CommandLine::add_identity() {
    CLI::App& identity =
        group("identity", "Who is who: in a file of records, and by which rules in the store");
    CLI::App* resolve =
        add(identity, "resolve", "Find the records that are one customer", [this](Terminal& t) {
            return identity_resolve(t, identity_);
        });
    add_records(*resolve);
    resolve->add_option("--output", identity_.output, "id,customer as CSV; - is standard output")
        ->required();
    resolve->add_option("--events", identity_.events, "What happened to customers, as JSON lines");
    resolve->add_flag("--stream", identity_.stream, "One record at a time, in the file's order");
    CLI::App* train =
        add(identity, "train", "Learn a model from records, without labels", [this](Terminal& t) {
            return identity_train(t, identity_);
        });
    add_records(*train);
    train->add_option("--output", identity_.output, "The model file")->required();
    CLI::App* explain =
        add(identity,
            "explain",
            "Why two records are one customer or not; of one record, its customer",
            [this](Terminal& t) { return identity_explain(t, identity_); });
    add_records(*explain);
    explain->add_option("ids", identity_.ids, "Two records, or one")->required()->expected(1, 2);
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

void CommandLine::add_rules(CLI::App& identity) {
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

void CommandLine::add_records(CLI::App& app, bool required) {
    app.add_option("--input", identity_.input, "Records: JSON lines or CSV; - is standard input")
        ->required(required);
    app.add_option(
        "--model", identity_.model, "A model file; learnt from the records when left out"
    );
    app.add_option(
        "--fields", identity_.fields, "YAML that says what fields mean; recognised when left out"
    );
    app.add_option(
        "--decisions",
        identity_.decisions,
        "What people decided, as CSV: id_a,id_b,decision (same, not_same),author,reason; "
        "always wins"
    );
}

}  // namespace touchline::app
