// Orders by GraphQL, a page of nodes after the other. The query is a POST that changes nothing, so
// the host may repeat it; a cursor of the last page goes on where the read ended.
#include <touchline/sdk/plugin.hpp>

#include <string>

namespace {

using namespace touchline::sdk;

constexpr char k_query[] =
    "query($after: String) { orders(first: 100, after: $after, sortKey: UPDATED_AT) { nodes { id "
    "updatedAt email total } pageInfo { hasNextPage endCursor } } }";

class @Class@ : public Source<@Class@> {
public:
    static Result<std::unique_ptr<@Class@>> create(const Config&) {
        return std::make_unique<@Class@>();
    }

    Result<std::string> check(Job& job) {
        TL_TRY(const auto answer, ask(job, "{ shop { name } }", {}));
        TL_TRY(const auto name, answer.pick("/data/shop/name"));
        if (!name.is_set()) return Error(Status::config, "What answers there is not @Class@.");
        return "The shop " + name.as_text() + " answers.";
    }

    /// The state is the cursor behind the last order that was read.
    Result<ReadEnd> read(Job& job, const ReadArgs& args) {
        if (args.stream != "orders")
            return Error(Status::config, "There is no stream \"" + args.stream + "\".");
        if (args.state_version > 1)
            return Error(Status::config, "The state was written by a newer release.");
        std::string after = args.state;
        for (;;) {
            TL_TRY(const auto answer, ask(job, k_query, after));
            TL_TRY(
                const auto values,
                answer.body().pick(
                    {"/data/orders/nodes",
                     "/data/orders/pageInfo/hasNextPage",
                     "/data/orders/pageInfo/endCursor"}
                )
            );
            if (values[0].kind != JsonKind::array || values[1].kind != JsonKind::boolean)
                return Error(Status::bad_data, "The answer has no page of orders.");
            const bool more = *values[1].as_bool();
            const std::string next = values[2].as_text();
            if (more && (next.empty() || next == after))
                return Error(Status::bad_data, "The same page comes again and again.");
            TL_CHECK(job.page(args.stream, answer.body(), "/data/orders/nodes"));
            if (!next.empty()) after = next;
            TL_CHECK(job.checkpoint(args.stream, 1, after));
            if (!more) return ReadEnd::end;
        }
    }

private:
    static Result<HttpResponse> ask(Job& job, std::string_view query, const std::string& after) {
        std::string variables = "{}";
        if (!after.empty()) {
            variables.clear();
            JsonObject(variables).text("after", after).end();
        }
        std::string body;
        JsonObject(body).text("query", query).raw("variables", variables).end();
        HttpRequest request("api", "");
        request.content("application/json", body).with_flags(TL_HTTP_IDEMPOTENT);
        TL_TRY(auto answer, job.send(request));
        // GraphQL says 200 and means no.
        TL_TRY(const auto errors, answer.body().pick({"/errors/0/extensions/code", "/errors/0/message"}));
        if (errors[0].as_text() == "THROTTLED") return Error(Status::rate_limited, "", 2000);
        if (errors[1].is_set()) return Error(Status::bad_data, "The query was refused.");
        return answer;
    }
};

}  // namespace

TOUCHLINE_PLUGIN(@Class@)
