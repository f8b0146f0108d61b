#include "streams.hpp"

#include <algorithm>

namespace zendesk {

namespace {

/// A customer may change a rating; Zendesk filters by the time of creation only.
constexpr std::int64_t k_may_change_ms = 7LL * 86400 * 1000;

/// The latest creation on the page, or `otherwise`.
Result<std::int64_t> latest(const sdk::Body& page, std::int64_t otherwise) {
    TL_TRY(const auto times, page.pick_each("/satisfaction_ratings", "/created_at"));
    for (const auto& time : times)
        otherwise = std::max(otherwise, sdk::parse_time_ms(time.as_text()).value_or(otherwise));
    return otherwise;
}

}  // namespace

Result<sdk::ReadEnd> read_ratings(Job& job, const sdk::ReadArgs& args) {
    TL_TRY(auto state, sdk::State::parse(job, args, {"latest", "from", "cursor"}));
    std::int64_t newest = state.number("latest");
    // The start of a pass that was interrupted goes on to count.
    if (!state.has("from")) {
        const std::int64_t from =
            std::max(newest - k_may_change_ms, args.since_unix_ms.value_or(0));
        state.set("from", from / 1000);
    }
    const auto fetch = [&](const std::string& at) -> Result<sdk::Fetched> {
        sdk::HttpRequest request("api", "/satisfaction_ratings.json");
        request.param("start_time", state.text("from")).param("page[size]", "100");
        if (!at.empty()) request.param("page[after]", at);
        TL_TRY(auto answer, job.send(request));
        TL_TRY(const auto way, answer.body().pick({"/meta/after_cursor", "/meta/has_more"}));
        const bool more = way[1].as_bool().value_or(false);
        return sdk::Fetched{std::move(answer), more ? way[0].as_text() : "", {}};
    };
    const auto take = [&](const sdk::Fetched& page) -> Result<void> {
        TL_CHECK(job.page(args.stream, page.answer.body(), "/satisfaction_ratings"));
        TL_TRY(newest, latest(page.answer.body(), newest));
        state.set("latest", newest).set("cursor", page.next);
        if (page.is_last()) state.drop("from").drop("cursor");
        return state.save(job, args.stream);
    };
    TL_CHECK(sdk::walk(state.text("cursor"), fetch, take));
    return sdk::ReadEnd::end;
}

}  // namespace zendesk
