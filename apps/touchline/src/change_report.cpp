#include "change_report.hpp"

#include "touchline/ingest/replay_json.hpp"
#include "touchline/journey/phases.hpp"
#include "touchline/json/writer.hpp"
#include "touchline/view/timeline.hpp"

#include <algorithm>

namespace touchline::app {
namespace {

constexpr std::size_t k_shown_customers = 5;

class Report {
public:
    Report(store::Reader& reader, const view::Catalogue& catalogue)
        : reader_(reader), catalogue_(catalogue) {}

    Result<std::string> write(const ingest::ChangePlan& plan) {
        writer_.begin_object();
        ingest::write_members(writer_, plan.replay.counts);
        writer_.member("total", plan.replay.total).member("share", plan.replay.selection.share);
        writer_.member("merges", plan.merges).member("splits", plan.splits);
        writer_.member("empty", plan.is_empty());
        writer_.key("streams").begin_array();
        for (const auto& [name, effect] : plan.streams) {
            writer_.begin_object().member("connection", name.first).member("stream", name.second);
            TOUCHLINE_CHECK(write(effect));
            writer_.end_object();
        }
        writer_.end_array().key("failures").begin_array();
        for (const ingest::FailureEffect& failure : plan.failures) write(failure);
        writer_.end_array().key("customers").begin_array();
        for (const ingest::CustomerEffect& effect : plan.customers) TOUCHLINE_CHECK(write(effect));
        writer_.end_array().end_object();
        return writer_.take();
    }

private:
    Result<void> write(const ingest::StreamEffect& effect) {
        writer_.member("added", effect.added).member("changed", effect.changed);
        writer_.member("removed", effect.removed).key("fields").begin_array();
        for (const auto& [name, field] : effect.fields) {
            writer_.begin_object().member("field", name).member("touchpoints", field.touchpoints);
            writer_.key("transitions").begin_array();
            for (const auto& [values, touchpoints] : field.transitions) {
                writer_.begin_object().member("from", values.first).member("to", values.second);
                writer_.member("touchpoints", touchpoints).end_object();
            }
            writer_.end_array().end_object();
        }
        writer_.end_array();
        return examples(effect.examples);
    }

    Result<void> examples(const std::vector<ingest::ChangeExample>& examples) {
        writer_.key("examples").begin_array();
        for (const ingest::ChangeExample& example : examples) {
            writer_.begin_object().key("before");
            TOUCHLINE_CHECK(item(example.before, example.identity));
            writer_.key("after");
            TOUCHLINE_CHECK(item(example.after, example.identity));
            writer_.end_object();
        }
        writer_.end_array();
        return {};
    }

    Result<void> item(const std::string& data, store::IdentityKey identity) {
        if (data.empty()) {
            writer_.null();
            return {};
        }
        store::StoredTouchpoint stored;
        stored.identity = identity;
        stored.data = data;
        TOUCHLINE_TRY(auto item, view::display(reader_, catalogue_, stored));
        view::write(writer_, view::TimelineRow{std::move(item), std::nullopt});
        return {};
    }

    void write(const ingest::FailureEffect& failure) {
        writer_.begin_object().member("connection", failure.connection);
        writer_.member("stream", failure.stream).member("stage", failure.stage);
        writer_.member("message", failure.message).member("place", failure.place);
        writer_.member("cure", failure.cure).member("example", failure.example);
        writer_.member("records", failure.records).end_object();
    }

    Result<void> write(const ingest::CustomerEffect& effect) {
        writer_.begin_object().member("added", effect.added).member("changed", effect.changed);
        writer_.member("removed", effect.removed);
        sides("before", effect.before);
        sides("after", effect.after);
        TOUCHLINE_CHECK(examples(effect.examples));
        writer_.end_object();
        return {};
    }

