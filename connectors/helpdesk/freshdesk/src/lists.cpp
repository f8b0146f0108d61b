#include "streams.hpp"

#include <algorithm>

namespace freshdesk {

namespace {

constexpr std::int64_t k_day_ms = 24LL * 3600 * 1000;

Result<sdk::Fetched> page(Job& job, sdk::HttpRequest request, const std::string& at) {
    request.param("per_page", "100");
    if (!at.empty()) request.param("page", at);
    TL_TRY(auto answer, job.send(request));
    TL_TRY(auto next, next_page(answer, at));
    TL_TRY(const auto ids, answer.body().pick_each("", "/id"));
    return sdk::Fetched{
        std::move(answer), std::move(next), ids.empty() ? "" : ids.front().as_text()};
}

/// The time to ask from, a second early.
std::string since(const sdk::CatchUpPlace& place) {
    return sdk::time_text(std::max(place.from_ms - 1000, k_beginning_ms));
}

Result<void> read_deleted_contacts(Job& job, const sdk::ReadArgs& args) {
    const auto fetch = [&](const std::string& at) {
        sdk::HttpRequest request("api", "/contacts");
        request.param("state", "deleted");
        return page(job, std::move(request), at);
    };
    return sdk::walk("", fetch, [&](const sdk::Fetched& found) {
        return job.page(args.stream, found.answer.body());
    });
}

}  // namespace

Result<sdk::ReadEnd> read_ratings(Job& job, const sdk::ReadArgs& args) {
    TL_TRY(auto state, sdk::State::parse(job, args, sdk::CatchUp::names()));
    const auto ask = [&](const sdk::CatchUpPlace& place) {
        sdk::HttpRequest request("api", "/surveys/satisfaction_ratings");
        request.param("created_since", since(place));
        return page(job, std::move(request), place.after);
    };
    TL_CHECK(sdk::catch_up(job, args, {"", "/created_at", k_day_ms}, state, ask));
    return sdk::ReadEnd::end;
}

Result<sdk::ReadEnd> read_contacts(Job& job, const sdk::ReadArgs& args) {
    auto names = sdk::CatchUp::names();
    names.emplace_back("swept");
    TL_TRY(auto state, sdk::State::parse(job, args, names));
    const auto ask = [&](const sdk::CatchUpPlace& place) {
        sdk::HttpRequest request("api", "/contacts");
        request.param("_updated_since", since(place));
        return page(job, std::move(request), place.after);
    };
    TL_CHECK(sdk::catch_up(job, args, {"", "/updated_at", k_overlap_ms}, state, ask));
    const std::int64_t now_ms = job.now_unix_ms();
    if (now_ms - state.number("swept") >= k_day_ms) {
        TL_CHECK(read_deleted_contacts(job, args));
        state.set("swept", now_ms);
        TL_CHECK(state.save(job, args.stream));
    }
    return sdk::ReadEnd::end;
}

}  // namespace freshdesk
