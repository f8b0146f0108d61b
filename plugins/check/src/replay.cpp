#include "replay.hpp"

#include "scrub.hpp"

#include "touchline/base/text.hpp"
#include "touchline/json/view.hpp"
#include "touchline/net/target_client.hpp"

#include <algorithm>
#include <deque>

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

/// What a planned answer means where there are no statuses. The status 0 is none.
Result<void> heed(const std::optional<net::Response>& planned) {
    if (!planned || planned->status == 0) return {};
    TOUCHLINE_CHECK(net::check_status(*planned, Time()));
    return Error(Code::bad_data, "what answers does not speak the protocol");
}

bool is_of_http(const net::Request& request) {
    return request.method != "OPEN" && request.method != "SEND" && request.method != "QUERY";
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

Result<std::optional<net::Response>> Replay::begin(
    const net::Request& request, std::stop_token stop
) {
    if (on_send) on_send();
    if (stop.stop_requested()) return Error(Code::cancelled, "stopped on request");
    const std::size_t nth = requests.size();
    requests.push_back(request);
    if (ran_away()) return Error(Code::denied, "this run has made too many requests");
    if (fault) {
        if (auto instead = fault(nth)) {
            if (!*instead) return std::move(*instead).error();
            return std::optional(std::move(**instead));
        }
    }
    return std::optional<net::Response>();
}

Error Replay::no_answer(std::string question) {
    missing.push_back(std::move(question));
    return Error(Code::denied, "the cassette has no answer to " + missing.back());
}

Result<net::Response> Replay::send(
    const net::Request& sent, const net::SendOptions&, std::stop_token stop
) {
    // A test may ask what was answered to anything that went out.
    if (!is_of_http(sent)) return net::Response{0, {}, {}, sent.url};
    // Credentials in the query are not on cassettes.
    net::Request request = sent;
    request.url = without_credentials(sent.url, credentials_);
    TOUCHLINE_TRY(auto instead, begin(request, std::move(stop)));
    if (instead) return *std::move(instead);
    const Exchange* const exchange = find(request);
    if (exchange == nullptr) return no_answer(line_of(request));
    given.insert(static_cast<std::size_t>(exchange - cassette_->exchanges.data()));
    return net::Response{
        exchange->answer.status, exchange->answer.headers, exchange->answer.body, request.url};
}

Result<const FrameExchange*> Replay::say(
    const std::string& url, const std::optional<std::string>& said, std::stop_token stop
) {
    const net::Request request{said ? "SEND" : "OPEN", url, {}, said.value_or("")};
    TOUCHLINE_TRY(const auto instead, begin(request, std::move(stop)));
    TOUCHLINE_CHECK(heed(instead));
    const std::size_t wanted = told_[line_of(request)]++;
    const FrameExchange* last = nullptr;
    std::size_t seen = 0;
    for (const FrameExchange& exchange : cassette_->frames) {
        if (exchange.url != url || exchange.send != said) continue;
        last = &exchange;
        if (seen++ == wanted) break;
    }
    if (last == nullptr) return no_answer(line_of(request));
    return last;
}

Result<net::RowPage> Replay::ask(
    const std::string& url, const net::RowQuery& query, std::stop_token stop
) {
    net::Request request{"QUERY", url, {}, query.sql};
    for (const std::string& parameter : query.parameters) request.body += "\n" + parameter;
    TOUCHLINE_TRY(const auto instead, begin(request, std::move(stop)));
    TOUCHLINE_CHECK(heed(instead));
    const std::size_t wanted = told_[line_of(request)]++;
    const RowExchange* last = nullptr;
    std::size_t seen = 0;
    for (const RowExchange& exchange : cassette_->rows) {
        if (exchange.url != url || exchange.sql != query.sql ||
            exchange.parameters != query.parameters) {
            continue;
        }
        last = &exchange;
        if (seen++ == wanted) break;
    }
    if (last == nullptr) return no_answer(line_of(request));
    return net::RowPage{last->lines, last->rows, last->more};
}

class Replay::PlayedStream final : public net::OpenStream {
public:
    PlayedStream(Replay& replay, std::string url, const FrameExchange& opening)
        : replay_(replay), url_(std::move(url)) {
        take(opening);
    }

    Result<void> send(std::string_view bytes, std::stop_token stop) override {
        TOUCHLINE_TRY(const auto* exchange, replay_.say(url_, std::string(bytes), std::move(stop)));
        take(*exchange);
        return {};
    }
    Result<net::Frame> receive(std::chrono::milliseconds longest, std::stop_token stop) override {
        if (replay_.on_send) replay_.on_send();
        if (stop.stop_requested()) return Error(Code::cancelled, "stopped on request");
        if (!frames_.empty()) {
            net::Frame frame{net::Frame::Kind::frame, std::move(frames_.front())};
            frames_.pop_front();
            return frame;
        }
        if (end_) return net::Frame{net::Frame::Kind::end, {}};
        if (replay_.sleeper_ != nullptr && !replay_.sleeper_->sleep(longest, std::move(stop)))
            return Error(Code::cancelled, "stopped on request");
        return net::Frame{};
    }

private:
    void take(const FrameExchange& exchange) {
        frames_.insert(frames_.end(), exchange.receive.begin(), exchange.receive.end());
        end_ = exchange.end;
    }

    Replay& replay_;
    const std::string url_;
    std::deque<std::string> frames_;
    bool end_ = false;
};

class Replay::PlayedRows final : public net::RowSession {
public:
    PlayedRows(Replay& replay, std::string url) : replay_(replay), url_(std::move(url)) {}

    Result<net::RowPage> query(const net::RowQuery& query, std::stop_token stop) override {
        return replay_.ask(url_, query, std::move(stop));
    }

private:
    Replay& replay_;
    const std::string url_;
};

Result<std::unique_ptr<net::OpenStream>> Replay::open(
    const net::StreamTarget& target,
    const std::string& path,
    const net::Query& query,
    std::stop_token stop
) {
    std::string url = target.address.text() + path;
    if (!query.empty()) url += "?" + net::build_query(query);
    TOUCHLINE_TRY(const auto* opening, say(url, std::nullopt, std::move(stop)));
    return std::unique_ptr<net::OpenStream>(
        std::make_unique<PlayedStream>(*this, std::move(url), *opening)
    );
}

Result<std::unique_ptr<net::RowSession>> Replay::connect(
    const net::RowTarget& target, std::stop_token stop
) {
    if (stop.stop_requested()) return Error(Code::cancelled, "stopped on request");
    return std::unique_ptr<net::RowSession>(
        std::make_unique<PlayedRows>(*this, target.address.text())
    );
}

}  // namespace touchline::check
