// One question per customer, by e-mail address. Nothing is made up: a customer whom the service does
// not know gets an empty patch.
#include <touchline/sdk/plugin.hpp>

#include <string>

namespace {

using namespace touchline::sdk;

class @Class@ : public Enricher<@Class@> {
public:
    static Result<std::unique_ptr<@Class@>> create(const Config&) {
        return std::make_unique<@Class@>();
    }

    Result<std::string> check(Job& job) {
        TL_TRY(const auto answer, job.get("api", "/ping"));
        return "It answers with HTTP " + std::to_string(answer.status()) + ".";
    }

    Result<void> enrich(Job& job, const Batch& batch, Patches& patches) {
        for (std::size_t i = 0; i < batch.size(); ++i) {
            TL_TRY(const auto email, batch[i].body.pick("/email"));
            if (email.kind != JsonKind::string) {
                TL_CHECK(patches.put(i, "{}"));
                continue;
            }
            HttpRequest request("api", "/people");
            request.param("email", email.text).with_flags(TL_HTTP_ANY_STATUS);
            TL_TRY(const auto answer, job.send(request));
            TL_CHECK(take(answer, i, patches));
        }
        return {};
    }

private:
    static Result<void> take(const HttpResponse& answer, std::size_t i, Patches& patches) {
        if (answer.status() == 404) return patches.put(i, "{}");
        if (!answer.ok()) {
            return patches.retry(
                i, "HTTP " + std::to_string(answer.status()), answer.retry_after_ms().value_or(-1)
            );
        }
        TL_TRY(const auto company, answer.pick("/company/name"));
        std::string patch = "{}";
        if (company.kind == JsonKind::string) {
            patch.clear();
            JsonObject(patch).text("company.name", company.text).end();
        }
        return patches.put(i, patch);
    }
};

}  // namespace

TOUCHLINE_PLUGIN(@Class@)
