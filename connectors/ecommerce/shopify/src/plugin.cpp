// Orders and customers by the time of their last change. Shopify's cursors hold the place in that
// order, so that neither equal times nor changes while reading lose anything.
#include "graphql.hpp"
#include "queries.hpp"

#include <memory>

namespace shopify {

namespace {

/// Search finds changes some time after they were made.
constexpr std::int64_t k_overlap_ms = 120'000;

std::string variables(const Collection& collection, const sdk::CatchUpPlace& place) {
    std::string json;
    sdk::JsonObject object(json);
    object.number("first", collection.page);
    if (!place.after.empty()) object.text("after", place.after);
    if (place.from_ms > 0)
        object.text("query", "updated_at:>='" + sdk::time_text(place.from_ms) + "'");
    object.end();
    return json;
}

}  // namespace

class Shopify : public sdk::Source<Shopify> {
public:
    static Result<std::unique_ptr<Shopify>> create(const sdk::Config&) {
        return std::make_unique<Shopify>();
    }

    Result<std::string> check(Job& job) {
        TL_TRY(const auto answer, ask(job, "query { shop { name myshopifyDomain } }", "{}"));
        TL_TRY(const auto name, answer.pick("/data/shop/name"));
        if (!name.is_set())
            return Error(Status::config, "What answers at this address is not Shopify.");
        return "Shopify answers for the shop " + name.as_text() + ".";
    }

    Result<sdk::ReadEnd> read(Job& job, const sdk::ReadArgs& args) {
        const Collection* const collection = collection_of(args.stream);
        if (collection == nullptr)
            return Error(Status::config, "Shopify has no stream \"" + args.stream + "\".");
        TL_TRY(auto state, sdk::State::parse(job, args, sdk::CatchUp::names()));
        const std::string list = "/data/" + args.stream;
        const std::string query = list_query(*collection);
        const auto page = [&](const sdk::CatchUpPlace& place) -> Result<sdk::Fetched> {
            TL_TRY(auto answer, ask(job, query, variables(*collection, place)));
            TL_TRY(
                const auto way,
                answer.body().pick(std::vector<std::string>{
                    list + "/pageInfo/hasNextPage", list + "/pageInfo/endCursor"})
            );
            const bool more = way[0].as_bool().value_or(false);
            return sdk::Fetched{std::move(answer), more ? way[1].as_text() : "", {}};
        };
        const sdk::CatchUp how{list + "/nodes", "/updatedAt", k_overlap_ms};
        TL_CHECK(sdk::catch_up(job, args, how, state, page));
        return sdk::ReadEnd::end;
    }

    /// The call carries the REST shape of what happened; its id is enough to ask for ours.
    Result<void> webhook(Job& job, const sdk::Webhook& webhook) {
        const std::string topic = webhook.header("x-shopify-topic");
        const Collection* const collection = collection_of(topic.substr(0, topic.find('/')));
        if (collection == nullptr) return {};
        TL_TRY(const auto id, webhook.body.pick("/id"));
        if (!id.is_set()) return Error(Status::bad_data, "the call names no id");
        const std::string gid =
            "gid://shopify/" + std::string(collection->type) + "/" + id.as_text();
        std::string wanted;
        sdk::JsonObject(wanted).text("id", gid).end();
        TL_TRY(const auto answer, ask(job, single_query(*collection), wanted));
        TL_TRY(const auto found, answer.pick("/data/" + std::string(collection->one)));
        if (found.is_set()) return job.page_lines(collection->stream, found.text + "\n");
        std::string gone;
        sdk::JsonObject(gone)
            .text("id", gid)
            .boolean("deleted", true)
            .text("updatedAt", sdk::time_text(job.now_unix_ms()))
            .end();
        return job.page_lines(collection->stream, gone + "\n");
    }
};

}  // namespace shopify

TOUCHLINE_PLUGIN(shopify::Shopify)
