#include "replay.hpp"

#include "scrub.hpp"

#include "touchline/base/text.hpp"
#include "touchline/json/view.hpp"

#include <algorithm>

namespace touchline::check {

namespace {

/// JSON texts compare as values, everything else by its bytes.
bool same_body(std::string_view recorded, std::string_view sent) {
    if (recorded == sent) return true;
    const auto a = json::Document::parse(recorded);
    const auto b = json::Document::parse(sent);
    return a && b && a->root().text() == b->root().text();
}

/// A parameter that is recorded as `*` has any value.
bool same_url(std::string_view recorded, std::string_view sent) {
    constexpr std::string_view k_any = "=*";
    for (;;) {
        const auto open = recorded.find(k_any);
        if (open == std::string_view::npos) return recorded == sent;
        const std::string_view head = recorded.substr(0, open + 1);
        if (!sent.starts_with(head)) return false;
        recorded.remove_prefix(open + k_any.size());
        sent.remove_prefix(head.size());
        sent.remove_prefix(std::min(sent.find('&'), sent.size()));
    }
}

std::string line_of(const net::Request& request) {
    std::string line = request.method + " " + request.url;
    if (!request.body.empty()) line += " with the content " + truncate_text(request.body, 200);
    return line;
}

}  // namespace

const Exchange* Replay::find(const net::Request& request) {
    std::vector<const Exchange*> fitting;
    for (const Exchange& exchange : cassette_->exchanges) {
        if (exchange.method != request.method || !same_url(exchange.url, request.url)) continue;
        if (exchange.body && !same_body(*exchange.body, request.body)) continue;
        fitting.push_back(&exchange);
    }
    if (fitting.empty()) return nullptr;
    const std::size_t before = used_[fitting.front()]++;
    return fitting[std::min(before, fitting.size() - 1)];
}

Result<net::Response> Replay::send(
    const net::Request& sent, const net::SendOptions&, std::stop_token stop
) {
    // Credentials in the query are not on cassettes.
    net::Request request = sent;
    request.url = without_secret_parameter(sent.url, k_canary);
    if (on_send) on_send();
    if (stop.stop_requested()) return Error(Code::cancelled, "stopped on request");
    const std::size_t nth = requests.size();
    requests.push_back(request);
    if (ran_away()) return Error(Code::denied, "this run has made too many requests");
    if (fault) {
        if (auto instead = fault(nth)) return std::move(*instead);
    }
    const Exchange* const exchange = find(request);
    if (exchange == nullptr) {
        missing.push_back(line_of(request));
        return Error(Code::denied, "the cassette has no answer to " + missing.back());
    }
    given.insert(static_cast<std::size_t>(exchange - cassette_->exchanges.data()));
    return net::Response{
        exchange->answer.status, exchange->answer.headers, exchange->answer.body, request.url};
}

}  // namespace touchline::check
