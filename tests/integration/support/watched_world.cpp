#include "watched_world.hpp"

#include <stdexcept>

namespace touchline::integration {

namespace {

class WatchedHttp final : public net::HttpClient {
public:
    WatchedHttp(Door& door, net::HttpClient& real) : door_(door), real_(real) {}
    Result<net::Response> send(
        const net::Request& request, const net::SendOptions& options, std::stop_token stop
    ) override {
        TOUCHLINE_CHECK(door_.enter());
        if (door_.before_call) door_.before_call(request);
        return real_.send(request, options, std::move(stop));
    }

private:
    Door& door_;
    net::HttpClient& real_;
};

class WatchedStream final : public net::OpenStream {
public:
    WatchedStream(Door& door, std::unique_ptr<net::OpenStream> real)
        : door_(door), real_(std::move(real)) {}
    Result<void> send(std::string_view bytes, std::stop_token stop) override {
        TOUCHLINE_CHECK(door_.enter());
        return real_->send(bytes, std::move(stop));
    }
    Result<net::Frame> receive(std::chrono::milliseconds longest, std::stop_token stop) override {
        TOUCHLINE_CHECK(door_.enter());
        return real_->receive(longest, std::move(stop));
    }

private:
    Door& door_;
    const std::unique_ptr<net::OpenStream> real_;
};

class WatchedStreams final : public net::StreamClient {
public:
    WatchedStreams(Door& door, net::StreamClient& real) : door_(door), real_(real) {}
    Result<std::unique_ptr<net::OpenStream>> open(
        const net::StreamTarget& target,
        const std::string& path,
        const net::Query& query,
        std::stop_token stop
    ) override {
        TOUCHLINE_CHECK(door_.enter());
        TOUCHLINE_TRY(auto stream, real_.open(target, path, query, std::move(stop)));
        return std::unique_ptr<net::OpenStream>(
            std::make_unique<WatchedStream>(door_, std::move(stream))
        );
    }

private:
    Door& door_;
    net::StreamClient& real_;
};

class WatchedSession final : public net::RowSession {
public:
    WatchedSession(Door& door, std::unique_ptr<net::RowSession> real)
        : door_(door), real_(std::move(real)) {}
    Result<net::RowPage> query(const net::RowQuery& query, std::stop_token stop) override {
        TOUCHLINE_CHECK(door_.enter());
        return real_->query(query, std::move(stop));
    }

private:
    Door& door_;
    const std::unique_ptr<net::RowSession> real_;
};

class WatchedRows final : public net::RowClient {
public:
    WatchedRows(Door& door, net::RowClient& real) : door_(door), real_(real) {}
    Result<std::unique_ptr<net::RowSession>> connect(
        const net::RowTarget& target, std::stop_token stop
    ) override {
        TOUCHLINE_CHECK(door_.enter());
        TOUCHLINE_TRY(auto session, real_.connect(target, std::move(stop)));
        return std::unique_ptr<net::RowSession>(
            std::make_unique<WatchedSession>(door_, std::move(session))
        );
    }

private:
    Door& door_;
    net::RowClient& real_;
};

}  // namespace

Result<void> Door::enter() {
    if (dies_at && calls >= *dies_at) return Error(Code::cancelled, "the process is gone");
    if (breaks.erase(calls++) == 0) return {};
    ++broken;
    return Error(Code::unavailable, "the connection broke");
}

WatchedWorld::WatchedWorld(Door& door, World real) {
    if (real.http == nullptr) {
        auto made = net::make_http_client();
        if (!made) throw std::runtime_error(made.error().text());
        own_http_ = std::move(*made);
        real.http = own_http_.get();
    }
    http_ = std::make_unique<WatchedHttp>(door, *real.http);
    if (real.streams != nullptr) streams_ = std::make_unique<WatchedStreams>(door, *real.streams);
    if (real.rows != nullptr) rows_ = std::make_unique<WatchedRows>(door, *real.rows);
}

WatchedWorld::~WatchedWorld() = default;

}  // namespace touchline::integration
