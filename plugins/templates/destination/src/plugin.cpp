// One POST per change, its id as the idempotency key. The host keeps the schedule of attempts; this
// only says what became of each change.
#include <touchline/sdk/plugin.hpp>

#include <cstdint>
#include <map>
#include <string>

namespace {

using namespace touchline::sdk;

class @Class@ : public Destination<@Class@> {
public:
    static Result<std::unique_ptr<@Class@>> create(const Config&) {
        return std::make_unique<@Class@>();
    }

    Result<std::string> check(Job& job) {
        TL_TRY(const auto answer, job.get("api", "/ping"));
        return "It answers with HTTP " + std::to_string(answer.status()) + ".";
    }

    Result<void> write(Job& job, const Batch& batch, Results& results) {
        // Changes of one customer stay in order: after one that waits, the later ones wait too.
        std::map<std::string, std::int64_t> waiting;  // for how long, in ms; -1: the host decides
        for (std::size_t i = 0; i < batch.size(); ++i) {
            if (const auto wait = waiting.find(batch[i].subject); wait != waiting.end()) {
                TL_CHECK(results.retry(i, "an earlier change of this customer goes first", wait->second));
                continue;
            }
            TL_TRY(const auto answer, post(job, batch[i]));
            const std::string said = "HTTP " + std::to_string(answer.status());
            if (answer.ok()) {
                TL_CHECK(results.delivered(i, said));
            } else if (answer.status() == 400 || answer.status() == 422) {
                TL_CHECK(results.rejected(i, said));
            } else {
                const std::int64_t wait = answer.retry_after_ms().value_or(-1);
                waiting.emplace(batch[i].subject, wait);
                TL_CHECK(results.retry(i, said, wait));
            }
        }
        return {};
    }

private:
    static Result<HttpResponse> post(Job& job, const Record& record) {
        HttpRequest request("api", "/events");
        request.with_method("POST")
            .header("Content-Type", "application/cloudevents+json")
            .header("Idempotency-Key", record.id)
            .with_flags(TL_HTTP_ANY_STATUS | TL_HTTP_NO_RETRY);
        request.body_handle = record.body.handle();
        return job.send(request);
    }
};

}  // namespace

TOUCHLINE_PLUGIN(@Class@)
