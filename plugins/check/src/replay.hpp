// The world of a cassette behind the HTTP client's interface, with the faults that a test plans.
#pragma once

#include "touchline/check/cassette.hpp"
#include "touchline/net/http_client.hpp"

#include <functional>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace touchline::check {

/// What the credentials of targets are made of; it must never be seen again.
inline constexpr std::string_view k_canary = "tl-canary-5f1c0e9a7b";

class Replay final : public net::HttpClient {
public:
    /// Instead of the cassette's answer to the nth request (from 0); nothing: the cassette answers.
    using Fault = std::function<std::optional<Result<net::Response>>(std::size_t nth)>;

    /// The cassette outlives this.
    explicit Replay(const Cassette& cassette) : cassette_(&cassette) {}

    Result<net::Response> send(
        const net::Request& request, const net::SendOptions& options, std::stop_token stop
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
    const Exchange* find(const net::Request& request);

    const Cassette* cassette_;
    /// How often each request was answered; it is known by the first exchange that fits.
    std::map<const Exchange*, std::size_t> used_;
};

}  // namespace touchline::check
