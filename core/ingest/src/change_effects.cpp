#include "change_effects.hpp"

#include <algorithm>
#include <array>
#include <set>

namespace touchline::ingest {
namespace {

constexpr std::size_t k_examples_of_stream = 3;
constexpr std::size_t k_examples_of_identity = 3;
/// Examples are whole touchpoints; beyond this, customers are shown by their numbers alone.
constexpr std::size_t k_most_examples = 5'000;
constexpr std::size_t k_most_identities = 200'000;
constexpr std::size_t k_most_transitions = 40;
constexpr std::size_t k_most_causes = 200;

/// Fields with few values, of which it is told from what to what they change.
constexpr std::array<std::string_view, 7> k_words = {
    "kind", "channel", "direction", "platform", "status", "lang", "phase"};

std::string text_of(const std::optional<json::View>& value) {
    if (!value) return "(none)";
    const auto string = value->as_string();
    return string ? std::string(*string) : value->text();
}

void note(StreamEffect& effect, const std::string& field, std::string before, std::string after) {
    FieldEffect& one = effect.fields[field];
    ++one.touchpoints;
    if (std::ranges::find(k_words, field) == k_words.end()) return;
    if (before.empty()) before = "(none)";
    if (after.empty()) after = "(none)";
    const std::pair transition{std::move(before), std::move(after)};
    if (one.transitions.size() < k_most_transitions || one.transitions.contains(transition))
        ++one.transitions[transition];
}

ChangeExample example_of(const TouchpointChange& change) {
    return {std::string(change.before), std::string(change.after), change.identity};
}

}  // namespace

void ChangeEffects::touchpoint(const TouchpointChange& change) {
    StreamEffect& effect =
        plan_.streams[{std::string(change.connection), std::string(change.stream)}];
    const auto count = [&change](auto& counts) {
        switch (change.kind) {
            case ChangeKind::added:
                ++counts.added;
                break;
            case ChangeKind::changed:
                ++counts.changed;
                break;
            case ChangeKind::removed:
                ++counts.removed;
                break;
        }
    };
    count(effect);
    if (change.kind == ChangeKind::changed) compare(change, effect);
    if (effect.examples.size() < k_examples_of_stream)
        effect.examples.push_back(example_of(change));
    if (identities_.size() >= k_most_identities && !identities_.contains(change.identity)) return;
    IdentityEffect& identity = identities_[change.identity];
    count(identity);
    if (identity.examples.size() < k_examples_of_identity && examples_ < k_most_examples) {
        identity.examples.push_back(example_of(change));
        ++examples_;
    }
}

void ChangeEffects::compare(const TouchpointChange& change, StreamEffect& effect) {
    const auto before = json::Document::parse(change.before);
    const auto after = json::Document::parse(change.after);
    if (!before || !after) return;
    std::set<std::string_view> names;
    for (const json::Member member : before->root().members()) names.insert(member.key);
    for (const json::Member member : after->root().members()) names.insert(member.key);
    for (const std::string_view name : names) {
        if (name == "source" || name == "id" || name == "schema") continue;
        const auto was = before->root().get(name), is = after->root().get(name);
        std::string text_before = text_of(was), text_after = text_of(is);
        if (was.has_value() == is.has_value() && text_before == text_after) continue;
        note(effect, std::string(name), std::move(text_before), std::move(text_after));
    }
    if (!request_.phase_of) return;
    const auto was = model::read_touchpoint(before->root());
    const auto is = model::read_touchpoint(after->root());
    if (!was || !is || was->phase != is->phase) return;  // a stated one was compared as a field
    std::string phase_before = request_.phase_of(*was), phase_after = request_.phase_of(*is);
    if (phase_before != phase_after)
        note(effect, "phase", std::move(phase_before), std::move(phase_after));
}

void ChangeEffects::failure(const RecordFailure& failure) {
    std::string key(failure.connection);
    for (const std::string_view part : {failure.stream, failure.stage, failure.place})
        key.append(1, '\n').append(part);
    // Where nothing says which line of the mapping it is, the message has to tell them apart.
    if (failure.place.empty()) key.append(1, '\n').append(failure.message.substr(0, 40));
    const auto [cause, is_new] = causes_.try_emplace(std::move(key), plan_.failures.size());
    if (is_new) {
        if (plan_.failures.size() == k_most_causes) {
            causes_.erase(cause);
            return;
        }
        plan_.failures.push_back(
            {std::string(failure.connection),
             std::string(failure.stream),
             std::string(failure.stage),
             std::string(failure.message),
             std::string(failure.place),
             std::string(failure.cure),
             std::string(failure.external_id),
             0}
        );
    }
    ++plan_.failures[cause->second].records;
}

}  // namespace touchline::ingest
