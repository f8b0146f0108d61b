// The connector's face to the host: which streams there are, and whether the server answers.
#include "ticket_streams.hpp"
#include "users_stream.hpp"

#include <memory>

namespace request_tracker {

namespace sdk = touchline::sdk;

class RequestTracker : public sdk::Source<RequestTracker> {
public:
    static Result<std::unique_ptr<RequestTracker>> create(const sdk::Config&) {
        return std::make_unique<RequestTracker>();
    }

    Result<std::string> check(Job& job) {
        TL_TRY(const auto answer, job.get("api", "/rt"));
        TL_TRY(const auto version, answer.pick("/Version"));
        if (!version.is_set()) {
            return Error(Status::config, "What answers at this address is not Request Tracker 5.");
        }
        return "Request Tracker " + version.as_text() + " answers and accepts the token.";
    }

    Result<sdk::ReadEnd> read(Job& job, const sdk::ReadArgs& args) {
        if (args.state_version > 1) {
            return Error(
                Status::config, "The stored state was written by a newer version of this connector."
            );
        }
        if (args.stream == "transactions") return read_transactions(job, args);
        if (args.stream == "tickets") return read_tickets(job, args);
        if (args.stream == "users") return read_users(job, args);
        return Error(Status::config, "Request Tracker has no stream \"" + args.stream + "\".");
    }
};

}  // namespace request_tracker

TOUCHLINE_PLUGIN(request_tracker::RequestTracker)
