// The connector's face to the host: what changed, and once a day what was archived.
#include "kinds.hpp"

#include <memory>

namespace hubspot {

namespace {

constexpr std::int64_t k_archive_every_ms = 24LL * 3600 * 1000;

}  // namespace

class HubSpot : public sdk::Source<HubSpot> {
public:
    static Result<std::unique_ptr<HubSpot>> create(const sdk::Config&) {
        return std::make_unique<HubSpot>();
    }

    Result<std::string> check(Job& job) {
        TL_TRY(const auto answer, job.get("api", "/account-info/v3/details"));
        TL_TRY(const auto portal, answer.pick("/portalId"));
        if (!portal.is_set())
            return Error(Status::config, "What answers at this address is not HubSpot.");
        return "HubSpot answers for the account " + portal.as_text() + ".";
    }

    Result<sdk::ReadEnd> read(Job& job, const sdk::ReadArgs& args) {
        const Kind* const kind = kind_named(args.stream);
        if (kind == nullptr)
            return Error(Status::config, "HubSpot has no stream \"" + args.stream + "\".");
        TL_TRY(auto state, sdk::State::parse(job, args, {"time", "tie", "after", "archive"}));
        TL_CHECK(read_changes(job, args, *kind, state));
        const std::int64_t now_ms = job.now_unix_ms();
        if (now_ms - state.number("archive") >= k_archive_every_ms) {
            TL_CHECK(read_archived(job, *kind));
            state.set("archive", now_ms);
            TL_CHECK(state.save(job, args.stream));
        }
        return sdk::ReadEnd::end;
    }

    Result<void> webhook(Job& job, const sdk::Webhook& webhook) {
        return take_webhook(job, webhook);
    }
};

}  // namespace hubspot

TOUCHLINE_PLUGIN(hubspot::HubSpot)
