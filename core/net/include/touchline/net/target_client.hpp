// Calls one declared target of a connection: its base URL, its credentials, its pace. The only way
// a connector reaches a network.
#pragma once

#include "touchline/base/time.hpp"
#include "touchline/net/credentials.hpp"
#include "touchline/net/http_client.hpp"
#include "touchline/net/rate_limiter.hpp"
#include "touchline/net/request_log.hpp"
#include "touchline/net/retry.hpp"
#include "touchline/net/url.hpp"

#include <functional>
#include <memory>
#include <stop_token>
#include <string>

namespace touchline::net {

struct Target {
    std::string name;  ///< For messages.
    std::string
        base_url;  ///< "https://shop.example.com/api/v2": nothing outside of it is ever called.
    Credentials credentials;
    SendOptions send;  ///< `allow_private_network` lives here.
    RetryPolicy retry;
    std::shared_ptr<RateLimiter> limiter;    ///< May be shared or absent.
    std::shared_ptr<RequestLog> requests{};  ///< Hears of each; may be shared or absent.
    /// The status that an answer means, where vendors say "too many" or "not signed in" with
    /// another one; absent: each means its own.
    std::function<int(const Response&)> status_of = {};
};

/// One call, as a connector describes it: it cannot name a host.
struct Call {
    std::string method = "GET";
    std::string path;  ///< Below the base URL, percent-encoded; may carry a query of its own.
    Query query;
    Headers headers;
    std::string body;
    bool safe_to_repeat = false;   ///< A POST or PATCH that may be sent twice.
    bool follow_redirects = true;  ///< Otherwise a redirect is an answer.
};

class RowClient;
class StreamClient;

/// What calls to targets need from the world; each outlives them.
struct TargetServices {
    HttpClient& http;
    const Clock& clock;
    Sleeper& sleeper;
    std::function<double()> random;   ///< In [0, 1), thread-safe.
    StreamClient* streams = nullptr;  ///< for targets that are no HTTP ones
    RowClient* rows = nullptr;        ///< for databases
};

/// Thread-safe. Each call blocks its own thread; waits end when `stop` is asked for.
class TargetClient {
public:
    /// Error config: the base URL is not an absolute http or https URL, or carries a query.
    static Result<TargetClient> make(Target target, TargetServices services);

    /// Any status but a followed redirect is an answer, also after the retries are used up;
    /// `check_status` turns it into an Error. Errors: denied (a path, header or redirect that would
    /// leave the target), config, timeout, unavailable, bad_data, cancelled.
    Result<Response> call(const Call& call, std::stop_token stop);
    /// GET of an absolute link that the source gave ("next page"). Error denied: not of this
    /// target's origin.
    Result<Response> follow(const std::string& link, std::stop_token stop);
    Result<Response> follow(const std::string& link, const Headers& headers, std::stop_token stop);

    const Target& target() const { return target_; }

private:
    TargetClient(Target target, Url base, TargetServices services);
    Result<Response> exchange(
        Request request, bool repeatable, int redirects, std::stop_token stop
    );
    Result<Response> attempt(Request request, int redirects, std::stop_token stop);
    Result<Response> send_once(Request request, std::stop_token stop);
    Result<Response> send_in(Session& session, Request request, std::stop_token stop);
    Result<Response> send_as(const Credentials& credentials, Request request, std::stop_token stop);
    Result<Response> paced(const Request& request, std::stop_token stop);
    void note(
        SeenRequest seen,
        std::chrono::steady_clock::time_point start,
        const Result<Response>& response
    );
    Result<void> take_turn(std::stop_token stop);
    Result<void> wait(std::chrono::milliseconds duration, std::stop_token stop);

    Target target_;
    Url base_;
    TargetServices services_;
};

/// 401: auth; 403: denied; 404, 410: not_found; 408: timeout; 409: conflict; 429: rate_limited with
/// its delay; 5xx: unavailable; any other status from 300 on: bad_data. Below 300: no error.
Result<void> check_status(const Response& response, Time now);

}  // namespace touchline::net
