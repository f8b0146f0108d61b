// A source with more history than anybody reads to its end: a record, a checkpoint, a moment's
// rest.
#include "touchline/sdk/plugin.hpp"
#include "touchline/sdk/time_text.hpp"

#include <cstdlib>

namespace {

using namespace touchline::sdk;

std::string record(
    const std::string& id, const std::string& email, const std::string& at = "2026-10-05T09:00:00Z"
) {
    std::string json;
    JsonObject(json).text("id", id).text("at", at).text("email", email).end();
    return json;
}

class Digger : public Source<Digger> {
public:
    static Result<std::unique_ptr<Digger>> create(const Config&) {
        return std::make_unique<Digger>();
    }
    Result<std::string> check(Job&) { return std::string("There is much to dig."); }
    Result<ReadEnd> read(Job& job, const ReadArgs& args) {
        if (args.stream == "news") {
            const std::string at = time_text(args.since_unix_ms.value_or(1'790'000'000'000));
            TL_CHECK(job.page_lines("news", record("1", "new@example.org", at)));
            return ReadEnd::end;
        }
        for (long depth = std::strtol(args.state.c_str(), nullptr, 10);; ++depth) {
            TL_CHECK(job.page_lines("history", record(std::to_string(depth), "old@example.org")));
            TL_CHECK(job.checkpoint("history", 1, std::to_string(depth + 1)));
            TL_CHECK(job.sleep_ms(50));
        }
    }
    Result<void> webhook(Job& job, const Webhook& webhook) {
        TL_TRY(const auto call, webhook.body.pick(""));
        return job.page_lines("history", call.text);
    }
};

}  // namespace

TOUCHLINE_PLUGIN(Digger)
