// Any JSON that is posted becomes records. The host has verified, stored and answered the call
// before this sees it.
#include "touchline/sdk/plugin.hpp"

namespace webhook_source {

using namespace touchline::sdk;

class WebhookSource : public Source<WebhookSource> {
public:
    static Result<std::unique_ptr<WebhookSource>> create(const Config& config) {
        auto source = std::make_unique<WebhookSource>();
        source->records_ = config.text("records");
        if (!source->records_.empty() && source->records_.front() != '/') {
            return Error(
                Status::config,
                "the setting \"records\" is a JSON pointer, which begins with a slash"
            );
        }
        return source;
    }

    Result<std::string> check(Job&) { return std::string("It waits for calls."); }

    Result<ReadEnd> read(Job&, const ReadArgs&) { return ReadEnd::end; }

    Result<void> webhook(Job& job, const Webhook& webhook) {
        TL_TRY(const auto bytes, webhook.body.length());
        if (bytes == 0) return Error(Status::bad_data, "the call has no content");
        if (!is_lines(webhook)) {
            auto value = webhook.body.pick(records_);
            if (value) return take(job, webhook, *value);
            // What is no JSON text may still be one per line; the host reports the lines that are
            // not.
            if (value.error().status != Status::bad_data) return std::move(value).error();
        }
        return job.page(webhook.stream, webhook.body, "", TL_FORMAT_NDJSON);
    }

private:
    static bool is_lines(const Webhook& webhook) {
        const std::string type = webhook.header("content-type");
        for (const char* name :
             {"application/x-ndjson", "application/jsonl", "application/x-jsonlines"}) {
            if (type.rfind(name, 0) == 0) return true;
        }
        return false;
    }

    Result<void> take(Job& job, const Webhook& webhook, const Value& value) const {
        if (value.kind == JsonKind::object || value.kind == JsonKind::array) {
            return job.page(webhook.stream, webhook.body, records_);
        }
        const std::string place = records_.empty() ? "the content" : records_;
        return Error(Status::bad_data, place + " of the call is neither an object nor a list");
    }

    std::string records_;
};

}  // namespace webhook_source

using webhook_source::WebhookSource;
TOUCHLINE_PLUGIN(WebhookSource)
