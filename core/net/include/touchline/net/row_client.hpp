// The port to SQL databases: one query after the other, none of which can write. core/rows
// implements it; whoever tries connectors without a network has another.
#pragma once

#include "touchline/base/result.hpp"
#include "touchline/net/credentials.hpp"
#include "touchline/net/http_client.hpp"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

namespace touchline::net {

struct RowAddress {
    std::string host;
    std::uint16_t port = 5432;
    std::string database;
    std::string text() const;  ///< "postgresql://db.example.com:5432/crm"
};

bool is_row_url(std::string_view text);
/// "postgresql://host:port/database". Error bad_data.
Result<RowAddress> parse_row_url(std::string_view text);

struct RowTarget {
    std::string name;  ///< for messages
    RowAddress address;
    Credentials credentials;  ///< a BasicLogin
    SendOptions send;         ///< its timeouts, and `allow_private_network`
};

struct RowQuery {
    std::string sql;                      ///< one SELECT
    std::vector<std::string> parameters;  ///< of $1, $2, …; texts, which the SQL casts
    std::size_t max_rows = 10'000;
    std::size_t max_bytes = 16U << 20U;
};

struct RowPage {
    std::string lines;  ///< a JSON object per row, each with a line end
    std::size_t rows = 0;
    bool more = false;  ///< the query has more rows
};

/// One connection, used by one thread at a time; closed when it goes away.
class RowSession {
public:
    RowSession() = default;
    RowSession(const RowSession&) = delete;
    RowSession& operator=(const RowSession&) = delete;
    virtual ~RowSession() = default;

    /// The first rows of the query. Errors: config (the database refuses the SQL), denied (it
    /// refuses the table), bad_data (a row above `max_bytes`), unavailable, timeout, cancelled.
    virtual Result<RowPage> query(const RowQuery& query, std::stop_token stop) = 0;
};

/// Any thread may call; each call blocks its own thread only.
class RowClient {
public:
    RowClient() = default;
    RowClient(const RowClient&) = delete;
    RowClient& operator=(const RowClient&) = delete;
    virtual ~RowClient() = default;

    /// Errors: auth (it refuses user or password), config (a certificate that does not verify, no
    /// such database), denied (a private address that is not allowed), unavailable, timeout,
    /// cancelled.
    virtual Result<std::unique_ptr<RowSession>> connect(
        const RowTarget& target, std::stop_token stop
    ) = 0;
};

struct ReachableAddress {
    std::string text;         ///< "192.0.2.7"
    bool is_private = false;  ///< of loopback or a private network
};
/// The addresses of a host that may be reached; for those who connect by themselves. Errors:
/// unavailable, timeout, cancelled; denied (all of them private, and that is not allowed).
Result<std::vector<ReachableAddress>> reachable_addresses(
    const std::string& host, std::uint16_t port, const SendOptions& options, std::stop_token stop
);

}  // namespace touchline::net
