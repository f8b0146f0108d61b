// A libpq connection that waits in bounded time and stops when it is asked to.
#pragma once

#include "touchline/base/result.hpp"
#include "touchline/net/row_client.hpp"

#include <libpq-fe.h>

#include <chrono>
#include <map>
#include <memory>
#include <stop_token>
#include <string>
#include <vector>

namespace touchline::rows {

struct ClearResult {
    void operator()(PGresult* result) const { PQclear(result); }
};
using ResultPtr = std::unique_ptr<PGresult, ClearResult>;

class Connection {
public:
    /// `parameters` as libpq names them. Errors: as of RowClient::connect.
    static Result<Connection> open(
        const std::map<std::string, std::string>& parameters,
        const std::string& peer,
        const net::Timeouts& limits,
        const std::stop_token& stop
    );

    /// Sends one statement; results are taken with next(). Error unavailable.
    Result<void> send(const std::string& sql, const std::vector<std::string>& parameters);
    /// The next result; null: no more of this statement. Errors: what the database says of it;
    /// unavailable, timeout, cancelled.
    Result<ResultPtr> next(const std::stop_token& stop);
    /// Runs a statement whose results do not matter.
    Result<void> execute(const std::string& sql, const std::stop_token& stop);
    /// Asks the database to give up what it does, and throws away what still comes.
    Result<void> abandon(const std::stop_token& stop);
    /// Results row by row, from here to the end of the statement.
    void by_rows() { PQsetSingleRowMode(connection_.get()); }

private:
    struct Finish {
        void operator()(PGconn* connection) const { PQfinish(connection); }
    };
    using Moment = std::chrono::steady_clock::time_point;

    Connection(PGconn* connection, std::string peer, const net::Timeouts& limits)
        : connection_(connection), peer_(std::move(peer)), limits_(limits) {}
    Result<void> await(short events, Moment until, const std::stop_token& stop) const;
    Error refused() const;
    Error broken() const;
    void cancel() const;

    std::unique_ptr<PGconn, Finish> connection_;
    std::string peer_;
    net::Timeouts limits_;
};

/// What a database's refusal means, by its SQLSTATE (PostgreSQL, appendix A).
Error error_of(const PGresult* result, const std::string& peer);

}  // namespace touchline::rows
