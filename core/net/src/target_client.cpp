#include "touchline/net/target_client.hpp"

#include "call_rules.hpp"

namespace touchline::net {

namespace {

using std::chrono::milliseconds;

constexpr int k_most_redirects = 5;

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
    for (int attempts = 1;; ++attempts) {
        auto result = attempt(request, redirects, stop);
        if (!worth_repeating(result)) return result;
        const auto retry_after = wish(result, services_.clock.now());
        if (retry_after && target_.limiter) target_.limiter->pause(*retry_after);
        if (!repeatable) return result;
        const auto elapsed =
            std::chrono::duration_cast<milliseconds>(services_.clock.steady() - start);
        const auto delay =
            next_delay(target_.retry, attempts, elapsed, retry_after, services_.random());
        if (!delay) {
            if (attempts == 1) return result;
            return std::move(result).with("after " + std::to_string(attempts) + " attempts");
        }
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
    if (target_.limiter) TOUCHLINE_CHECK(wait(target_.limiter->reserve(), stop));
    TOUCHLINE_TRY(Url url, parse_url(request.url));
    TOUCHLINE_CHECK(apply_credentials(
        target_.credentials, services_.clock.now(), request.body, url, request.headers
    ));
    request.url = url.text();
    return services_.http.send(request, target_.send, stop);
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
