// A source that is good until TOUCHLINE_TEST_FAULT names a bad habit.
#include "fault.hpp"

#include "touchline/sdk/plugin.hpp"

#include <fcntl.h>
#include <sys/socket.h>
#include <unistd.h>

#include <csignal>
#include <cstdio>
#include <thread>

namespace {

using namespace touchline::sdk;

std::string g_shared_cursor;
int g_counter = 0;

void endless() {
    for (;;) pause();
}

/// Started while the library is loaded.
struct EarlyThread {
    EarlyThread() {
        if (has_fault("thread-at-load")) std::thread(endless).detach();
    }
} g_early_thread;

void bad_manners(Job& job, const Body& page) {
    if (has_fault("hang")) endless();
    if (has_fault("socket")) close(socket(AF_INET, SOCK_STREAM, 0));
    if (has_fault("file")) close(open("/etc/hostname", O_RDONLY));
    if (has_fault("thread")) std::thread([] {}).join();
    if (has_fault("print")) std::puts("reading a page");
    if (has_fault("signal")) std::signal(SIGUSR1, SIG_IGN);
    if (has_fault("leak-on-read")) (void)!std::malloc(1000);
    if (has_fault("no-memory")) std::memset(std::malloc(10), 1, 10);
    if (has_fault("log-customer")) {
        if (const auto email = page.pick("/things/0/email")) job.log(TL_LOG_INFO, email->text);
    }
}

class Things : public Source<Things> {
public:
    static Result<std::unique_ptr<Things>> create(const Config& config) {
        auto things = std::make_unique<Things>();
        if (has_fault("odd-settings") && config.text("password").size() > 1000) throw 7;
        if (has_fault("leak-on-create")) (void)!std::malloc(1000);
        if (has_fault("bad-settings-abort") && !config.has("url")) std::abort();
        things->secret_ = config.text("password");
        return things;
    }

    Result<std::string> check(Job& job) {
        auto answer = job.get("api", "/me");
        if (has_fault("check-mute") && answer) return std::string();
        if (has_fault("check-vague") && !answer) return Error(Status::unavailable);
        if (has_fault("check-defect") && !answer) return Error(Status::internal, "no");
        if (!answer) return std::move(answer).error();
        return std::string("It answers.") + " Well.";
    }

    Result<ReadEnd> read(Job& job, const ReadArgs& args) {
        if (args.stream != "things" && !has_fault("any-stream"))
            return Error(Status::config, "there is no such stream");
        if (args.state_version > 1 && !has_fault("any-version"))
            return Error(Status::config, "a newer release wrote the state");
        if (has_fault("state-abort") && args.state_version == 1 && args.state.size() > 10)
            std::abort();
        if (has_fault("bounds") && args.since_unix_ms) throw 7;
        if (has_fault("fails")) return Error(Status::bad_data, "no");
        if (has_fault("more-for-nothing") && job.cancelled()) return ReadEnd::more;
        if (has_fault("secret")) job.log(TL_LOG_INFO, "signing in with " + secret_);
        if (has_fault("bare-service")) (void)job.services().run->now_unix_ms(job.raw());
        if (has_fault("newer-service")) job.services().run->error(job.raw(), 0, {}, {}, -1);
        std::string cursor = has_fault("forgets") ? "" : args.state;
        if (has_fault("shared")) g_shared_cursor = args.state;
        if (!has_fault("forgets") && !cursor.empty() && cursor.size() > 10)
            return Error(Status::config, "the state is damaged");
        return pages(job, cursor);
    }

    Result<void> webhook(Job& job, const Webhook& webhook) {
        const auto things = webhook.body.pick("/things");
        if (has_fault("webhook-abort") && !things) std::abort();
        TL_TRY(const auto bytes, webhook.body.length());
        if (has_fault("webhook-defect") && bytes == 0) return Error(Status::internal, "empty");
        if (has_fault("webhook-refuses")) return Error(Status::bad_data, "no");
        if (!things || things->kind != JsonKind::array)
            return Error(Status::bad_data, "there are no things");
        if (has_fault("webhook-counts"))
            return job.page_lines("things", "{\"id\":" + std::to_string(++g_counter) + "}\n");
        return job.page("things", webhook.body, "/things");
    }

private:
    Result<HttpResponse> fetch(Job& job, const std::string& cursor, int number) {
        HttpRequest request("api", "/things");
        if (!cursor.empty()) request.param("after", cursor);
        if (has_fault("runs-on")) request.param("n", std::to_string(number));
        if (has_fault("no-retry")) request.with_flags(TL_HTTP_NO_RETRY | TL_HTTP_ANY_STATUS);
        auto answer = job.send(request);
        for (int i = 0; has_fault("stubborn") && !answer && i < 500; ++i)
            answer = job.send(request);
        return answer;
    }

