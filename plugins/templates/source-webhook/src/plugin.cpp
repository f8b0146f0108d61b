// Calls that come in. The host has verified, stored and answered each one before this sees it; what
// cannot be used here is reported and kept as a dead letter.
#include <touchline/sdk/plugin.hpp>

#include <string>

namespace {

using namespace touchline::sdk;

class @Class@ : public Source<@Class@> {
public:
    static Result<std::unique_ptr<@Class@>> create(const Config&) {
        return std::make_unique<@Class@>();
    }

    Result<std::string> check(Job&) { return std::string("It waits for calls."); }

    /// There is nothing to fetch.
    Result<ReadEnd> read(Job&, const ReadArgs& args) {
        if (args.stream != "events")
            return Error(Status::config, "There is no stream \"" + args.stream + "\".");
        return ReadEnd::end;
    }

    Result<void> webhook(Job& job, const Webhook& webhook) {
        TL_TRY(const auto events, webhook.body.pick("/events"));
        if (events.kind != JsonKind::array)
            return Error(Status::bad_data, "The call has no list of events.");
        return job.page(webhook.stream, webhook.body, "/events");
    }
};

}  // namespace

TOUCHLINE_PLUGIN(@Class@)
