#include "collections.hpp"

namespace stripe {

Result<void> list_objects(
    Job& job, const sdk::ReadArgs& args, const Collection& collection, sdk::State& state
) {
    const auto fetch = [&](const std::string& at) -> Result<sdk::Fetched> {
        sdk::HttpRequest request("api", "/" + args.stream);
        request.param("limit", "100");
        if (!at.empty()) request.param("starting_after", at);
        if (args.since_unix_ms)
            request.param("created[gte]", std::to_string(*args.since_unix_ms / 1000));
        if (collection.with_charge) request.param("expand[]", "data.charge");
        TL_TRY(auto answer, job.send(request));
        TL_TRY(const auto ids, answer.body().pick_each("/data", "/id"));
        TL_TRY(const auto more, answer.pick("/has_more"));
        const bool goes_on = more.as_bool().value_or(false) && !ids.empty();
        return sdk::Fetched{
            std::move(answer),
            goes_on ? ids.back().as_text() : "",
            ids.empty() ? "" : ids.front().as_text()};
    };
    const auto take = [&](const sdk::Fetched& page) -> Result<void> {
        TL_CHECK(job.page(args.stream, page.answer.body(), "/data"));
        state.set("after", page.next);
        if (page.is_last()) state.drop("after").set("listed", "yes");
        return state.save(job, args.stream);
    };
    return sdk::walk(state.text("after"), fetch, take);
}

}  // namespace stripe
