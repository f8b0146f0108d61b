#include "../loaded_records.hpp"

#include "touchline/identity/evidence.hpp"
#include "touchline/json/writer.hpp"

#include <algorithm>
#include <array>
#include <cstdio>

namespace touchline::app {
namespace {

using identity::Features;
using Index = std::uint32_t;

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

Result<Index> place_of(const LoadedRecords& loaded, const std::string& id) {
    const auto found = std::ranges::lower_bound(loaded.ids, id);
    if (found == loaded.ids.end() || *found != id)
        return Error(Code::not_found, "there is no record with the id \"" + id + "\"");
    return Index(found - loaded.ids.begin());
}

Result<int> explain_pair(
    Terminal& terminal, const IdentityArguments& arguments, const LoadedRecords& loaded
) {
    TOUCHLINE_TRY(const auto a, place_of(loaded, arguments.ids[0]));
    TOUCHLINE_TRY(const auto b, place_of(loaded, arguments.ids[1]));
    const auto values = arguments.masked ? identity::Values::masked : identity::Values::shown;
    const auto evidence = weigh(loaded.model, loaded.features[a], loaded.features[b], values);
    const auto* decision = decision_about(loaded.decisions, loaded.ids[a], loaded.ids[b]);
    if (!terminal.json) {
        if (decision) terminal.print(sentence_for(*decision) + " This counts, whatever follows:");
        print_pair(terminal, evidence);
        return static_cast<int>(k_ok);
    }
    json::Writer writer;
    writer.begin_object().member("a", loaded.ids[a]).member("b", loaded.ids[b]);
    if (decision) writer.member("decision", sentence_for(*decision));
    write_pair(writer, evidence);
    terminal.print(writer.end_object().text());
    return static_cast<int>(k_ok);
}

Result<int> explain_cluster(
    Terminal& terminal, const IdentityArguments& arguments, const LoadedRecords& loaded
) {
    TOUCHLINE_TRY(const auto record, place_of(loaded, arguments.ids[0]));
    const auto clusters = resolve_records(terminal, loaded);
    std::vector<Index> members;
    for (Index i = 0; i < clusters.size(); ++i)
        if (clusters[i] == clusters[record]) members.push_back(i);
    const auto features = [&](Index member) -> const Features& {
        return loaded.features[members[member]];
    };
    // What people decided joins before anything else does.
    constexpr double k_decided = 1e6;
    const auto joins = identity::joins_of(Index(members.size()), [&](Index a, Index b) {
        const auto* decision =
            decision_about(loaded.decisions, loaded.ids[members[a]], loaded.ids[members[b]]);
        const bool joined = decision && decision->verdict == identity::Verdict::same;
        return joined ? k_decided : loaded.model.score(features(a), features(b)).bits;
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
        const auto* decision = decision_about(loaded.decisions, a, b);
        if (!terminal.json)
            terminal.print(
                bits_text(evidence.score.bits) + "  " + a + " - " + b + ": " +
                (decision ? sentence_for(*decision) : sentence_for(evidence))
            );
        writer.begin_object().member("a", a).member("b", b);
        if (decision) writer.member("decision", sentence_for(*decision));
        write_pair(writer, evidence);
        writer.end_object();
    }
    if (terminal.json) terminal.print(writer.end_array().end_object().text());
    return static_cast<int>(k_ok);
}

Result<int> explain_records(Terminal& terminal, const IdentityArguments& arguments) {
    TOUCHLINE_TRY(const auto loaded, load_records(terminal, arguments));
    return arguments.ids.size() == 2 ? explain_pair(terminal, arguments, loaded)
                                     : explain_cluster(terminal, arguments, loaded);
}

}  // namespace

int identity_explain(Terminal& terminal, const IdentityArguments& arguments) {
    const auto result = explain_records(terminal, arguments);
    return result ? *result : static_cast<int>(terminal.fail(result.error()));
}

}  // namespace touchline::app
