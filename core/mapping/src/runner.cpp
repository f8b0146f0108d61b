#include "touchline/mapping/runner.hpp"

#include "fill.hpp"
#include "terms.hpp"

#include "touchline/base/text.hpp"

#include <algorithm>
#include <array>

namespace touchline::mapping {
namespace {

// What no record can do without; identities have an error of their own.
bool needs_value(Emit emit, std::string_view key) {
    if (emit == Emit::touchpoint) {
        return key == "kind" || key == "channel" || key == "direction" || key == "occurred_at";
    }
    return emit == Emit::fact && key == "observed_at";
}

// One record on its way through the rules.
class Run {
public:
    Run(Evaluator& evaluator,
        const Plan& plan,
        const Context& context,
        json::View record,
        Output& out)
        : context_(context), out_(out), terms_(evaluator, plan), plan_(plan) {
        scope_.record = Value::of(record);
        if (context.settings) scope_.settings = Value::of(*context.settings);
        if (plan.uses_source) name_source(context);
        scope_.named = true;
        scope_.lookups = &plan.lookups;
    }

    Result<void> go() {
        for (const Rule& rule : plan_.rules) {
            rule_ = &rule;
            TOUCHLINE_CHECK(follow(rule));
        }
        return {};
    }

private:
    void name_source(const Context& context) {
        const model::Source& source = context.source;
        ingested_at_ = format_rfc3339(source.ingested_at);
        source_ = {
            Entry{"connection", Value::of(std::string_view(source.connection))},
            Entry{"stream", Value::of(std::string_view(source.stream))},
            Entry{"external_id", Value::of(std::string_view(source.external_id))},
            Entry{"department", Value::of(context.department)},
            Entry{"system", Value::of(std::string_view(source.system))},
            Entry{"version", Value::of(std::string_view(source.version))},
            Entry{"url", Value::of(std::string_view(source.url))},
            Entry{"ingested_at", Value::of(std::string_view(ingested_at_))}};
        scope_.source = Value::of(std::span<const Entry>(source_));
    }

    Result<void> follow(const Rule& rule) {
        scope_.element = scope_.record;
        if (!rule.each.given()) return one(rule);
        const Value list = terms_.value(rule.each, scope_);
        if (terms_.failed()) return expression_error("each");
        if (list.is_null()) return {};
        if (!list.is_array()) {
            return error(
                "each",
                excerpt(list) + " is " + std::string(describe(list.type())) + ", not a list",
                "to_array(…) makes one of a single value"
            );
        }
        Result<void> result;
        list.each_element([&](const Value& element) {
            scope_.element = element;
            result = one(rule);
            return result.has_value();
        });
        return result;
    }

    Result<void> one(const Rule& rule) {
        if (rule.where.given()) {
            const bool wanted = terms_.value(rule.where, scope_).truthy();
            if (terms_.failed()) return expression_error("where");
            if (!wanted) return {};
        }
        std::string part;
        if (rule.part.given()) {
            const Value value = terms_.value(rule.part, scope_);
            if (terms_.failed()) return expression_error("part");
            Fill fill;
            fill.text(Path{nullptr, "part"}, value, part);
            if (fill.failed()) return fill_error(fill);
        }
        switch (rule.emit) {
            case Emit::touchpoint:
                return touchpoint(rule, std::move(part));
            case Emit::fact:
                return facts(rule, std::move(part));
            case Emit::link:
                return link(rule, std::move(part));
        }
        return {};
    }

    // Fills every member that the rule sets.
    template <typename Record>
    Result<void> fill(Fill& filler, const Rule& rule, Record& record) {
        const Path set{nullptr, "set"};
        for (const auto& [key, term] : rule.set.members) {
            const Value value = terms_.value(term, scope_);
            if (terms_.failed()) return expression_error("set." + key);
            if (value.is_null() && needs_value(rule.emit, key)) {
                return error(
                    "set." + key,
                    "null in this record, but it has to be there",
                    "give a value for this case, or leave such records out with where:"
                );
            }
            filler.member(Path{&set, key}, value, record);
            if (filler.failed()) return fill_error(filler);
        }
        return {};
    }

    void take_source(model::Source& into, std::string part) const {
        into = context_.source;
        into.part = std::move(part);
    }

    Result<void> touchpoint(const Rule& rule, std::string part) {
        model::Touchpoint& touchpoint = out_.touchpoints.emplace_back();
        Fill filler;
        TOUCHLINE_CHECK(fill(filler, rule, touchpoint));
        if (touchpoint.identities.empty()) return no_identity(filler);
        take_source(touchpoint.source, std::move(part));
        touchpoint.id = model::touchpoint_id(context_.tenant, touchpoint.source);
        if (touchpoint.owner.department.empty()) touchpoint.owner.department = context_.department;
        if (!touchpoint.phase.empty() && touchpoint.phase_by.empty())
            touchpoint.phase_by = "mapping";
        return valid(model::validate(touchpoint));
    }

