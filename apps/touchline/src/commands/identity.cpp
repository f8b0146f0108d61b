#include "../commands.hpp"
#include "../record_files.hpp"

#include "touchline/identity/evidence.hpp"
#include "touchline/identity/resolution.hpp"
#include "touchline/json/writer.hpp"

#include <algorithm>
#include <chrono>
#include <map>
#include <utility>

namespace touchline::app {
namespace {

using identity::Features;
using identity::Model;
using identity::Record;
using Index = std::uint32_t;

/// "training 40 %, 3 s left" on a terminal.
class Advance {
public:
    Advance(Terminal& terminal, std::string what) : terminal_(terminal), what_(std::move(what)) {}

    void operator()(double share) {
        const auto spent =
            std::chrono::duration<double>(std::chrono::steady_clock::now() - began_).count();
        auto line = what_ + " " + std::to_string(int(100 * share)) + " %";
        if (share > 0.02 && spent > 1)
            line += ", " + std::to_string(int(spent / share - spent + 0.5)) + " s left";
        if (line != said_) terminal_.progress(line);
        said_ = std::move(line);
    }

private:
    Terminal& terminal_;
    std::string what_, said_;
    const std::chrono::steady_clock::time_point began_ = std::chrono::steady_clock::now();
};

/// A record file, ready to be resolved: sorted by id, so that nothing depends on its order.
struct Loaded {
    std::vector<std::string> ids;
    std::vector<Features> features;
    Model model;
};

Result<std::optional<Model>> read_model(const std::filesystem::path& path) {
    if (path.empty()) return std::optional<Model>();
    TOUCHLINE_TRY(const auto text, read_whole_file(path));
    auto model = Model::from_json(text);
    if (!model) return std::move(model).error().at({path.string(), 0, 0});
    return std::optional<Model>(std::move(model).value());
}

Result<identity::FieldMap> fields_for(
    const std::vector<Record>& records,
    const IdentityArguments& arguments,
    const std::optional<Model>& model
) {
    if (model) return model->fields();
    auto recognised = identity::recognise_fields(records);
    if (arguments.fields.empty()) return recognised;
    return read_fields_file(arguments.fields, recognised);
}

Result<Loaded> load(Terminal& terminal, const IdentityArguments& arguments) {
    TOUCHLINE_TRY(auto records, read_record_file(arguments.input));
    std::ranges::sort(records, {}, &Record::id);
    TOUCHLINE_TRY(auto model, read_model(arguments.model));
    TOUCHLINE_TRY(auto fields, fields_for(records, arguments, model));
    identity::FeatureReader reader(fields);
    std::vector<std::string> ids;
    std::vector<Features> features;
    features.reserve(records.size());
    for (auto& record : records) {
        TOUCHLINE_TRY(auto one, reader.read(record));
        features.push_back(std::move(one));
        ids.push_back(record.id);
        record = {};
    }
    identity::mark_shared(features, model ? model->sharers_max : Model(fields).sharers_max);
    Advance advance(terminal, "training");
    if (!model) model = identity::train(fields, features, [&](double share) { advance(share); });
    return Loaded{std::move(ids), std::move(features), std::move(*model)};
}

std::vector<Index> resolved(Terminal& terminal, const Loaded& loaded) {
    Advance advance(terminal, "resolving");
    return identity::resolve(loaded.model, loaded.features, {}, [&](double share) {
        advance(share);
    });
}

std::string clusters_csv(const Loaded& loaded, const std::vector<Index>& clusters) {
    std::string text = "id,customer\n";
    for (std::size_t i = 0; i < clusters.size(); ++i)
        text += csv_cell(loaded.ids[i]) + "," + csv_cell("c:" + loaded.ids[clusters[i]]) + "\n";
    return text;
}

/// What happened to customers, one JSON document a line.
std::string event_lines(const Loaded& loaded, const std::vector<Index>& clusters) {
    std::string text;
    for (std::size_t i = 0; i < clusters.size(); ++i) {
        json::Writer writer;
        writer.begin_object().member("event", clusters[i] == i ? "created" : "joined");
        writer.member("customer", "c:" + loaded.ids[clusters[i]])
            .member("record", loaded.ids[i])
            .end_object();
        text += writer.take() + "\n";
    }
    return text;
}

std::size_t count_clusters(const std::vector<Index>& clusters) {
    std::size_t count = 0;
    for (std::size_t i = 0; i < clusters.size(); ++i) count += clusters[i] == i;
    return count;
}

Result<int> resolve_files(Terminal& terminal, const IdentityArguments& arguments) {
    TOUCHLINE_TRY(const auto loaded, load(terminal, arguments));
    const auto clusters = resolved(terminal, loaded);
    TOUCHLINE_CHECK(write_whole_file(arguments.output, clusters_csv(loaded, clusters)));
    if (!arguments.events.empty())
        TOUCHLINE_CHECK(write_whole_file(arguments.events, event_lines(loaded, clusters)));
    const auto customers = count_clusters(clusters);
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
    TOUCHLINE_TRY(const auto loaded, load(terminal, arguments));
    TOUCHLINE_CHECK(write_whole_file(arguments.output, loaded.model.to_json() + "\n"));
    terminal.say(
        "The model of " + counted(std::int64_t(loaded.ids.size()), "record") + " is in " +
        arguments.output.string() + "."
    );
    return static_cast<int>(k_ok);
}

void write_pair(json::Writer& writer, const identity::PairEvidence& evidence) {
    writer.member("bits", evidence.score.bits).member("same", evidence.score.bits >= 0);
    writer.member("guard", to_string(evidence.score.guard))
        .member("sentence", sentence_for(evidence));
    writer.member("prior_bits", evidence.prior_bits).member("related_bits", evidence.related_bits);
    writer.member("guard_bits", evidence.guard_bits).key("comparisons").begin_array();
    for (const auto& one : evidence.comparisons) {
        writer.begin_object().member("comparison", one.comparison).member("level", one.level);
        writer.member("phrase", one.phrase)
            .member("a", one.a)
            .member("b", one.b)
            .member("frequency", one.frequency);
        writer.member("m", one.same)
            .member("u", one.unrelated)
            .member("bits", one.bits)
            .end_object();
    }
    writer.end_array();
}

std::string bits_text(double bits) {
    std::array<char, 32> text{};
    std::snprintf(text.data(), text.size(), "%+7.2f", bits);
    return text.data();
}

void print_pair(Terminal& terminal, const identity::PairEvidence& evidence) {
    terminal.print(sentence_for(evidence));
    terminal.print(bits_text(evidence.prior_bits) + "  before anything is compared");
    for (const auto& one : evidence.comparisons)
        terminal.print(
            bits_text(one.bits) + "  " + one.comparison + " " + one.phrase + ": " + one.a + " / " +
            one.b
        );
    if (evidence.related_bits < -0.005)
        terminal.print(
            bits_text(evidence.related_bits) + "  related people agree like this as well"
        );
    if (evidence.guard_bits < 0)
        terminal.print(
            bits_text(evidence.guard_bits) +
            "  held apart: " + std::string(to_string(evidence.score.guard))
        );
    terminal.print(bits_text(evidence.score.bits) + "  in all; from 0 they are one");
}

Result<Index> place_of(const Loaded& loaded, const std::string& id) {
    const auto found = std::ranges::lower_bound(loaded.ids, id);
    if (found == loaded.ids.end() || *found != id)
        return Error(Code::not_found, "there is no record with the id \"" + id + "\"");
    return Index(found - loaded.ids.begin());
}

Result<int> explain_pair(
    Terminal& terminal, const IdentityArguments& arguments, const Loaded& loaded
) {
    TOUCHLINE_TRY(const auto a, place_of(loaded, arguments.ids[0]));
    TOUCHLINE_TRY(const auto b, place_of(loaded, arguments.ids[1]));
    const auto values = arguments.masked ? identity::Values::masked : identity::Values::shown;
    const auto evidence = weigh(loaded.model, loaded.features[a], loaded.features[b], values);
    if (!terminal.json) {
        print_pair(terminal, evidence);
        return static_cast<int>(k_ok);
    }
    json::Writer writer;
    writer.begin_object().member("a", loaded.ids[a]).member("b", loaded.ids[b]);
    write_pair(writer, evidence);
    terminal.print(writer.end_object().text());
    return static_cast<int>(k_ok);
}

Result<int> explain_cluster(
    Terminal& terminal, const IdentityArguments& arguments, const Loaded& loaded
) {
    TOUCHLINE_TRY(const auto record, place_of(loaded, arguments.ids[0]));
    const auto clusters = resolved(terminal, loaded);
    std::vector<Index> members;
    for (Index i = 0; i < clusters.size(); ++i)
        if (clusters[i] == clusters[record]) members.push_back(i);
    const auto features = [&](Index member) -> const Features& {
        return loaded.features[members[member]];
    };
    const auto joins = identity::joins_of(Index(members.size()), [&](Index a, Index b) {
        return loaded.model.score(features(a), features(b)).bits;
    });
    const auto values = arguments.masked ? identity::Values::masked : identity::Values::shown;
    json::Writer writer;
    writer.begin_object().key("members").begin_array();
    for (const auto member : members) writer.value(loaded.ids[member]);
    writer.end_array().key("joins").begin_array();
    if (!terminal.json)
        terminal.print(
            counted(std::int64_t(members.size()), "record") +
            " are this customer; strongest joins first:"
        );
    for (const auto& join : joins) {
        const auto evidence = weigh(loaded.model, features(join.a), features(join.b), values);
        const auto &a = loaded.ids[members[join.a]], &b = loaded.ids[members[join.b]];
        if (!terminal.json)
            terminal.print(
                bits_text(join.bits) + "  " + a + " - " + b + ": " + sentence_for(evidence)
            );
        writer.begin_object().member("a", a).member("b", b);
        write_pair(writer, evidence);
        writer.end_object();
    }
    if (terminal.json) terminal.print(writer.end_array().end_object().text());
    return static_cast<int>(k_ok);
}

Result<int> explain_records(Terminal& terminal, const IdentityArguments& arguments) {
    TOUCHLINE_TRY(const auto loaded, load(terminal, arguments));
    return arguments.ids.size() == 2 ? explain_pair(terminal, arguments, loaded)
                                     : explain_cluster(terminal, arguments, loaded);
}

Result<identity::Labels> labels_to_evaluate(
    Terminal& terminal, const IdentityArguments& arguments
) {
    if (!arguments.clusters.empty()) return read_label_file(arguments.clusters);
    TOUCHLINE_TRY(const auto loaded, load(terminal, arguments));
    const auto clusters = resolved(terminal, loaded);
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

int identity_explain(Terminal& terminal, const IdentityArguments& arguments) {
    return ended(terminal, explain_records(terminal, arguments));
}

int identity_evaluate(Terminal& terminal, const IdentityArguments& arguments) {
    return ended(terminal, evaluate_files(terminal, arguments));
}

}  // namespace touchline::app
