#include "graph.hpp"

#include <algorithm>

namespace meta {

namespace {

/// Times are set some seconds before lists show them.
constexpr std::int64_t k_overlap_ms = 120'000;
constexpr std::int64_t k_day_ms = 86'400'000;

/// When the elements of a page were touched, -1 where they do not say.
Result<std::vector<std::int64_t>> times_of(const sdk::Fetched& page) {
    TL_TRY(const auto values, page.answer.body().pick_each("/data", "/updated_time"));
    std::vector<std::int64_t> times;
    for (const auto& value : values)
        times.push_back(sdk::parse_time_ms(value.as_text()).value_or(-1));
    return times;
}

}  // namespace

Result<sdk::Fetched> page(Job& job, sdk::HttpRequest request, const std::string& at) {
    if (!at.empty()) request.param("after", at);
    TL_TRY(auto answer, job.send(request));
    TL_TRY(const auto way, answer.body().pick({"/paging/next", "/paging/cursors/after", "/data"}));
    if (way[2].kind != sdk::JsonKind::array)
        return Error(Status::config, "What answers at this address is not Meta's Graph API.");
    return sdk::Fetched{std::move(answer), way[0].is_set() ? way[1].as_text() : "", {}};
}

Result<void> all(
    Job& job,
    const sdk::HttpRequest& request,
    const std::function<Result<void>(const sdk::Fetched&)>& take
) {
    return sdk::walk(
        "", [&](const std::string& at) { return page(job, request, at); }, take
    );
}

Result<void> walk_touched(
    Job& job,
    const sdk::ReadArgs& args,
    const sdk::HttpRequest& request,
    Order order,
    const std::function<Result<void>(const sdk::Fetched&, std::int64_t since_ms)>& take
) {
    TL_TRY(auto state, sdk::State::parse(job, args, {"latest", "top", "after"}));
    const std::int64_t since_ms = state.has("latest") ? state.number("latest") - k_overlap_ms
                                                      : args.since_unix_ms.value_or(0);
    std::int64_t top_ms = state.number("top");
    const auto fetch = [&](const std::string& at) -> Result<sdk::Fetched> {
        TL_TRY(auto fetched, page(job, request, at));
        TL_TRY(const auto times, times_of(fetched));
        const bool is_old = !times.empty() && times.back() < since_ms;
        fetched.last = order == Order::touched && is_old;
        return fetched;
    };
    const auto accept = [&](const sdk::Fetched& fetched) -> Result<void> {
        TL_CHECK(take(fetched, since_ms));
        TL_TRY(const auto times, times_of(fetched));
        for (const std::int64_t time_ms : times) top_ms = std::max(top_ms, time_ms);
        state.set("top", top_ms).set("after", fetched.next);
        if (fetched.is_last()) {
            state.set("latest", std::max(top_ms, state.number("latest"))).drop("top").drop("after");
        }
        return state.save(job, args.stream);
    };
    auto walked = sdk::walk(state.text("after"), fetch, accept);
    if (walked || !state.has("after") || walked.error().status != Status::bad_data) return walked;
    // A cursor does not stay good for ever: from the newest again.
    state.drop("after");
    return sdk::walk("", fetch, accept);
}

Result<std::vector<std::pair<std::string, std::string>>> touched_since(
    const sdk::Body& page, std::int64_t since_ms
) {
    TL_TRY(const auto elements, page.pick_each("/data", ""));
    TL_TRY(const auto ids, page.pick_each("/data", "/id"));
    TL_TRY(const auto times, page.pick_each("/data", "/updated_time"));
    std::vector<std::pair<std::string, std::string>> touched;
    for (std::size_t i = 0; i < ids.size(); ++i) {
        if (sdk::parse_time_ms(times[i].as_text()).value_or(since_ms) >= since_ms)
            touched.emplace_back(ids[i].as_text(), elements[i].text);
    }
    return touched;
}

sdk::HttpRequest feed(Job& job, const Page& page, const std::string& fields) {
    sdk::HttpRequest request("api", "/" + page.id + "/feed");
    const std::int64_t since_s = (job.now_unix_ms() - page.days * k_day_ms) / 1000;
    return request.param("fields", fields)
        .param("limit", "100")
        .param("since", std::to_string(since_s - since_s % 86'400));
}

}  // namespace meta
