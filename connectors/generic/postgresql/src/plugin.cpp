// A page is read in two questions: where its last row is, and then all rows up to there. So rows
// that appear between the two are read too, and the connector never looks into the rows themselves.
#include "touchline/sdk/plugin.hpp"

#include "statements.hpp"

#include "touchline/sdk/paging/state.hpp"

#include <algorithm>
#include <memory>
#include <optional>

namespace postgresql {

namespace sdk = touchline::sdk;
using sdk::Error;
using sdk::Job;
using sdk::Result;
using sdk::Status;

class Postgresql : public sdk::Source<Postgresql> {
public:
    static Result<std::unique_ptr<Postgresql>> create(const sdk::Config& config) {
        auto made = std::make_unique<Postgresql>();
        made->table_.name = config.text("table");
        made->table_.key = config.text("key");
        made->table_.cursor = config.text("cursor");
        made->table_.overlap_seconds = config.integer("overlap_seconds");
        made->page_ = config.integer("page");
        return made;
    }

    Result<std::string> check(Job& job) {
        const Statement statement = glance(table_);
        TL_TRY(const auto page, job.query_rows("database", statement.sql));
        TL_TRY(const auto unread, page.lines.pick("/unread"));
        std::string sentence = "The database answers, and " + table_.name + " can be read.";
        if (unread.as_bool().value_or(false))
            sentence += " Rows without a " + table_.cursor + " are left out.";
        return sentence;
    }

    Result<sdk::ReadEnd> read(Job& job, const sdk::ReadArgs& args) {
        TL_TRY(auto state, sdk::State::parse(job, args, k_state));
        if (!state.has("reading")) TL_CHECK(begin(job, state));
        Position at{state.text("at_cursor"), state.text("at_key")};
        const std::string horizon = state.text("horizon");
        for (std::int64_t count = page_;;) {
            TL_TRY(const auto end, end_of_page(job, at, horizon, count));
            if (!end) break;
            const Statement rows = page_rows(table_, at, *end, horizon);
            TL_TRY(const auto page, job.query_rows("database", rows.sql, rows.parameters));
            if (page.more) {
                if (count == 1)
                    return Error(Status::config, "Many rows have the same " + table_.key + ".");
                count /= 2;
                continue;
            }
            if (page.rows > 0) TL_CHECK(job.page(args.stream, page.lines, "", TL_FORMAT_NDJSON));
            at = *end;
            state.set("at_cursor", at.cursor).set("at_key", at.key);
            TL_CHECK(state.save(job, args.stream));
            count = std::min(count * 2, page_);
        }
        TL_CHECK(finish(job, args.stream, state, at));
        return sdk::ReadEnd::end;
    }

private:
    /// A read is where `at` is. Between reads: how far rows are read (`cursor`), or the transaction
    /// that the next read begins with (`horizon`).
    static inline const std::vector<std::string> k_state{
        "reading", "at_cursor", "at_key", "cursor", "key", "horizon", "next_horizon"};

    Result<void> begin(Job& job, sdk::State& state) const {
        state.set("reading", "1");
        if (table_.cursor.empty()) {
            // From the beginning of the table, but only what changed since the last read began.
            const Statement statement = current_horizon();
            TL_TRY(const auto page, job.query_rows("database", statement.sql));
            TL_TRY(const auto xmin, page.lines.pick("/xmin"));
            state.set("next_horizon", xmin.as_text());
            return {};
        }
        if (!state.has("cursor")) return {};
        state.set("at_cursor", state.text("cursor")).set("at_key", state.text("key"));
        if (table_.overlap_seconds == 0) return {};
        const Statement statement = stepped_back(table_, {state.text("cursor"), {}});
        TL_TRY(const auto page, job.query_rows("database", statement.sql, statement.parameters));
        TL_TRY(const auto cursor, page.lines.pick("/cursor"));
        if (!cursor.as_text().empty()) state.set("at_cursor", cursor.as_text()).drop("at_key");
        return {};
    }

    Result<void> finish(Job& job, const std::string& stream, sdk::State& state, const Position& at)
        const {
        state.drop("reading").drop("at_cursor").drop("at_key");
        if (table_.cursor.empty()) {
            state.set("horizon", state.text("next_horizon")).drop("next_horizon");
        } else if (!at.key.empty()) {
            state.set("cursor", at.cursor).set("key", at.key);
        }
        return state.save(job, stream);
    }

    Result<std::optional<Position>> end_of_page(
        Job& job, const Position& from, const std::string& horizon, std::int64_t count
    ) const {
        const Statement statement = page_end(table_, from, horizon, count);
        TL_TRY(const auto page, job.query_rows("database", statement.sql, statement.parameters));
        if (page.rows == 0) return std::optional<Position>();
        TL_TRY(const auto values, page.lines.pick({"/cursor", "/key"}));
        Position end{values[0].as_text(), values[1].as_text()};
        if (end.key.empty())
            return Error(Status::config, "A row has no " + table_.key + ": it cannot be named.");
        return std::optional(std::move(end));
    }

    Table table_;
    std::int64_t page_ = 0;
};

}  // namespace postgresql

TOUCHLINE_PLUGIN(postgresql::Postgresql)
