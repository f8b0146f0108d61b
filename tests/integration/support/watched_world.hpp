// What a connector has of the world, with a test at the door: it counts the calls, may do something
// at any of them, break any of them off, or end the connector's life there.
#pragma once

#include "touchline/net/http_client.hpp"
#include "touchline/net/row_client.hpp"
#include "touchline/net/stream_client.hpp"

#include <functional>
#include <memory>
#include <optional>
#include <set>

namespace touchline::integration {

/// What an installation gives to a connector; null: none is needed, or a client is made.
struct World {
    net::HttpClient* http = nullptr;
    net::StreamClient* streams = nullptr;
    net::RowClient* rows = nullptr;
};

/// A call is a request, a frame that is sent or waited for, a query, or a page that is handed over.
class Door {
public:
    int calls = 0;
    std::optional<int> dies_at;  ///< this call and all after it are never answered
    std::set<int> breaks;        ///< the numbers of calls that are cut off
    int broken = 0;              ///< how many were
    std::function<void(const net::Request&)> before_call;

    /// Error cancelled: the connector is dead; unavailable: cut off.
    Result<void> enter();
};

/// The clients that lead through `door`; both outlive what they give out.
class WatchedWorld {
public:
    WatchedWorld(Door& door, World real);
    ~WatchedWorld();

    net::HttpClient& http() { return *http_; }
    net::StreamClient* streams() { return streams_.get(); }
    net::RowClient* rows() { return rows_.get(); }

private:
    std::unique_ptr<net::HttpClient> own_http_, http_;
    std::unique_ptr<net::StreamClient> streams_;
    std::unique_ptr<net::RowClient> rows_;
};

}  // namespace touchline::integration
