// A destination that is good until TOUCHLINE_TEST_FAULT names a bad habit.
#include "fault.hpp"

#include "touchline/sdk/plugin.hpp"

#include <map>

namespace {

using namespace touchline::sdk;

int g_attempts = 0;

class Receiver : public Destination<Receiver> {
public:
    static Result<std::unique_ptr<Receiver>> create(const Config&) {
        return std::make_unique<Receiver>();
    }
    Result<std::string> check(Job& job) {
        TL_CHECK(job.get("api", "/ping"));
        if (has_fault("check-mute")) return std::string();
        return std::string("The receiver is there.");
    }
    Result<void> write(Job& job, const Batch& batch, Results& results) {
        if (has_fault("empty-batch") && batch.empty()) return Error(Status::internal, "empty");
        std::map<std::string, std::int64_t> waiting;
        for (std::size_t i = 0; i < batch.size(); ++i) {
            const auto wait = waiting.find(batch[i].subject);
            if (wait != waiting.end() && !has_fault("disorder")) {
                TL_CHECK(results.retry(i, "an earlier one goes first", wait->second));
                continue;
            }
            auto answer = job.send(request(batch[i]));
            if (!answer && has_fault("claims-success")) {
                TL_CHECK(results.delivered(i));
                continue;
            }
            if (!answer && has_fault("gives-up")) {
                TL_CHECK(results.rejected(i, "lost"));
                continue;
            }
            if (!answer) return std::move(answer).error();
            TL_CHECK(judge(*answer, i, batch[i].subject, waiting, results));
        }
        return {};
    }

private:
    static HttpRequest request(const Record& record) {
        HttpRequest request("api", "/events");
        std::string key = record.id;
        if (has_fault("new-key")) key += std::to_string(++g_attempts);
        request.with_method("POST").header("Idempotency-Key", key);
        request.with_flags(TL_HTTP_ANY_STATUS | TL_HTTP_NO_RETRY);
        request.body_handle = record.body.handle();
        return request;
    }
    static Result<void> judge(
        const HttpResponse& answer,
        std::size_t i,
        const std::string& subject,
        std::map<std::string, std::int64_t>& waiting,
        Results& results
    ) {
        if (answer.ok() ? !has_fault("never") : has_fault("claims-success"))
            return results.delivered(i);
        if (has_fault("gives-up")) return results.rejected(i, "no");
        const std::int64_t wait =
            has_fault("impatient") ? -1 : answer.retry_after_ms().value_or(-1);
        waiting.emplace(subject, wait);
        return results.retry(i, "HTTP " + std::to_string(answer.status()), wait);
    }
};

}  // namespace

TOUCHLINE_PLUGIN(Receiver)
