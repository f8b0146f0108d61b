#include "touchline/net/target_client.hpp"

#include "call_rules.hpp"
#include "echoes.hpp"
#include "seen_request.hpp"

#include "touchline/base/log.hpp"
#include "touchline/net/session.hpp"
#include "touchline/net/sign_in.hpp"

namespace touchline::net {

namespace {

using std::chrono::milliseconds;

constexpr int k_most_redirects = 5;
constexpr milliseconds k_worth_a_word = std::chrono::seconds(5);

void say_pause(const std::string& target, milliseconds duration) {
    log(LogLevel::info,
        "waiting, because too much was asked",
        {{"target", target}, {"seconds", std::to_string((duration.count() + 999) / 1000)}});
}

Error cancelled() {
    return Error(Code::cancelled, "the call was cancelled");
}

std::optional<milliseconds> wish(const Result<Response>& result, Time now) {
    if (!result) return result.error().retry_after();
    const auto field = result->headers.get("retry-after");
    return field ? parse_retry_after(*field, now) : std::nullopt;
}

bool worth_repeating(const Result<Response>& result) {
    return result ? is_retryable_status(result->status) : is_retryable_error(result.error());
}

}  // namespace

TargetClient::TargetClient(Target target, Url base, TargetServices services)
    : target_(std::move(target)), base_(std::move(base)), services_(std::move(services)) {}

Result<TargetClient> TargetClient::make(Target target, TargetServices services) {
    auto base = parse_url(target.base_url);
    if (!base) {
        return Error(
            Code::config, "the base URL of " + target.name + " is " + base.error().message()
        );
    }
    if (!base->query.empty()) {
        return Error(Code::config, "the base URL of " + target.name + " has a query")
            .cure("Move the part from \"?\" on into the credentials or the calls.");
    }
    return TargetClient(std::move(target), *std::move(base), std::move(services));
}

Result<Response> TargetClient::call(const Call& call, std::stop_token stop) {
    TOUCHLINE_TRY(Url url, below(base_, call.path, call.query));
    TOUCHLINE_CHECK(check_fields(call.headers, target_.credentials));
    const bool repeatable = call.safe_to_repeat || is_idempotent(call.method);
    const int redirects = call.follow_redirects ? k_most_redirects : 0;
    return exchange(
        {call.method, url.text(), call.headers, call.body}, repeatable, redirects, stop
    );
}

Result<Response> TargetClient::follow(const std::string& link, std::stop_token stop) {
    return follow(link, {}, std::move(stop));
}

Result<Response> TargetClient::follow(
    const std::string& link, const Headers& headers, std::stop_token stop
) {
    TOUCHLINE_TRY(Url url, same_origin(base_, link));
    TOUCHLINE_CHECK(check_fields(headers, target_.credentials));
    return exchange({"GET", url.text(), headers, ""}, true, k_most_redirects, stop);
}

Result<Response> TargetClient::exchange(
    Request request, bool repeatable, int redirects, std::stop_token stop
) {
    const auto start = services_.clock.steady();
    RetryPolicy policy = target_.retry;
    for (int attempts = 1;; ++attempts) {
        auto result = attempt(request, redirects, stop);
        if (!worth_repeating(result)) return result;
        const auto retry_after = wish(result, services_.clock.now());
        if (retry_after && target_.limiter) target_.limiter->pause(*retry_after);
        // A server that says "too many" has not done what it was asked, so anything may be
        // repeated; and it is no failure, so only the time that it may take is bounded.
        const bool slow_down = result && result->status == 429;
        if (!repeatable && !slow_down) return result;
        const auto elapsed =
            std::chrono::duration_cast<milliseconds>(services_.clock.steady() - start);
        if (slow_down && policy.attempts > 1) ++policy.attempts;
        const auto delay = next_delay(policy, attempts, elapsed, retry_after, services_.random());
        if (!delay) {
            if (attempts == 1) return result;
            return std::move(result).with("after " + std::to_string(attempts) + " attempts");
        }
        if (slow_down) say_pause(target_.name, *delay);
        TOUCHLINE_CHECK(wait(*delay, stop));
    }
}

Result<Response> TargetClient::attempt(Request request, int redirects, std::stop_token stop) {
    for (int followed = 0; followed <= redirects; ++followed) {
        TOUCHLINE_TRY(Response response, send_once(request, stop));
        std::optional<Request> next;
        if (redirects > 0) {
            TOUCHLINE_TRY(next, redirected(base_, request, response));
        }
        if (!next) {
            strip_answer(response.headers);
            if (const auto* const in = std::get_if<InSession>(&target_.credentials))
                in->session->hide_tokens(response.headers);
            response.final_url = request.url;
            return response;
        }
        request = *std::move(next);
    }
    return Error(
        Code::bad_data,
        target_.name + " answered with more than " + std::to_string(k_most_redirects) + " redirects"
    );
}

Result<Response> TargetClient::send_once(Request request, std::stop_token stop) {
    if (const auto* const in = std::get_if<InSession>(&target_.credentials))
        return send_in(*in->session, std::move(request), std::move(stop));
    const auto* const signed_in = std::get_if<SignedIn>(&target_.credentials);
    if (signed_in == nullptr) return send_as(target_.credentials, std::move(request), stop);
    TOUCHLINE_TRY(const Secret token, signed_in->by->token(stop));
    TOUCHLINE_TRY(Response response, send_as(BearerToken{token}, request, stop));
    if (response.status != 401) return response;
    // Taken back before its time.
    signed_in->by->refused(token);
    TOUCHLINE_TRY(const Secret fresh, signed_in->by->token(stop));
    return send_as(BearerToken{fresh}, std::move(request), stop);
}

Result<Response> TargetClient::send_in(Session& session, Request request, std::stop_token stop) {
    TOUCHLINE_TRY(const Url login_url, below(base_, session.recipe().path, {}));
    const auto login = [&](Request question) {
        question.url = login_url.text();
        return send_as(NoCredentials{}, std::move(question), stop);
    };
    for (bool again = false;; again = true) {
        TOUCHLINE_TRY(const HeaderKey key, session.key(login));
        TOUCHLINE_TRY(Response response, send_as(key, request, stop));
        if (!session.is_ended(response)) {
            session.worked(key);
            return response;
        }
        if (!session.refused(key) || again) return response;
    }
}

Result<Response> TargetClient::send_as(
    const Credentials& credentials, Request request, std::stop_token stop
) {
    if (target_.limiter) TOUCHLINE_CHECK(take_turn(stop));
    TOUCHLINE_TRY(Url url, parse_url(request.url));
    SeenRequest seen;
    if (target_.requests) seen = seen_before(credentials, request);
    const auto start = services_.clock.steady();
    TOUCHLINE_CHECK(
        apply_credentials(credentials, services_.clock.now(), request.body, url, request.headers)
    );
    request.url = url.text();
    auto response = paced(request, stop);
    if (response && target_.status_of) response->status = target_.status_of(*response);
    if (response) hide_echoes(credentials, *response);
    note(std::move(seen), start, response);
    return response;
}

void TargetClient::note(
    SeenRequest seen, std::chrono::steady_clock::time_point start, const Result<Response>& response
) {
    if (target_.requests == nullptr) return;
    const auto took = services_.clock.steady() - start;
    seen.took = std::chrono::duration_cast<milliseconds>(took);
    seen.at = services_.clock.now() - std::chrono::duration_cast<Time::duration>(took);
    seen.target = target_.name;
    // What opens a session answers with secrets.
    const bool is_sign_in =
        seen.credentials.empty() && std::holds_alternative<InSession>(target_.credentials);
    see_outcome(seen, response, !is_sign_in);
    target_.requests->add(std::move(seen));
}

Result<Response> TargetClient::paced(const Request& request, std::stop_token stop) {
    if (!target_.limiter) return services_.http.send(request, target_.send, stop);
    TOUCHLINE_TRY(const auto held, target_.limiter->enter(stop));
    auto response = services_.http.send(request, target_.send, stop);
    if (response) target_.limiter->learn(response->headers);
    return response;
}

/// Waits for this account's next place; where that is far off, says so instead.
Result<void> TargetClient::take_turn(std::stop_token stop) {
    const auto delay = target_.limiter->reserve();
    if (delay > target_.retry.budget) {
        const std::string why = target_.limiter->reason();
        return Error(
                   Code::rate_limited, why.empty() ? "too many requests wait for their turn" : why
        )
            .after(delay);
    }
    if (delay >= k_worth_a_word) say_pause(target_.name, delay);
    return wait(delay, stop);
}

Result<void> TargetClient::wait(milliseconds duration, std::stop_token stop) {
    if (stop.stop_requested()) return cancelled();
    if (duration <= milliseconds(0)) return {};
    if (!services_.sleeper.sleep(duration, stop)) return cancelled();
    return {};
}

Result<void> check_status(const Response& response, Time now) {
    const int status = response.status;
    if (status < 300) return {};
    const std::string said = "the server answered " + std::to_string(status);
    if (status == 401) {
        return Error(Code::auth, said + " (not signed in)")
            .cure("Check the credentials of the connection; they may have expired.");
    }
    if (status == 403) {
        return Error(Code::denied, said + " (forbidden)")
            .cure("Give the account of the connection the permissions that it needs.");
    }
    if (status == 404 || status == 410) return Error(Code::not_found, said + " (not found)");
    if (status == 408) return Error(Code::timeout, said + " (request timeout)");
    if (status == 409) return Error(Code::conflict, said + " (conflict)");
    const auto field = response.headers.get("retry-after");
    const auto delay = field ? parse_retry_after(*field, now) : std::nullopt;
    if (status == 429) {
        return Error(Code::rate_limited, said + " (too many requests)")
            .after(delay.value_or(std::chrono::minutes(1)));
    }
    if (status >= 500 || status == 425) {
        Error error(Code::unavailable, said);
        return delay ? std::move(error).after(*delay) : std::move(error);
    }
    return Error(Code::bad_data, said);
}

}  // namespace touchline::net
