// All of Pipedrive's collections are listed the same way: by the time of the last change, with a
// cursor that stays good while others change.
#include "touchline/sdk/plugin.hpp"

#include "touchline/sdk/paging.hpp"

#include <array>
#include <cstdlib>
#include <memory>
#include <string_view>
#include <utility>

namespace pipedrive {

namespace sdk = touchline::sdk;
using sdk::Error;
using sdk::Job;
using sdk::Result;
using sdk::Status;

namespace {

constexpr std::int64_t k_overlap_ms = 60'000;

Result<sdk::Fetched> page(Job& job, const std::string& stream, const sdk::CatchUpPlace& place) {
    sdk::HttpRequest request("api", "/" + stream);
    request.param("limit", "500").param("sort_by", "update_time").param("sort_direction", "asc");
    if (place.from_ms > 0) request.param("updated_since", sdk::time_text(place.from_ms));
    if (!place.after.empty()) request.param("cursor", place.after);
    TL_TRY(auto answer, job.send(request));
    TL_TRY(const auto next, answer.pick("/additional_data/next_cursor"));
    return sdk::Fetched{std::move(answer), next.as_text(), {}};
}

/// Deals that were deleted are listed apart, for thirty days.
Result<void> read_deleted_deals(Job& job, const sdk::ReadArgs& args) {
    const auto fetch = [&](const std::string& at) -> Result<sdk::Fetched> {
        sdk::HttpRequest request("api", "/deals");
        request.param("limit", "500").param("status", "deleted");
        if (!at.empty()) request.param("cursor", at);
        TL_TRY(auto answer, job.send(request));
        TL_TRY(const auto next, answer.pick("/additional_data/next_cursor"));
        return sdk::Fetched{std::move(answer), next.as_text(), {}};
    };
    return sdk::walk("", fetch, [&](const sdk::Fetched& found) {
        return job.page(args.stream, found.answer.body(), "/data");
    });
}

}  // namespace

class Pipedrive : public sdk::Source<Pipedrive> {
public:
    static Result<std::unique_ptr<Pipedrive>> create(const sdk::Config&) {
        return std::make_unique<Pipedrive>();
    }

    Result<std::string> check(Job& job) {
        TL_TRY(const auto answer, job.get("api", "/persons", {{"limit", "1"}}));
        TL_TRY(const auto success, answer.pick("/success"));
        if (!success.as_bool().value_or(false))
            return Error(Status::config, "What answers at this address is not Pipedrive.");
        return std::string("Pipedrive answers and accepts the token.");
    }

    Result<sdk::ReadEnd> read(Job& job, const sdk::ReadArgs& args) {
        TL_TRY(auto state, sdk::State::parse(job, args, sdk::CatchUp::names()));
        const auto ask = [&](const sdk::CatchUpPlace& place) {
            return page(job, args.stream, place);
        };
        TL_CHECK(sdk::catch_up(job, args, {"/data", "/update_time", k_overlap_ms}, state, ask));
        if (args.stream == "deals") {
            TL_CHECK(read_deleted_deals(job, args));
            TL_CHECK(state.save(job, args.stream));
        }
        return sdk::ReadEnd::end;
    }

    /// Version 2 of the calls: what it is about and its id. It is fetched; what is gone is said so.
    Result<void> webhook(Job& job, const sdk::Webhook& webhook) {
        TL_TRY(const auto about, webhook.body.pick({"/meta/entity", "/meta/entity_id"}));
        const std::string stream = stream_of(about[0].as_text());
        if (stream.empty() || about[1].as_text().empty()) return {};
        auto answer = job.get("api", "/" + stream + "/" + about[1].as_text());
        if (answer) return job.page(stream, answer->body(), "/data");
        if (answer.error().status != Status::not_found) return std::move(answer).error();
        std::string gone;
        sdk::JsonObject(gone)
            .number("id", std::strtoll(about[1].as_text().c_str(), nullptr, 10))
            .boolean("is_deleted", true)
            .text("update_time", sdk::time_text(job.now_unix_ms()))
            .end();
        return job.page_lines(stream, gone + "\n");
    }

private:
    static std::string stream_of(const std::string& entity) {
        static constexpr std::array<std::pair<std::string_view, std::string_view>, 4> k_streams{
            {{"person", "persons"},
             {"organization", "organizations"},
             {"deal", "deals"},
             {"activity", "activities"}}};
        for (const auto& [name, stream] : k_streams) {
            if (name == entity) return std::string(stream);
        }
        return {};
    }
};

}  // namespace pipedrive

TOUCHLINE_PLUGIN(pipedrive::Pipedrive)
