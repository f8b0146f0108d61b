#include "replay.hpp"

#include "scrub.hpp"

#include "touchline/base/text.hpp"
#include "touchline/json/view.hpp"

namespace touchline::check {

namespace {

/// JSON texts compare as values, everything else by its bytes.
bool same_body(std::string_view recorded, std::string_view sent) {
    if (recorded == sent) return true;
    const auto a = json::Document::parse(recorded);
    const auto b = json::Document::parse(sent);
    return a && b && a->root().text() == b->root().text();
}

std::string line_of(const net::Request& request) {
    std::string line = request.method + " " + request.url;
    if (!request.body.empty()) line += " with the content " + truncate_text(request.body, 200);
    return line;
}

}  // namespace

const Exchange* Replay::find(const net::Request& request) {
    const std::size_t wanted = used_[request.method + " " + request.url + "\n" + request.body]++;
    const Exchange* last = nullptr;
    std::size_t seen = 0;
    for (const Exchange& exchange : cassette_->exchanges) {
        if (exchange.method != request.method || exchange.url != request.url) continue;
        if (exchange.body && !same_body(*exchange.body, request.body)) continue;
        last = &exchange;
        if (seen++ == wanted) break;
    }
    return last;
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
    return net::Response{
        exchange->answer.status, exchange->answer.headers, exchange->answer.body, request.url};
}

}  // namespace touchline::check