    void sides(std::string_view name, const std::vector<ingest::CustomerSide>& sides) {
        writer_.key(name).begin_array();
        for (const ingest::CustomerSide& side : sides) {
            writer_.begin_object().member("id", side.id).member("touchpoints", side.touchpoints);
            writer_.key("identities").begin_array();
            for (const std::string& identity : side.identities) writer_.value(identity);
            writer_.end_array().end_object();
        }
        writer_.end_array();
    }

    store::Reader& reader_;
    const view::Catalogue& catalogue_;
    json::Writer writer_;
};

std::string ids_of(const std::vector<ingest::CustomerSide>& sides) {
    std::string ids;
    for (const ingest::CustomerSide& side : sides)
        ids.append(ids.empty() ? "" : " + ").append(side.id);
    return ids.empty() ? "(nobody)" : ids;
}

void print_stream(Terminal& terminal, const std::string& name, const ingest::StreamEffect& effect) {
    terminal.print(
        "  " + name + "  " + std::to_string(effect.changed) + " change, " +
        std::to_string(effect.added) + " new, " + std::to_string(effect.removed) + " lost"
    );
    for (const auto& [field, one] : effect.fields) {
        std::string line = "    " + field + "  " + std::to_string(one.touchpoints);
        std::vector<std::pair<std::int64_t, std::string>> most;
        for (const auto& [values, touchpoints] : one.transitions)
            most.emplace_back(touchpoints, values.first + " → " + values.second);
        std::ranges::sort(most, std::ranges::greater());
        if (most.size() > 3) most.resize(3);
        for (const auto& [touchpoints, text] : most)
            line.append("  (").append(text).append(" ").append(std::to_string(touchpoints)) += ")";
        terminal.print(line);
    }
}

}  // namespace

Result<std::string> report_of(
    const ingest::ChangePlan& plan, store::Reader& reader, const view::Catalogue& catalogue
) {
    return Report(reader, catalogue).write(plan);
}

void print_report(Terminal& terminal, const ingest::ChangePlan& plan) {
    const store::ReplayCounts& counts = plan.replay.counts;
    if (plan.is_empty()) return terminal.print("Nothing would change.");
    terminal.print(
        "touchpoints   " + std::to_string(counts.changed) + " change, " +
        std::to_string(counts.added) + " new, " + std::to_string(counts.removed) + " lost"
    );
    terminal.print(
        "customers     " + std::to_string(plan.merges) + " would merge, " +
        std::to_string(plan.splits) + " would split"
    );
    terminal.print(
        "dead letters  " + std::to_string(counts.mended) + " would pass, " +
        std::to_string(counts.failed) + " would be new"
    );
    for (const auto& [name, effect] : plan.streams)
        print_stream(terminal, name.first + "/" + name.second, effect);
    for (const ingest::FailureEffect& failure : plan.failures) {
        terminal.print(
            "  " + counted(failure.records, "record") + " of " + failure.connection + "/" +
            failure.stream + " fail: " + failure.message +
            (failure.place.empty() ? "" : "  (" + failure.place + ")")
        );
    }
    for (std::size_t i = 0; i < std::min(k_shown_customers, plan.customers.size()); ++i) {
        const ingest::CustomerEffect& effect = plan.customers[i];
        terminal.print(
            std::string(i == 0 ? "  look first  " : "              ") + ids_of(effect.before) +
            " → " + ids_of(effect.after) + "  (" + std::to_string(effect.changed) + " change, " +
            std::to_string(effect.added) + " new, " + std::to_string(effect.removed) + " lost)"
        );
    }
}

std::function<std::string(const model::Touchpoint&)> phase_by_kind(const view::Catalogue& catalogue
) {
    return [&catalogue](const model::Touchpoint& touchpoint) {
        journey::Moment moment;
        moment.at = touchpoint.occurred_at;
        moment.kind = touchpoint.kind;
        moment.stated_phase = touchpoint.phase;
        moment.stated_by = touchpoint.phase_by;
        const auto found = journey::phase_of(catalogue.phases, moment, journey::Standings{});
        return found.phase == nullptr ? std::string("(none)") : found.phase->id;
    };
}

}  // namespace touchline::app
