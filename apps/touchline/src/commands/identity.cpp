#include "../loaded_records.hpp"
#include "../record_files.hpp"

#include "touchline/identity/evaluation.hpp"
#include "touchline/identity/stream.hpp"
#include "touchline/json/writer.hpp"

#include <algorithm>
#include <array>
#include <cstdio>
#include <iterator>
#include <set>
#include <utility>

namespace touchline::app {
namespace {

/// What comes out of resolving: the customer of each record, and what happened on the way.
struct Outcome {
    std::vector<std::string> customers;  ///< in the order of LoadedRecords::ids
    std::vector<identity::Change> changes;
};

Outcome resolve_at_once(Terminal& terminal, const LoadedRecords& loaded) {
    const auto clusters = resolve_records(terminal, loaded);
    Outcome outcome;
    for (std::size_t i = 0; i < clusters.size(); ++i) {
        outcome.customers.push_back("c:" + loaded.ids[clusters[i]]);
        const bool first = clusters[i] == i;
        outcome.changes.push_back(
            {first ? identity::ChangeKind::created : identity::ChangeKind::joined,
             outcome.customers.back(),
             loaded.ids[i],
             {}}
        );
    }
    return outcome;
}

Outcome resolve_one_by_one(Terminal& terminal, LoadedRecords& loaded) {
    Advance advance(terminal, "resolving");
    identity::StreamResolver stream(loaded.model);
    Outcome outcome;
    for (const auto& one : loaded.decisions) stream.decide(one.a, one.b, one.verdict);
    std::size_t done = 0;
    for (auto& delivery : loaded.deliveries) {
        auto changes = stream.add(delivery.id, std::move(delivery.features));
        std::ranges::move(changes, std::back_inserter(outcome.changes));
        if (++done % 256 == 0) advance(double(done) / double(loaded.deliveries.size()));
    }
    for (auto& [id, customer] : stream.customers()) outcome.customers.push_back(customer);
    return outcome;
}

std::string clusters_csv(const LoadedRecords& loaded, const Outcome& outcome) {
    std::string text = "id,customer\n";
    for (std::size_t i = 0; i < loaded.ids.size(); ++i)
        text += csv_cell(loaded.ids[i]) + "," + csv_cell(outcome.customers[i]) + "\n";
    return text;
}

/// One JSON document a line.
std::string event_lines(const Outcome& outcome) {
    std::string text;
    for (const auto& change : outcome.changes) {
        json::Writer writer;
        writer.begin_object()
            .member("event", to_string(change.kind))
            .member("customer", change.customer);
        writer.member("record", change.record);
        const bool split = change.kind == identity::ChangeKind::split;
        writer.member_unless_empty(split ? "from" : "into", change.into).end_object();
        text += writer.take() + "\n";
    }
    return text;
}

Result<int> resolve_files(Terminal& terminal, const IdentityArguments& arguments) {
    TOUCHLINE_TRY(auto loaded, load_records(terminal, arguments));
    const auto outcome =
        arguments.stream ? resolve_one_by_one(terminal, loaded) : resolve_at_once(terminal, loaded);
    TOUCHLINE_CHECK(write_whole_file(arguments.output, clusters_csv(loaded, outcome)));
    if (!arguments.events.empty())
        TOUCHLINE_CHECK(write_whole_file(arguments.events, event_lines(outcome)));
    const auto customers =
        std::set<std::string>(outcome.customers.begin(), outcome.customers.end()).size();
    if (terminal.json && arguments.output != "-") {
        json::Writer writer;
        writer.begin_object().member("records", loaded.ids.size()).member("customers", customers);
        terminal.print(writer.end_object().text());
    }
    terminal.say(
        counted(std::int64_t(loaded.ids.size()), "record") + " are " +
        counted(std::int64_t(customers), "customer") + "."
    );
    return static_cast<int>(k_ok);
}

Result<int> train_file(Terminal& terminal, const IdentityArguments& arguments) {
    TOUCHLINE_TRY(const auto loaded, load_records(terminal, arguments));
    TOUCHLINE_CHECK(write_whole_file(arguments.output, loaded.model.to_json() + "\n"));
    terminal.say(
        "The model of " + counted(std::int64_t(loaded.ids.size()), "record") + " is in " +
        arguments.output.string() + "."
    );
    return static_cast<int>(k_ok);
}

Result<identity::Labels> labels_to_evaluate(
    Terminal& terminal, const IdentityArguments& arguments
) {
    if (!arguments.clusters.empty()) return read_label_file(arguments.clusters);
    TOUCHLINE_TRY(const auto loaded, load_records(terminal, arguments));
    const auto clusters = resolve_records(terminal, loaded);
    identity::Labels labels;
    for (std::size_t i = 0; i < clusters.size(); ++i)
        labels.emplace(loaded.ids[i], loaded.ids[clusters[i]]);
    return labels;
}

void write_quality(json::Writer& writer, std::string_view name, const identity::Quality& quality) {
    writer.key(name)
        .begin_object()
        .member("precision", quality.precision)
        .member("recall", quality.recall);
    writer.member("f1", quality.f1).end_object();
}

void print_quality(Terminal& terminal, const char* name, const identity::Quality& quality) {
    std::array<char, 96> line{};
    std::snprintf(
        line.data(),
        line.size(),
        "%-9s P %.5f  R %.5f  F1 %.5f",
        name,
        quality.precision,
        quality.recall,
        quality.f1
    );
    terminal.print(line.data());
}

Result<int> evaluate_files(Terminal& terminal, const IdentityArguments& arguments) {
    if (arguments.input.empty() == arguments.clusters.empty())
        return Error(Code::config, "give either --input or --clusters")
            .cure("--input resolves records first.");
    TOUCHLINE_TRY(const auto truth, read_label_file(arguments.truth));
    TOUCHLINE_TRY(const auto found, labels_to_evaluate(terminal, arguments));
    const auto result = identity::evaluate(truth, found);
    if (!terminal.json) {
        terminal.print(
            "records " + std::to_string(result.records) + "  missing " +
            std::to_string(result.missing) + "  unknown " + std::to_string(result.unknown) +
            "  customers true " + std::to_string(result.true_clusters) + " found " +
            std::to_string(result.found_clusters)
        );
        print_quality(terminal, "pairwise", result.pairwise);
        print_quality(terminal, "bcubed", result.b_cubed);
        return static_cast<int>(k_ok);
    }
    json::Writer writer;
    writer.begin_object().member("records", result.records).member("missing", result.missing);
    writer.member("unknown", result.unknown).member("true_clusters", result.true_clusters);
    writer.member("predicted_clusters", result.found_clusters)
        .member("largest_predicted", result.largest);
    writer.key("pairs")
        .begin_object()
        .member("true", result.true_pairs)
        .member("predicted", result.found_pairs);
    writer.member("hit", result.hits).end_object();
    write_quality(writer, "pairwise", result.pairwise);
    write_quality(writer, "bcubed", result.b_cubed);
    terminal.print(writer.end_object().text());
    return static_cast<int>(k_ok);
}

int ended(Terminal& terminal, Result<int> result) {
    return result ? *result : static_cast<int>(terminal.fail(result.error()));
}

}  // namespace

int identity_resolve(Terminal& terminal, const IdentityArguments& arguments) {
    return ended(terminal, resolve_files(terminal, arguments));
}

int identity_train(Terminal& terminal, const IdentityArguments& arguments) {
    return ended(terminal, train_file(terminal, arguments));
}

int identity_evaluate(Terminal& terminal, const IdentityArguments& arguments) {
    return ended(terminal, evaluate_files(terminal, arguments));
}

}  // namespace touchline::app
