// Reading what was changed since the last time, from an API that filters by the time of the last
// change and pages by a cursor or a number of its own.
#pragma once

#include "touchline/sdk/paging/state.hpp"
#include "touchline/sdk/paging/walk.hpp"
#include "touchline/sdk/time_text.hpp"

#include <algorithm>
#include <string>

namespace touchline::sdk {

struct CatchUp {
    std::string records;  ///< JSON pointer to the list in an answer
    std::string changed;  ///< JSON pointer in a record to when it was changed: RFC 3339, or seconds
    /// How far behind the latest change the next pass begins: as long as changes take to become
    /// visible, or as coarse as the filter is.
    std::int64_t overlap_ms = 60'000;

    /// What the state needs: State::parse(job, args, CatchUp::names()).
    static std::vector<std::string> names() { return {"from", "after", "latest"}; }
};

/// Where a pass stands: all changes from `from_ms` on, the page at `after`.
struct CatchUpPlace {
    std::int64_t from_ms = 0;  ///< 0: from the beginning
    std::string after;         ///< empty: the first page
};

namespace detail {

inline std::int64_t changed_ms(const Value& value, std::int64_t otherwise) {
    if (const auto seconds = value.as_int()) return *seconds * 1000;
    return parse_time_ms(value.as_text()).value_or(otherwise);
}

}  // namespace detail

/// One pass. `ask(place)` fetches a page, Result<Fetched>; `emit(page)` hands its records over,
/// Result<void>. A pass that was interrupted goes on where it was; the next one begins at the
/// latest change seen, less the overlap. Never by our own clock.
template <typename Ask, typename Emit>
Result<void> catch_up(
    Job& job, const ReadArgs& args, const CatchUp& how, State& state, Ask ask, Emit emit
) {
    CatchUpPlace place{state.number("from", args.since_unix_ms.value_or(0)), state.text("after")};
    std::int64_t latest_ms = state.number("latest");
    const auto fetch = [&](const std::string& at) -> Result<Fetched> {
        place.after = at;
        return ask(std::as_const(place));
    };
    const auto take = [&](const Fetched& page) -> Result<void> {
        TL_CHECK(emit(page));
        TL_TRY(const auto times, page.answer.body().pick_each(how.records, how.changed));
        for (const auto& time : times)
            latest_ms = std::max(latest_ms, detail::changed_ms(time, latest_ms));
        state.set("from", place.from_ms).set("latest", latest_ms).set("after", page.next);
        if (page.is_last()) {
            state.drop("after");
            state.set("from", std::max(latest_ms - how.overlap_ms, place.from_ms));
        }
        return state.save(job, args.stream);
    };
    return walk(place.after, fetch, take);
}

/// The same where the records of a page are handed over as they are.
template <typename Ask>
Result<void> catch_up(Job& job, const ReadArgs& args, const CatchUp& how, State& state, Ask ask) {
    return catch_up(job, args, how, state, ask, [&](const Fetched& page) {
        return job.page(args.stream, page.answer.body(), how.records);
    });
}

}  // namespace touchline::sdk
