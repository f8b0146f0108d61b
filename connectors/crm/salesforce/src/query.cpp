// Changes by SystemModstamp, which is also set by what the system does itself, and inside one time
// by Id. Each question begins after the last row of the answer before it, so no locator can expire
// and nothing slips past a page's edge.
#include "kinds.hpp"

#include <algorithm>

namespace salesforce {

namespace {

constexpr std::size_t k_page = 2000;
constexpr int k_attempts = 4;

struct Place {
    std::int64_t time_ms = 0;
    std::string after;  ///< the Id of the last row read; empty: from this time on
};

std::string where(const Place& at) {
    if (at.time_ms <= 0) return "";
    const std::string time = sdk::time_text_ms(at.time_ms);
    if (at.after.empty()) return " WHERE SystemModstamp >= " + time;
    return " WHERE (SystemModstamp = " + time + " AND Id > '" + at.after +
           "') OR SystemModstamp > " + time;
}

struct Rows {
    std::vector<std::string> json;
    Place last;
    bool ends = false;  ///< there are no more
    bool fits = true;   ///< they can be an answer to what was asked
};

Result<Rows> rows_of(const Kind& kind, const sdk::Body& answer, const Place& at) {
    TL_TRY(const auto records, answer.pick_each("/records", ""));
    TL_TRY(const auto ids, answer.pick_each("/records", "/Id"));
    TL_TRY(const auto times, answer.pick_each("/records", "/SystemModstamp"));
    TL_TRY(const auto way, answer.pick({"/done", "/totalSize", "/records/0/attributes/type"}));
    Rows rows;
    rows.last = at;
    // An answer that came twice is of another object, begins before the place, or holds the row
    // that it is after.
    rows.fits = records.empty() || way[2].as_text() == kind.object;
    for (std::size_t i = 0; i < records.size(); ++i) {
        const auto time_ms = sdk::parse_time_ms(times[i].as_text());
        if (!time_ms) {
            return Error(
                Status::bad_data,
                "Salesforce's record " + ids[i].as_text() + " does not say when it was changed."
            );
        }
        if (*time_ms < rows.last.time_ms || ids[i].as_text() == at.after) rows.fits = false;
        rows.json.push_back(records[i].text);
        rows.last = {*time_ms, ids[i].as_text()};
    }
    const bool done = way[0].as_bool().value_or(true);
    const bool is_full = static_cast<std::size_t>(way[1].as_int().value_or(0)) >= k_page;
    rows.ends = rows.json.empty() || (done && !is_full);
    return rows;
}

Result<Rows> ask(Job& job, const Kind& kind, const Place& at) {
    const std::string question =
        kind.select() + where(at) + " ORDER BY SystemModstamp, Id LIMIT " + std::to_string(k_page);
    for (int attempt = 0; attempt < k_attempts; ++attempt) {
        TL_TRY(const auto answer, job.get("api", "/queryAll", {{"q", question}}));
        TL_TRY(auto rows, rows_of(kind, answer.body(), at));
        if (rows.fits) return rows;
    }
    return Error(Status::bad_data, "Salesforce keeps answering another question.");
}

}  // namespace

Result<void> read_changes(
    Job& job, const sdk::ReadArgs& args, const Kind& kind, sdk::State& state
) {
    Place at{state.number("time", args.since_unix_ms.value_or(0)), state.text("after")};
    std::int64_t latest_ms = state.number("latest");
    for (;;) {
        TL_TRY(const auto rows, ask(job, kind, at));
        TL_CHECK(emit_rows(job, kind, rows.json));
        at = rows.last;
        if (!rows.json.empty()) latest_ms = std::max(latest_ms, at.time_ms);
        if (rows.ends && latest_ms > 0)
            at = {std::max<std::int64_t>(latest_ms - k_overlap_ms, 0), {}};
        state.set("time", at.time_ms).set("after", at.after).set("latest", latest_ms);
        TL_CHECK(state.save(job, args.stream));
        if (rows.ends) return {};
    }
}

}  // namespace salesforce
