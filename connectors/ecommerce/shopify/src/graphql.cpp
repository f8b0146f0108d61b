#include "graphql.hpp"

#include <algorithm>

namespace shopify {

namespace {

constexpr int k_attempts = 20;
constexpr std::int64_t k_least_wait_ms = 500, k_longest_wait_ms = 60'000;

/// How long until what the query costs is in the bucket.
Result<std::int64_t> time_to_fill_ms(const sdk::Body& answer) {
    TL_TRY(
        const auto cost,
        answer.pick(
            {"/extensions/cost/requestedQueryCost",
             "/extensions/cost/throttleStatus/currentlyAvailable",
             "/extensions/cost/throttleStatus/restoreRate"}
        )
    );
    const auto number = [&](std::size_t i) {
        return std::strtod(cost[i].as_text().c_str(), nullptr);
    };
    const double missing = number(0) - number(1);
    const double rate = number(2);
    if (rate <= 0 || missing <= 0) return k_least_wait_ms;
    const auto wait = static_cast<std::int64_t>(missing / rate * 1000);
    return std::clamp(wait, k_least_wait_ms, k_longest_wait_ms);
}

Error refusal(const std::string& code, const std::string& message) {
    if (code == "ACCESS_DENIED")
        return Error(Status::denied, "Shopify does not allow it: " + message);
    if (code == "MAX_COST_EXCEEDED" || code == "undefinedField")
        return Error(Status::config, "Shopify does not take this question: " + message);
    return Error(Status::bad_data, "Shopify answered with an error: " + message);
}

}  // namespace

Result<sdk::HttpResponse> ask(Job& job, const std::string& query, const std::string& variables) {
    std::string body;
    sdk::JsonObject(body).text("query", query).raw("variables", variables).end();
    for (int attempt = 0; attempt < k_attempts; ++attempt) {
        TL_TRY(
            auto answer,
            job.send(sdk::HttpRequest("admin", "/graphql.json")
                         .content("application/json", body)
                         .with_flags(TL_HTTP_IDEMPOTENT))
        );
        TL_TRY(
            const auto error, answer.body().pick({"/errors/0/extensions/code", "/errors/0/message"})
        );
        if (!error[0].is_set() && !error[1].is_set()) return answer;
        if (error[0].as_text() != "THROTTLED")
            return refusal(error[0].as_text(), error[1].as_text());
        TL_TRY(const auto wait_ms, time_to_fill_ms(answer.body()));
        TL_CHECK(job.sleep_ms(wait_ms));
    }
    return Error(Status::rate_limited, "Shopify keeps asking to slow down.", k_longest_wait_ms);
}

}  // namespace shopify
