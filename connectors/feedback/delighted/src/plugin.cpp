// Survey responses by the time of their last change: people add words and correct scores later.
#include "touchline/sdk/plugin.hpp"

#include "touchline/sdk/paging.hpp"

#include <algorithm>
#include <memory>

namespace delighted {

namespace sdk = touchline::sdk;
using sdk::Error;
using sdk::Job;
using sdk::Result;
using sdk::Status;

namespace {

constexpr std::size_t k_page = 100;
constexpr std::int64_t k_overlap_ms = 60'000;

Result<sdk::Fetched> ask(Job& job, const sdk::CatchUpPlace& place) {
    sdk::HttpRequest request("api", "/survey_responses.json");
    request.param("per_page", std::to_string(k_page)).param("expand[]", "person");
    // A second earlier: it is nowhere said whether the moment itself is included.
    if (place.from_ms > 0)
        request.param(
            "updated_since", std::to_string(std::max<std::int64_t>(place.from_ms / 1000 - 1, 0))
        );
    if (!place.after.empty()) request.param("page", place.after);
    TL_TRY(auto answer, job.send(request));
    TL_TRY(const auto ids, answer.body().pick_each("", "/id"));
    auto next = sdk::next_number(place.after, 1, 1, ids.size() >= k_page);
    return sdk::Fetched{
        std::move(answer), std::move(next), ids.empty() ? "" : ids.front().as_text()};
}

}  // namespace

class Delighted : public sdk::Source<Delighted> {
public:
    static Result<std::unique_ptr<Delighted>> create(const sdk::Config&) {
        return std::make_unique<Delighted>();
    }

    Result<std::string> check(Job& job) {
        TL_TRY(const auto answer, job.get("api", "/metrics.json"));
        TL_TRY(const auto count, answer.pick("/response_count"));
        if (!count.is_set())
            return Error(Status::config, "What answers at this address is not Delighted.");
        return "Delighted answers; it holds " + count.as_text() + " responses.";
    }

    Result<sdk::ReadEnd> read(Job& job, const sdk::ReadArgs& args) {
        TL_TRY(auto state, sdk::State::parse(job, args, sdk::CatchUp::names()));
        const auto ask_so = [&](const sdk::CatchUpPlace& place) { return ask(job, place); };
        TL_CHECK(sdk::catch_up(job, args, {"", "/updated_at", k_overlap_ms}, state, ask_so));
        return sdk::ReadEnd::end;
    }

    /// The call carries the whole response, with the person.
    Result<void> webhook(Job& job, const sdk::Webhook& webhook) {
        TL_TRY(const auto said, webhook.body.pick({"/event_data/id", "/event_data/score"}));
        // Unsubscriptions and bounces are no responses.
        if (!said[0].is_set() || !said[1].is_set()) return {};
        return job.page("responses", webhook.body, "/event_data");
    }
};

}  // namespace delighted

TOUCHLINE_PLUGIN(delighted::Delighted)
