#include "graphql.hpp"

namespace vendure {

Result<sdk::HttpResponse> ask(Job& job, const std::string& query, const std::string& variables) {
    std::string body;
    sdk::JsonObject(body).text("query", query).raw("variables", variables).end();
    TL_TRY(
        auto answer,
        job.send(sdk::HttpRequest("api", "")
                     .content("application/json", std::move(body))
                     .with_flags(TL_HTTP_IDEMPOTENT))
    );
    TL_TRY(
        const auto said,
        answer.body().pick({"/data", "/errors/0/message", "/errors/0/extensions/code"})
    );
    if (said[2].as_text() == "FORBIDDEN") {
        return Error(
            Status::denied,
            "Vendure does not show this to the account: its role needs ReadCustomer and ReadOrder."
        );
    }
    if (said[1].is_set())
        return Error(Status::bad_data, "Vendure refuses the question: " + said[1].as_text());
    if (!said[0].is_set())
        return Error(Status::config, "What answers at this address is not Vendure.");
    return answer;
}

}  // namespace vendure
