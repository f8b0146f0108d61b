// The world of a cassette behind the interfaces of HTTP, streams and databases, with the faults
// that a test plans. What is no request counts as one: "OPEN", "SEND" and "QUERY".
#pragma once

#include "touchline/check/cassette.hpp"
#include "touchline/net/credentials.hpp"
#include "touchline/net/http_client.hpp"
#include "touchline/net/retry.hpp"
#include "touchline/net/row_client.hpp"
#include "touchline/net/stream_client.hpp"

#include <functional>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace touchline::check {

/// What the credentials of targets are made of; it must never be seen again.
inline constexpr std::string_view k_canary = "tl-canary-5f1c0e9a7b";

class Replay final : public net::HttpClient, public net::StreamClient, public net::RowClient {
public:
    /// Instead of the cassette's answer to the nth request (from 0); nothing: the cassette answers.
    using Fault = std::function<std::optional<Result<net::Response>>(std::size_t nth)>;

    /// The cassette and the sleeper, which waiting for a frame that does not come goes by, outlive
    /// this. What the credentials put into a URL is on no cassette.
    explicit Replay(
        const Cassette& cassette,
        net::Sleeper* sleeper = nullptr,
        net::Credentials credentials = net::NoCredentials{}
    )
        : cassette_(&cassette), sleeper_(sleeper), credentials_(std::move(credentials)) {}

    Result<net::Response> send(
        const net::Request& request, const net::SendOptions& options, std::stop_token stop
    ) override;

    Result<std::unique_ptr<net::OpenStream>> open(
        const net::StreamTarget& target,
        const std::string& path,
        const net::Query& query,
        std::stop_token stop
    ) override;
    Result<std::unique_ptr<net::RowSession>> connect(
        const net::RowTarget& target, std::stop_token stop
    ) override;

    Fault fault;
    std::function<void()> on_send;  ///< before each request is answered
    std::vector<net::Request> requests;
    /// Requests that the cassette has no answer to: "GET https://…".
    std::vector<std::string> missing;
    std::set<std::size_t> given;  ///< the exchanges whose answers were given, by their place
    /// A connector that asks for more than this asks for ever.
    static constexpr std::size_t k_most_requests = 5000;
    bool ran_away() const { return requests.size() > k_most_requests; }

private:
    class PlayedStream;
    class PlayedRows;

    /// Counts a request, and gives it the fault that is planned for it.
    Result<std::optional<net::Response>> begin(const net::Request& request, std::stop_token stop);
    const Exchange* find(const net::Request& request);
    /// What comes over a stream after this was said; nothing was, at its opening.
    Result<const FrameExchange*> say(
        const std::string& url, const std::optional<std::string>& said, std::stop_token stop
    );
    Result<net::RowPage> ask(
        const std::string& url, const net::RowQuery& query, std::stop_token stop
    );
    Error no_answer(std::string question);

    const Cassette* cassette_;
    net::Sleeper* sleeper_;
    const net::Credentials credentials_;
    /// How often each request was answered; it is known by the first exchange that fits.
    std::map<const Exchange*, std::size_t> used_;
    std::map<std::string, std::size_t> told_;  ///< how often what was said or asked was answered
};

}  // namespace touchline::check
