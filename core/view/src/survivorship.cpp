#include "touchline/view/survivorship.hpp"

#include "touchline/json/view.hpp"

#include <algorithm>
#include <limits>
#include <set>
#include <span>
#include <tuple>

namespace touchline::view {
namespace {

using model::Survival;
using store::StoredFact;

std::string record_of(const StoredFact& fact) {
    return fact.connection + "/" + fact.stream + "/" + fact.external_id;
}

/// What wins or loses as one: a fact, or all that one record says of fields that belong together.
struct Candidate {
    std::vector<const StoredFact*> facts;
    std::string said;  // equal where the same is said
    Time observed_at{};
    std::size_t connections = 0, records = 0;  // that say the same

    const StoredFact& first() const { return *facts.front(); }
};

Candidate candidate_of(std::vector<const StoredFact*> facts) {
    Candidate candidate;
    for (const StoredFact* fact : facts) {
        candidate.said.append(fact->field).append(1, '=').append(fact->value).append(1, '\n');
        candidate.observed_at = std::max(candidate.observed_at, fact->observed_at);
    }
    candidate.facts = std::move(facts);
    return candidate;
}

void count_support(std::vector<Candidate>& candidates) {
    std::map<std::string, std::pair<std::set<std::string>, std::set<std::string>>> support;
    for (const Candidate& candidate : candidates) {
        auto& [connections, records] = support[candidate.said];
        connections.insert(candidate.first().connection);
        records.insert(record_of(candidate.first()));
    }
    for (Candidate& candidate : candidates) {
        const auto& [connections, records] = support[candidate.said];
        candidate.connections = connections.size();
        candidate.records = records.size();
    }
}

/// Less is better.
using Merit = std::pair<std::int64_t, std::int64_t>;

Merit merit_of(const Candidate& candidate, const model::FieldRule& rule) {
    switch (rule.strategy) {
        case Survival::most_recent:
            break;
        case Survival::oldest:
            return {candidate.observed_at.time_since_epoch().count(), 0};
        case Survival::most_frequent:
            return {-std::int64_t(candidate.connections), -std::int64_t(candidate.records)};
        case Survival::most_trusted:
            return {static_cast<std::int64_t>(candidate.first().trust), 0};
        case Survival::source_order: {
            const auto place = std::ranges::find(rule.sources, candidate.first().connection);
            return {place - rule.sources.begin(), 0};
        }
    }
    return {};
}

/// Best first. Of one record, its own order is kept.
void rank(std::vector<Candidate>& candidates, const model::FieldRule& rule) {
    count_support(candidates);
    std::ranges::stable_sort(candidates, [&rule](const Candidate& a, const Candidate& b) {
        const auto key = [&rule](const Candidate& one) {
            const StoredFact& fact = one.first();
            return std::tuple(
                merit_of(one, rule),
                -one.observed_at.time_since_epoch().count(),
                fact.trust,
                std::string_view(fact.connection),
                std::string_view(fact.stream),
                std::string_view(fact.external_id)
            );
        };
        return key(a) < key(b);
    });
}

/// Fields that win or lose as one, by their common name: what a rule or a record's group holds
/// together, else each on its own.
class Units {
public:
    Units(const std::vector<StoredFact>& facts, const model::Survivorship& rules) {
        std::map<std::string, std::string> groups;
        for (const StoredFact& fact : facts) {
            if (fact.group.empty()) continue;
            const auto [group, first] = groups.try_emplace(fact.field, fact.group);
            if (!first) group->second = std::min(group->second, fact.group);
        }
        for (const StoredFact& fact : facts) {
            const model::FieldRule& rule = rules.rule_for(fact.field);
            const auto group = groups.find(fact.field);
            const std::string name = rule.together           ? "rule " + rule.field
                                     : group != groups.end() ? "group " + group->second
                                                             : "field " + fact.field;
            Unit& unit = units_[name];
            unit.facts.push_back(&fact);
            unit.fields.insert(fact.field);
        }
    }

    struct Unit {
        std::vector<const StoredFact*> facts;
        std::set<std::string> fields;

        std::vector<Candidate> candidates() const {
            std::vector<Candidate> all;
            if (fields.size() == 1) {
                for (const StoredFact* fact : facts) all.push_back(candidate_of({fact}));
                return all;
            }
            std::map<std::string, std::vector<const StoredFact*>> records;
            for (const StoredFact* fact : facts) records[record_of(*fact)].push_back(fact);
            for (auto& [record, said] : records) {
                std::ranges::stable_sort(said, {}, &StoredFact::field);
                all.push_back(candidate_of(std::move(said)));
            }
            return all;
        }
    };

    const std::map<std::string, Unit>& all() const { return units_; }

private:
    std::map<std::string, Unit> units_;
};

FieldValue value_of(const StoredFact& fact) {
    return {fact.value, record_of(fact), fact.observed_at};
}

void add_rival(Field& field, FieldValue value) {
    const bool known =
        (field.current && field.current->value == value.value) ||
        std::ranges::find(field.rivals, value.value, &FieldValue::value) != field.rivals.end();
    if (!known) field.rivals.push_back(std::move(value));
}

Field field_of(const std::string& name, std::span<const Candidate> ranked) {
    Field field;
    for (const Candidate& candidate : ranked) {
        for (const StoredFact* fact : candidate.facts) {
            if (fact->field != name) continue;
            const bool wins = &candidate == &ranked.front() && !field.current;
            wins ? void(field.current = value_of(*fact)) : add_rival(field, value_of(*fact));
        }
    }
    return field;
}

void choose(Field& field, const store::FieldChoice& choice) {
    std::vector<FieldValue> lost = std::move(field.rivals);
    if (field.current) lost.insert(lost.begin(), std::move(*field.current));
    field.current = FieldValue{
        choice.value, choice.author.empty() ? "agent" : "agent/" + choice.author, choice.at};
    field.rule = "manual";
    field.reason = choice.reason;
    field.rivals.clear();
    for (FieldValue& value : lost) add_rival(field, std::move(value));
}

}  // namespace

std::map<std::string, Field> surviving_fields(
    const std::vector<StoredFact>& facts,
    const std::vector<store::FieldChoice>& choices,
    const model::Survivorship& rules
) {
    std::map<std::string, Field> fields;
    const Units units(facts, rules);
    for (const auto& [unused, unit] : units.all()) {
        const model::FieldRule& rule = rules.rule_for(*unit.fields.begin());
        std::vector<Candidate> candidates = unit.candidates();
        rank(candidates, rule);
        for (const std::string& name : unit.fields) {
            Field& field = fields[name] = field_of(name, candidates);
            field.rule = to_string(rule.strategy);
        }
    }
    // Of customers that came together, each may have been decided on; the last word counts.
    std::map<std::string, const store::FieldChoice*> last;
    for (const store::FieldChoice& choice : choices) {
        const store::FieldChoice*& known = last[choice.field];
        if (known == nullptr ||
            std::tie(known->at, known->value) < std::tie(choice.at, choice.value))
            known = &choice;
    }
    for (const auto& [name, choice] : last) choose(fields[name], *choice);
    return fields;
}

std::string plain_text(const std::string& json) {
    const auto document = json::Document::parse(json);
    if (!document) return json;
    const auto text = document->root().as_string();
    return text ? std::string(*text) : json;
}

}  // namespace touchline::view
