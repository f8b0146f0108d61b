// The connector's face to the host.
#include "lists.hpp"

#include <memory>

namespace woocommerce {

class WooCommerce : public sdk::Source<WooCommerce> {
public:
    static Result<std::unique_ptr<WooCommerce>> create(const sdk::Config& config) {
        auto source = std::make_unique<WooCommerce>();
        source->page_size_ = config.integer("page_size", 100);
        return source;
    }

    Result<std::string> check(Job& job) {
        TL_TRY(const auto answer, job.get("api", "/orders", {{"per_page", "1"}}));
        const std::string total = answer.header("X-WP-Total");
        if (total.empty())
            return Error(Status::config, "What answers at this address is not WooCommerce.");
        return "WooCommerce answers; the shop has " + total + " orders.";
    }

    Result<sdk::ReadEnd> read(Job& job, const sdk::ReadArgs& args) {
        if (args.stream == "orders")
            TL_CHECK(read_orders(job, args, page_size_));
        else
            TL_CHECK(read_customers(job, args, page_size_));
        return sdk::ReadEnd::end;
    }

    /// One change makes several calls, and their ids are not unique: what they name is fetched.
    Result<void> webhook(Job& job, const sdk::Webhook& webhook) {
        const std::string resource = webhook.header("x-wc-webhook-resource");
        if (resource != "order" && resource != "customer") return {};
        const std::string stream = resource + "s";
        TL_TRY(const auto id, webhook.body.pick("/id"));
        if (!id.as_int()) return Error(Status::bad_data, "the call names no id");
        auto answer = job.get("api", "/" + stream + "/" + id.as_text());
        if (answer) return job.page(stream, answer->body(), "");
        if (answer.error().status != Status::not_found) return std::move(answer).error();
        std::string gone;
        sdk::JsonObject(gone)
            .number("id", *id.as_int())
            .boolean("deleted", true)
            .text("date_modified_gmt", sdk::time_text(job.now_unix_ms()).substr(0, 19))
            .end();
        return job.page_lines(stream, gone + "\n");
    }

private:
    std::int64_t page_size_ = 0;
};

}  // namespace woocommerce

TOUCHLINE_PLUGIN(woocommerce::WooCommerce)
