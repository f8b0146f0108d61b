// A connector that does what its stream's state tells it to, so that tests can walk through the
// host's services.
#include "touchline/sdk/plugin.hpp"

#include <cstddef>
#include <cstring>

namespace {

using namespace touchline::sdk;

class Probe : public Source<Probe>, public Destination<Probe>, public Enricher<Probe> {
public:
    static Result<std::unique_ptr<Probe>> create(const Config& config) {
        if (config.text("mode") == "strict")
            return Error(Status::auth, "strict mode needs a key", 5000);
        auto probe = std::make_unique<Probe>();
        probe->limit_ = config.integer("limit");
        return probe;
    }
    static const void* capability(const char* id) noexcept {
        if (const void* const source = Source<Probe>::capability(id)) return source;
        if (const void* const enricher = Enricher<Probe>::capability(id)) return enricher;
        return Destination<Probe>::capability(id);
    }

    Result<std::string> check(Job& job) {
        TL_TRY(const auto me, job.get("api", "/me"));
        TL_TRY(const auto name, me.pick("/name"));
        return "Signed in as " + name.as_text() + ".";
    }

    Result<ReadEnd> read(Job& job, const ReadArgs& args) {
        if (args.state == "view") return look(job);
        if (args.state == "patient") return patient(job);
        if (args.state == "newer flag") {
            HttpRequest request("api", "/me");
            return done(job.send(request.with_flags(1U << 30U)));
        }
        if (args.state == "newer format") return newer_format(job, args.stream);
        if (args.state == "stranger") return done(job.page_lines("strangers", "{}\n"));
        if (args.state == "large state")
            return done(job.checkpoint(args.stream, 1, std::string(65'537, 'x')));
        if (args.state == "ignore") {
            // Errors of the sink are not for a connector to swallow.
            if (job.page_lines(args.stream, "{}\n")) return ReadEnd::end;
            return ReadEnd::end;
        }
        if (args.state == "past a refusal") {
            if (job.page_lines("strangers", "{}\n")) return ReadEnd::end;
            if (job.page_lines(args.stream, "{}\n")) return ReadEnd::end;
            if (!job.checkpoint(args.stream, 1, "further")) return ReadEnd::end;
            return ReadEnd::end;
        }
        if (args.state == "thanks for what was refused") {
            if (job.page_lines("strangers", "{}\n")) return ReadEnd::end;
            if (!job.get("api", "/forget-what-you-gave")) return ReadEnd::end;
            return ReadEnd::end;
        }
        if (args.state == "large pages") return large_pages(job, args.stream);
        if (args.state == "idle") return ReadEnd::more;
        if (args.state == "leave") return done(job.follow("https://elsewhere.example/x"));
        if (args.state == "sleep") return done(job.sleep_ms(3'600'000));
        if (args.state == "flood") return flood(job);
        if (args.state == "stare") return stare(job);
        if (args.state == "heap") return done(job.make_body(std::string(33U << 20U, 'x')));
        return pages(job, args);
    }

    Result<void> webhook(Job& job, const Webhook& webhook) {
        return job.page(webhook.stream, webhook.body);
    }

    Result<void> write(Job& job, const Batch& batch, Results& results) {
        for (std::size_t i = 0; i < batch.size(); ++i) {
            if (batch[i].id == "stop") return Error(Status::unavailable, "the line is dead", 2000);
            if (batch[i].id == "silent") continue;
            if (batch[i].id == "beyond") return results.delivered(1000);
            if (batch[i].id == "bad")
                TL_CHECK(results.rejected(i, "no"));
            else if (batch[i].id == "gone")
                TL_CHECK(results.gone(i, "closed"));
            else if (batch[i].id == "later")
                TL_CHECK(results.retry(i, "busy", 1500));
            else if (batch[i].id == "old")
                TL_CHECK(answer_as_of_old(job, i));
            else
                TL_CHECK(post(job, batch[i], i, results));
        }
        return {};
    }

    Result<void> enrich(Job&, const Batch& batch, Patches& patches) {
        for (std::size_t i = 0; i < batch.size(); ++i) {
            if (batch[i].id == "stop") return Error(Status::unavailable, "nobody knows", 2000);
            if (batch[i].id == "silent") continue;
            if (batch[i].id == "beyond") return patches.put(1000, "{}");
            if (batch[i].id == "list") return patches.put(i, "[]");
            if (batch[i].id == "much") return patches.put(i, std::string(65'537, ' '));
            if (batch[i].id == "bad") {
                TL_CHECK(patches.rejected(i, "nobody has such an address"));
                continue;
            }
            TL_TRY(const auto email, batch[i].body.pick("/email"));
            std::string facts;
            JsonObject(facts).text("seen", email.as_text()).end();
            TL_CHECK(patches.put(i, facts));
        }
        return {};
    }

private:
    static Result<ReadEnd> patient(Job& job) {
        HttpRequest request("api", "/report");
        request.timeout_ms = 90'000;
        TL_CHECK(job.send(request));
        request.timeout_ms = 86'400'000;
        return done(job.send(request));
    }
    /// As a connector that was built when the struct was shorter: what lies behind it is nothing
    /// that anybody may read.
    static Result<void> answer_as_of_old(Job& job, std::size_t index) {
        tl_item item{};
        item.size = offsetof(tl_item, bytes);
        item.index = index;
        item.retry_after_ms = -1;
        item.bytes = {reinterpret_cast<const char*>(8), UINT64_MAX};
        const tl_status status = job.services().result->item(job.raw(), &item);
        return status < 0 ? Result<void>(Error(Status::internal)) : Result<void>();
    }
    static Result<ReadEnd> newer_format(Job& job, const std::string& stream) {
        tl_page page{};
        page.size = sizeof(page);
        page.format = 9;
        page.stream = {stream.data(), stream.size()};
        page.inline_bytes = {"x", 1};
        // In a runner the answer comes later; the read is over in any case.
        job.services().emit->page(job.raw(), &page);
        return ReadEnd::end;
    }
    template <typename T>
    static Result<ReadEnd> done(Result<T> result) {
        if (!result) return std::move(result).error();
        return ReadEnd::end;
    }
    static Result<ReadEnd> look(Job& job) {
        TL_TRY(const auto page, job.get("api", "/me"));
        return done(page.body().view());
    }
    static Result<ReadEnd> large_pages(Job& job, const std::string& stream) {
        for (char c = 'a'; c <= 't'; ++c)
            TL_CHECK(job.page_lines(stream, std::string(5U << 20U, c) + '\n'));
        return done(job.checkpoint(stream, 1, "all"));
    }
    static Result<ReadEnd> flood(Job& job) {
        std::vector<Body> bodies;
        while (true) {
            TL_TRY(auto body, job.make_body(std::string(8U << 20U, 'x')));
            bodies.push_back(std::move(body));
        }
    }
    static Result<ReadEnd> stare(Job& job) {
        std::vector<Body> bodies;
        while (true) {
            TL_TRY(auto body, job.make_body(std::string(8U << 20U, 'x')));
            TL_CHECK(body.view());
            bodies.push_back(std::move(body));
        }
    }
    static Result<void> post(Job& job, const Record& record, std::size_t index, Results& results) {
        HttpRequest request("api", "/in");
        request.with_method("POST")
            .header("webhook-id", record.id)
            .with_flags(TL_HTTP_ANY_STATUS | TL_HTTP_NO_REDIRECT);
        request.body_handle = record.body.handle();
        TL_TRY(const auto answer, job.send(request));
        return results.delivered(index, "HTTP " + std::to_string(answer.status()));
    }
    Result<ReadEnd> pages(Job& job, const ReadArgs& args) const {
        HttpRequest request("api", "/" + args.stream);
        request.param("limit", std::to_string(limit_));
        TL_TRY(auto page, job.send(request));
        while (true) {
            TL_CHECK(job.page(args.stream, page.body(), "/items"));
            TL_TRY(const auto next, page.pick("/next"));
            TL_CHECK(job.checkpoint(args.stream, 1, next.as_text()));
            if (!next.is_set()) return ReadEnd::end;
            TL_TRY(page, job.follow(next.text));
        }
    }

    std::int64_t limit_ = 0;
};

}  // namespace

TOUCHLINE_PLUGIN(Probe)
