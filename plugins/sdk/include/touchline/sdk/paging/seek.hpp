// Reading what was changed since the last time, from an API that sorts by the time of the last
// change but pages by number or offset. Rows that change meanwhile move to the end, and others slip
// past a page's edge: so the next question begins at the last row's time, and a second page is
// asked for only where one time fills a page.
#pragma once

#include "touchline/sdk/paging/catch_up.hpp"

#include <algorithm>
#include <string>

namespace touchline::sdk {

struct Seek {
    std::string records;  ///< JSON pointer to the list in an answer
    std::string changed;  ///< JSON pointer in a record to when it was changed: RFC 3339, or seconds
    std::string id;       ///< JSON pointer in a record to what identifies it
    std::int64_t overlap_ms = 60'000;  ///< as for CatchUp
    /// The source's times are no finer than this, and its filter may leave out the moment itself:
    /// ask for what was changed since `from_ms - tick_ms`.
    std::int64_t tick_ms = 1000;

    /// Begins the names in the state, where one stream is read in several passes.
    std::string prefix = {};

    /// What the state needs: State::parse(job, args, Seek::names()).
    static std::vector<std::string> names(const std::string& prefix = {}) {
        return {prefix + "from", prefix + "after", prefix + "first", prefix + "latest"};
    }
};

namespace detail {

/// What one answer holds, as far as the way on is concerned.
struct SeekRows {
    std::int64_t earliest_ms = INT64_MAX, latest_ms = 0;
    std::string first;
};

inline Result<SeekRows> seek_rows(const Seek& how, const Body& body) {
    TL_TRY(const auto times, body.pick_each(how.records, how.changed));
    TL_TRY(const auto ids, body.pick_each(how.records, how.id));
    SeekRows rows;
    for (const auto& time : times) {
        const std::int64_t at_ms = changed_ms(time, -1);
        if (at_ms < 0) return Error(Status::bad_data, "A record does not say when it was changed.");
        rows.earliest_ms = std::min(rows.earliest_ms, at_ms);
        rows.latest_ms = std::max(rows.latest_ms, at_ms);
    }
    if (!ids.empty()) rows.first = ids.front().as_text();
    return rows;
}

}  // namespace detail

/// One pass. `ask(place)` fetches a page, Result<Fetched>, whose `next` names the page after it and
/// is empty when this one is not full; `emit(page)` hands its records over, Result<void>. Bounds of
/// time are asked for inclusively and in ascending order. An answer that holds other times than
/// were asked for, or the page before it, is one that came twice: it is asked for again.
template <typename Ask, typename Emit>
Result<void> seek(
    Job& job, const ReadArgs& args, const Seek& how, State& state, Ask ask, Emit emit
) {
    constexpr int k_attempts = 4;
    const std::string from = how.prefix + "from", after = how.prefix + "after",
                      first = how.prefix + "first", latest = how.prefix + "latest";
    CatchUpPlace place{state.number(from, args.since_unix_ms.value_or(0)), state.text(after)};
    std::string before = state.text(first);
    std::int64_t latest_ms = state.number(latest);
    for (int repeated = 0;;) {
        TL_TRY(const Fetched page, ask(std::as_const(place)));
        TL_TRY(const auto rows, detail::seek_rows(how, page.answer.body()));
        const bool is_same = !place.after.empty() && !rows.first.empty() && rows.first == before;
        if (is_same || rows.earliest_ms < place.from_ms - how.tick_ms) {
            if (++repeated == k_attempts)
                return Error(Status::bad_data, "The list keeps answering another question.");
            continue;
        }
        repeated = 0;
        TL_CHECK(emit(page));
        before = rows.first;
        latest_ms = std::max(latest_ms, rows.latest_ms);
        if (page.is_last()) {
            if (latest_ms > 0)
                place.from_ms = std::max<std::int64_t>(latest_ms - how.overlap_ms, 0);
            place.after.clear();
        } else if (rows.latest_ms > place.from_ms) {
            place = {rows.latest_ms, {}};
        } else {
            place.after = page.next;
        }
        state.set(from, place.from_ms).set(latest, latest_ms);
        state.set(after, place.after).set(first, before);
        if (place.after.empty()) state.drop(after).drop(first);
        TL_CHECK(state.save(job, args.stream));
        if (page.is_last()) return {};
    }
}

/// The same where the records of a page are handed over as they are.
template <typename Ask>
Result<void> seek(Job& job, const ReadArgs& args, const Seek& how, State& state, Ask ask) {
    return seek(job, args, how, state, ask, [&](const Fetched& page) {
        return job.page(args.stream, page.answer.body(), how.records);
    });
}

}  // namespace touchline::sdk
