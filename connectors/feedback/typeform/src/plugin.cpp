// Responses by the time of their submission. Typeform has no cursor that goes forwards: each
// question begins at the second where the answer before it ended.
#include "touchline/sdk/plugin.hpp"

#include "touchline/sdk/paging.hpp"

#include <algorithm>
#include <memory>

namespace typeform {

namespace sdk = touchline::sdk;
using sdk::Error;
using sdk::Job;
using sdk::Result;
using sdk::Status;

namespace {

/// Typeform lists a response up to half an hour after it was submitted.
constexpr std::int64_t k_overlap_ms = 3600LL * 1000;
constexpr int k_attempts = 4;

struct Submitted {
    std::int64_t first_ms = 0, last_ms = 0;
    std::size_t rows = 0;
};

Result<Submitted> submitted(const sdk::Body& answer) {
    TL_TRY(const auto times, answer.pick_each("/items", "/submitted_at"));
    Submitted page;
    page.rows = times.size();
    for (const auto& time : times) {
        const auto at_ms = sdk::parse_time_ms(time.as_text());
        if (!at_ms)
            return Error(Status::bad_data, "A response does not say when it was submitted.");
        if (page.first_ms == 0) page.first_ms = *at_ms;
        page.last_ms = *at_ms;
    }
    return page;
}

}  // namespace

class Typeform : public sdk::Source<Typeform> {
public:
    static Result<std::unique_ptr<Typeform>> create(const sdk::Config& config) {
        auto source = std::make_unique<Typeform>();
        source->form_ = config.text("form");
        source->page_size_ = static_cast<std::size_t>(config.integer("page_size", 1000));
        return source;
    }

    Result<std::string> check(Job& job) {
        TL_TRY(const auto answer, job.get("api", "/forms/" + form_));
        TL_TRY(const auto title, answer.pick("/title"));
        return "Typeform answers with the form \"" + title.as_text() + "\".";
    }

    Result<sdk::ReadEnd> read(Job& job, const sdk::ReadArgs& args) {
        TL_TRY(auto state, sdk::State::parse(job, args, {"since"}));
        std::int64_t since_ms = state.number("since", args.since_unix_ms.value_or(0));
        for (int attempt = 0;;) {
            TL_TRY(const auto answer, ask(job, since_ms));
            TL_TRY(const auto page, submitted(answer.body()));
            if (page.rows > 0 && page.first_ms < since_ms) {
                // The page before, once more.
                if (++attempt == k_attempts)
                    return Error(Status::bad_data, "Typeform keeps answering another question.");
                continue;
            }
            attempt = 0;
            TL_CHECK(job.page(args.stream, answer.body(), "/items"));
            const bool is_full = page.rows >= page_size_;
            const std::int64_t last_second_ms = page.last_ms - page.last_ms % 1000;
            if (is_full && last_second_ms <= since_ms) {
                return Error(
                    Status::bad_data,
                    "More than " + std::to_string(page_size_) +
                        " responses were submitted in one second; Typeform offers no way to read "
                        "the rest."
                );
            }
            if (page.rows > 0) since_ms = last_second_ms;
            state.set(
                "since", is_full ? since_ms : std::max<std::int64_t>(since_ms - k_overlap_ms, 0)
            );
            TL_CHECK(state.save(job, args.stream));
            if (!is_full) return sdk::ReadEnd::end;
        }
    }

    /// The call carries the whole response, in the same shape.
    Result<void> webhook(Job& job, const sdk::Webhook& webhook) {
        TL_TRY(const auto event, webhook.body.pick({"/event_type", "/form_response/form_id"}));
        if (event[0].as_text() != "form_response" || event[1].as_text() != form_) return {};
        return job.page("responses", webhook.body, "/form_response");
    }

private:
    Result<sdk::HttpResponse> ask(Job& job, std::int64_t since_ms) const {
        sdk::HttpRequest request("api", "/forms/" + form_ + "/responses");
        request.param("page_size", std::to_string(page_size_)).param("sort", "submitted_at,asc");
        if (since_ms > 0) request.param("since", sdk::time_text(since_ms));
        return job.send(request);
    }

    std::string form_;
    std::size_t page_size_ = 0;
};

}  // namespace typeform

TOUCHLINE_PLUGIN(typeform::Typeform)
