#include "streams.hpp"

namespace zendesk {

Result<sdk::ReadEnd> read_export(Job& job, const sdk::ReadArgs& args) {
    TL_TRY(auto state, sdk::State::parse(job, args, {"cursor"}));
    const auto fetch = [&](const std::string& at) -> Result<sdk::Fetched> {
        sdk::HttpRequest request("api", "/incremental/" + args.stream + "/cursor.json");
        if (at.empty())
            request.param("start_time", first_second(args));
        else
            request.param("cursor", at);
        TL_TRY(auto answer, job.send(request));
        TL_TRY(const auto way, answer.body().pick({"/after_cursor", "/end_of_stream"}));
        const bool ends = way[1].as_bool().value_or(false);
        if (!way[0].is_set() && !ends) {
            return Error(
                Status::bad_data, "Zendesk's export says neither where it goes on nor that it ends."
            );
        }
        return sdk::Fetched{std::move(answer), way[0].as_text(), {}, ends};
    };
    const auto take = [&](const sdk::Fetched& page) -> Result<void> {
        TL_CHECK(job.page(args.stream, page.answer.body(), "/" + args.stream));
        // A cursor stays good for ever; at the end of the stream it waits for what comes next.
        if (!page.next.empty()) state.set("cursor", page.next);
        return state.save(job, args.stream);
    };
    TL_CHECK(sdk::walk(state.text("cursor"), fetch, take));
    return sdk::ReadEnd::end;
}

}  // namespace zendesk