    Result<void> facts(const Rule& rule, std::string part) {
        model::Fact fact;
        Fill filler;
        TOUCHLINE_CHECK(fill(filler, rule, fact));
        take_source(fact.source, std::move(part));
        if (!rule.fields.given()) {
            if (fact.value.empty() || fact.value == "null" || fact.value == "\"\"") {
                if (!fact.retract) return {};
                fact.value = "null";
            }
            if (fact.identities.empty()) return no_identity(filler);
            TOUCHLINE_CHECK(valid(model::validate(fact)));
            out_.facts.push_back(std::move(fact));
            return {};
        }
        const Path fields{nullptr, "fields"};
        for (const auto& [name, term] : rule.fields.members) {
            const Value value = terms_.value(term, scope_);
            if (terms_.failed()) return expression_error("fields." + name);
            const bool empty =
                value.is_null() || ((value.is_string() || value.is_object()) && !value.truthy());
            if (empty) continue;
            if (fact.identities.empty()) return no_identity(filler);
            model::Fact& next = out_.facts.emplace_back(fact);
            next.field = name;
            filler.json(Path{&fields, name}, value, next.value);
            if (filler.failed()) return fill_error(filler);
            TOUCHLINE_CHECK(valid(model::validate(next)));
        }
        return {};
    }

    Result<void> link(const Rule& rule, std::string part) {
        model::Link link;
        link.asserted_at = context_.source.ingested_at;
        Fill filler;
        TOUCHLINE_CHECK(fill(filler, rule, link));
        // One of the two is unknown in this record: nothing to say.
        if (link.a.value.empty() || link.b.value.empty()) return {};
        take_source(link.source, std::move(part));
        TOUCHLINE_CHECK(valid(model::validate(link)));
        out_.links.push_back(std::move(link));
        return {};
    }

    Error error(std::string_view path, std::string message, std::string cure = {}) const {
        const Term& term = locate(*rule_, path);
        return Error(Code::bad_data, rule_->path + std::string(path) + ": " + std::move(message))
            .at({plan_.file, term.line, term.column})
            .cure(std::move(cure));
    }
    Error fill_error(const Fill& filler) const {
        const Fill::Failure& failure = filler.failure();
        return error(failure.path, failure.message, failure.cure);
    }
    Error expression_error(std::string_view path) {
        Error failure = terms_.take_failure();
        return Error(Code::bad_data, rule_->path + std::string(path) + ": " + failure.message())
            .at(*failure.place());
    }
    Error no_identity(const Fill& filler) const {
        const std::size_t empty = filler.empty_identities();
        std::string message = empty == 0   ? "there is no identity"
                              : empty == 1 ? "the only identity has no value in this record"
                                           : "none of the " + std::to_string(empty) +
                                                 " identities has a value in this record";
        return error(
            "set.identities",
            std::move(message),
            "add another identity, or leave such records out with where:"
        );
    }
    // The model names the JSON pointer of what is wrong; here the key of the file says more.
    Result<void> valid(Result<void> checked) const {
        if (checked) return {};
        const Error& fault = checked.error();
        const auto colon = fault.message().find(": ");
        if (!fault.message().starts_with('/') || colon == std::string::npos) {
            return error("set", fault.message(), fault.cure());
        }
        std::string path = "set" + fault.message().substr(0, colon);
        std::replace(path.begin(), path.end(), '/', '.');
        return error(path, fault.message().substr(colon + 2), fault.cure());
    }

    const Context& context_;
    Output& out_;
    Terms terms_;
    const Plan& plan_;
    const Rule* rule_ = nullptr;
    Scope scope_;
    std::string ingested_at_;
    std::array<Entry, 8> source_;
};

}  // namespace

void Output::clear() {
    touchpoints.clear();
    facts.clear();
    links.clear();
}

struct Runner::State {
    Evaluator evaluator;
};

Runner::Runner() : state_(std::make_unique<State>()) {}
Runner::~Runner() = default;
Runner::Runner(Runner&&) noexcept = default;
Runner& Runner::operator=(Runner&&) noexcept = default;

Result<void> Runner::run(
    const Mapping& mapping, const Context& context, json::View record, Output& out
) {
    const std::size_t touchpoints = out.touchpoints.size();
    const std::size_t facts = out.facts.size();
    const std::size_t links = out.links.size();
    state_->evaluator.reset();
    auto result = Run(state_->evaluator, mapping.plan(), context, record, out).go();
    if (!result) {
        out.touchpoints.erase(
            out.touchpoints.begin() + static_cast<std::ptrdiff_t>(touchpoints),
            out.touchpoints.end()
        );
        out.facts.erase(out.facts.begin() + static_cast<std::ptrdiff_t>(facts), out.facts.end());
        out.links.erase(out.links.begin() + static_cast<std::ptrdiff_t>(links), out.links.end());
    }
    return result;
}

}  // namespace touchline::mapping