    Result<ReadEnd> pages(Job& job, std::string cursor) {
        for (int number = 1;; ++number) {
            if (has_fault("shared")) cursor = g_shared_cursor;
            auto answer = fetch(job, cursor, number);
            if (has_fault("swallows") && !answer) return ReadEnd::end;
            if (!answer) return std::move(answer).error();
            if (has_fault("no-retry") && !answer->ok()) return ReadEnd::end;
            if (has_fault("believes-lengths"))
                *static_cast<volatile char*>(std::malloc(answer->bytes())) = 1;
            bad_manners(job, answer->body());
            auto values = answer->body().pick({"/things", "/next"});
            if (has_fault("parse-abort") && !values) std::abort();
            if (has_fault("swallows") && !values) return ReadEnd::end;
            if (!values) return std::move(values).error();
            if (has_fault("kind-abort") && (*values)[1].kind != JsonKind::string &&
                (*values)[1].kind != JsonKind::null)
                std::abort();
            if ((*values)[0].kind != JsonKind::array) {
                if (has_fault("trusting")) return ReadEnd::end;
                return Error(Status::bad_data, "there are no things");
            }
            const std::string next = (*values)[1].as_text();
            if (!next.empty() && next == cursor && !has_fault("runs-on"))
                return Error(Status::bad_data, "the same page again");
            if (has_fault("early-checkpoint"))
                TL_CHECK(job.checkpoint("things", 1, next.empty() ? cursor : next));
            if (has_fault("shared") && !next.empty()) g_shared_cursor = next;
            const auto kept = hand_over(job, answer->body());
            if (!kept && !has_fault("ignores-errors")) return kept.error();
            if (!kept) (void)hand_over(job, answer->body());
            if (has_fault("keeps-bodies")) (void)new HttpResponse(*std::move(answer));
            if (!next.empty()) cursor = next;
            const auto stored = job.checkpoint("things", 1, cursor);
            if (!stored && !has_fault("ignores-errors")) return stored.error();
            if (!next.empty()) continue;
            if (has_fault("late-page")) TL_CHECK(job.page_lines("things", "{\"id\":99}\n"));
            return ReadEnd::end;
        }
    }

    static Result<void> hand_over(Job& job, const Body& page) {
        if (has_fault("counts"))
            return job.page_lines("things", "{\"id\":" + std::to_string(++g_counter) + "}\n");
        if (has_fault("no-keys")) return job.page_lines("things", "{\"name\":\"x\"}\n");
        return job.page("things", page, "/things");
    }

    std::string secret_;
};

const tl_plugin* good() {
    return detail::describe<Things>(TOUCHLINE_PLUGIN_ID, TOUCHLINE_PLUGIN_VERSION);
}

const void* any_capability(const char*) {
    return Things::capability(TL_SOURCE_1);
}

const void* changing_capability(const char* id) {
    static tl_source_1 tables[2];
    static int turn = 0;
    if (std::string_view(id) != TL_SOURCE_1) return nullptr;
    tl_source_1& table = tables[turn++ % 2];
    table = *static_cast<const tl_source_1*>(Things::capability(TL_SOURCE_1));
    return &table;
}

tl_status create_with_a_request(const tl_host* host, tl_job* job, tl_str settings, void** self) {
    if (const auto* http = static_cast<const tl_http_1*>(host->service(host, TL_HTTP_1))) {
        tl_http_request request{};
        request.size = sizeof(request);
        request.target = {"api", 3};
        request.method = {"GET", 3};
        request.path = {"/me", 3};
        tl_http_response response{};
        response.size = sizeof(response);
        (void)http->execute(job, &request, &response);
    }
    return good()->create(host, job, settings, self);
}

}  // namespace

extern "C" TOUCHLINE_EXPORT const tl_plugin* touchline_plugin_v1(void) {
    static tl_plugin table = *good();
    if (has_fault("other-id")) table.id = "somebody-else";
    if (has_fault("any-capability")) table.capability = &any_capability;
    if (has_fault("changing-tables")) table.capability = &changing_capability;
    if (has_fault("request-on-create")) table.create = &create_with_a_request;
    return &table;
}
