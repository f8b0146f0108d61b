// One POST per change (Standard Webhooks 1.0.0). Signature, address and credentials are the host's;
// so is the schedule of attempts, for which this only says what the receiver answered.
#include "touchline/sdk/plugin.hpp"

#include <set>

namespace webhook_destination {

using namespace touchline::sdk;

class WebhookDestination : public Destination<WebhookDestination> {
public:
    static Result<std::unique_ptr<WebhookDestination>> create(const Config&) {
        return std::make_unique<WebhookDestination>();
    }

    /// Nothing is posted: a test event would be one more thing for the receiver to handle.
    Result<std::string> check(Job& job) {
        HttpRequest request("receiver", "");
        request.with_method("HEAD").header("webhook-id", "check").with_flags(k_flags);
        TL_TRY(const auto answer, job.send(request));
        return "The receiver answers (HTTP " + std::to_string(answer.status()) + " to HEAD).";
    }

    Result<void> write(Job& job, const Batch& batch, Results& results) {
        // Changes of one customer stay in order: after one that waits, the later ones wait too.
        std::set<std::string> waiting;
        for (std::size_t i = 0; i < batch.size(); ++i) {
            if (waiting.count(batch[i].subject) > 0) {
                TL_CHECK(results.retry(i, "an earlier change of the same customer has to go first")
                );
                continue;
            }
            TL_TRY(const auto answer, post(job, batch[i]));
            const std::string said = "HTTP " + std::to_string(answer.status());
            if (answer.ok()) {
                TL_CHECK(results.delivered(i, said));
            } else if (answer.status() == 410) {
                return all_gone(batch, i, said + ": the receiver wants no more changes", results);
            } else if (answer.retry_after_ms()) {
                return all_wait(batch, i, said, *answer.retry_after_ms(), results);
            } else {
                waiting.insert(batch[i].subject);
                TL_CHECK(results.retry(
                    i, answer.status() / 100 == 3 ? said + ": redirects are not followed" : said
                ));
            }
        }
        return {};
    }

private:
    static constexpr std::uint32_t k_flags =
        TL_HTTP_ANY_STATUS | TL_HTTP_NO_RETRY | TL_HTTP_NO_REDIRECT;

    static Result<HttpResponse> post(Job& job, const Record& record) {
        HttpRequest request("receiver", "");
        request.with_method("POST")
            .header("Content-Type", "application/cloudevents+json; charset=utf-8")
            .header("webhook-id", record.id)
            .with_flags(k_flags);
        request.body_handle = record.body.handle();
        return job.send(request);
    }

    static Result<void> all_gone(
        const Batch& batch, std::size_t from, const std::string& why, Results& results
    ) {
        for (std::size_t i = from; i < batch.size(); ++i) TL_CHECK(results.gone(i, why));
        return {};
    }

    static Result<void> all_wait(
        const Batch& batch,
        std::size_t from,
        const std::string& why,
        std::int64_t wait_ms,
        Results& results
    ) {
        for (std::size_t i = from; i < batch.size(); ++i) TL_CHECK(results.retry(i, why, wait_ms));
        return {};
    }
};

}  // namespace webhook_destination

using webhook_destination::WebhookDestination;
TOUCHLINE_PLUGIN(WebhookDestination)
