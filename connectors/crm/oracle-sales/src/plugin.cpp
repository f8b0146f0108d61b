// All of Oracle's resources are listed the same way: by a condition on the time of the last change,
// in its order, at most 500 from an offset on.
#include "touchline/sdk/plugin.hpp"

#include "touchline/sdk/paging.hpp"

#include <algorithm>
#include <array>
#include <memory>
#include <string_view>

namespace oracle_sales {

namespace sdk = touchline::sdk;
using sdk::Error;
using sdk::Job;
using sdk::Result;
using sdk::Status;

namespace {

constexpr std::uint64_t k_page = 500;
constexpr std::int64_t k_overlap_ms = 120'000;

struct Resource {
    std::string_view stream, name, key, fields;
};
constexpr std::array<Resource, 5> k_resources{
    {{"accounts",
      "accounts",
      "PartyId",
      "PartyId,OrganizationName,URL,FormattedPhoneNumber,EmailAddress"},
     {"contacts",
      "contacts",
      "PartyId",
      "PartyId,ContactName,EmailAddress,FormattedMobileNumber,FormattedWorkPhoneNumber,"
      "AccountPartyId"},
     {"opportunities",
      "opportunities",
      "OptyId",
      "OptyId,OptyNumber,Name,StatusCode,SalesStage,Revenue,CurrencyCode,EffectiveDate,"
      "TargetPartyId,"
      "KeyContactId,OwnerResourcePartyId"},
     {"activities",
      "activities",
      "ActivityId",
      "ActivityId,ActivityFunctionCode,ActivityTypeCode,Subject,ActivityDescription,"
      "ActivityStartDate,ActivityEndDate,StatusCode,DirectionCode,PrimaryContactId,AccountId,"
      "OpportunityId,OwnerId"},
     {"service_requests",
      "serviceRequests",
      "SrId",
      "SrId,SrNumber,Title,ProblemDescription,StatusTypeCd,ChannelTypeCd,PrimaryContactPartyId,"
      "AccountPartyId,AssigneeResourceId,ClosedDate"}}};

const Resource* resource_named(std::string_view stream) {
    for (const Resource& resource : k_resources) {
        if (resource.stream == stream) return &resource;
    }
    return nullptr;
}

Result<sdk::Fetched> ask(Job& job, const Resource& resource, const sdk::CatchUpPlace& place) {
    sdk::HttpRequest request("api", "/" + std::string(resource.name));
    request.param("onlyData", "true").param("limit", std::to_string(k_page));
    request.param("fields", std::string(resource.fields) + ",CreationDate,LastUpdateDate");
    // Inside one time the order is the key's, or an offset would mean nothing.
    request.param("orderBy", "LastUpdateDate:asc," + std::string(resource.key) + ":asc");
    if (place.from_ms > 0) {
        const std::int64_t since_ms = std::max<std::int64_t>(place.from_ms - 1000, 0);
        request.param("q", "LastUpdateDate >= '" + sdk::time_text(since_ms) + "'");
    }
    if (!place.after.empty()) request.param("offset", place.after);
    TL_TRY(auto answer, job.send(request));
    TL_TRY(const auto said, answer.body().pick({"/hasMore", "/count", "/items"}));
    if (said[2].kind != sdk::JsonKind::array)
        return Error(Status::config, "What answers at this address is not Oracle's REST API.");
    const auto count = static_cast<std::uint64_t>(said[1].as_int().value_or(0));
    auto next = sdk::next_number(place.after, 0, count, said[0].as_bool().value_or(false));
    return sdk::Fetched{std::move(answer), std::move(next), {}};
}

}  // namespace

class OracleSales : public sdk::Source<OracleSales> {
public:
    static Result<std::unique_ptr<OracleSales>> create(const sdk::Config&) {
        return std::make_unique<OracleSales>();
    }

    Result<std::string> check(Job& job) {
        TL_TRY(
            const auto answer,
            job.get(
                "api", "/accounts", {{"onlyData", "true"}, {"limit", "1"}, {"fields", "PartyId"}}
            )
        );
        TL_TRY(const auto items, answer.pick("/items"));
        if (items.kind != sdk::JsonKind::array)
            return Error(Status::config, "What answers at this address is not Oracle's REST API.");
        return std::string("Oracle Sales answers and lets the user read accounts.");
    }

    Result<sdk::ReadEnd> read(Job& job, const sdk::ReadArgs& args) {
        const Resource* const resource = resource_named(args.stream);
        if (resource == nullptr)
            return Error(Status::config, "Oracle Sales has no stream \"" + args.stream + "\".");
        TL_TRY(auto state, sdk::State::parse(job, args, sdk::Seek::names()));
        const sdk::Seek how{
            "/items", "/LastUpdateDate", "/" + std::string(resource->key), k_overlap_ms};
        const auto ask_so = [&](const sdk::CatchUpPlace& place) {
            return ask(job, *resource, place);
        };
        TL_CHECK(sdk::seek(job, args, how, state, ask_so));
        return sdk::ReadEnd::end;
    }
};

}  // namespace oracle_sales

TOUCHLINE_PLUGIN(oracle_sales::OracleSales)
