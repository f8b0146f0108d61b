// The connector's face to the host: first all that there is, then what events tell of.
#include "collections.hpp"

#include <memory>

namespace stripe {

namespace {

/// Events of the time before the list was begun are read too: clocks differ.
constexpr std::int64_t k_before_list_seconds = 120;

sdk::State beginning(const Job& job) {
    sdk::State state;
    state.set("from", job.now_unix_ms() / 1000 - k_before_list_seconds);
    return state;
}

}  // namespace

class Stripe : public sdk::Source<Stripe> {
public:
    static Result<std::unique_ptr<Stripe>> create(const sdk::Config&) {
        return std::make_unique<Stripe>();
    }

    Result<std::string> check(Job& job) {
        TL_TRY(const auto answer, job.get("api", "/events", {{"limit", "1"}}));
        TL_TRY(const auto live, answer.pick("/data/0/livemode"));
        const bool is_test = live.as_bool() == false;
        return std::string(
            is_test ? "Stripe answers; this is a test account."
                    : "Stripe answers and accepts the key."
        );
    }

    Result<sdk::ReadEnd> read(Job& job, const sdk::ReadArgs& args) {
        TL_TRY(const Collection* const collection, collection_of(args.stream));
        TL_TRY(auto state, sdk::State::parse(job, args, {"after", "listed", "from", "recent"}));
        const bool listed = state.has("listed");
        if (listed && has_missed_events(job, state)) {
            job.log(
                TL_LOG_WARNING,
                "Stripe keeps events for thirty days, and the last ones were read before that. "
                "Reading from the beginning."
            );
            state = beginning(job);
        } else if (!state.has("from")) {
            state = beginning(job);
        }
        if (!state.has("listed")) TL_CHECK(list_objects(job, args, *collection, state));
        TL_CHECK(read_events(job, args, *collection, state));
        return sdk::ReadEnd::end;
    }

    /// The call carries the object as it was when the event happened, and calls overtake each
    /// other: so it is only taken as a hint to look.
    Result<void> webhook(Job& job, const sdk::Webhook& webhook) {
        TL_TRY(const auto event, webhook.body.pick({"/data/object/object", "/data/object/id"}));
        const Collection* const collection = collection_of_object(event[0].as_text());
        if (collection == nullptr || event[1].as_text().empty()) return {};
        TL_TRY(const auto record, fetch_object(job, *collection, event[1].as_text()));
        return job.page_lines(collection->stream, record + "\n");
    }
};

}  // namespace stripe

TOUCHLINE_PLUGIN(stripe::Stripe)
