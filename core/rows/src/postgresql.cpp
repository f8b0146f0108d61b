#include "touchline/rows/postgresql.hpp"

#include "connection.hpp"

namespace touchline::rows {

namespace {

/// Where no file can be: libpq looks for its own only when it is told of none.
constexpr const char* k_no_file = "/dev/null/none";
constexpr const char* k_system_authorities = "/etc/ssl/certs/ca-certificates.crt";

class Session final : public net::RowSession {
public:
    Session(Connection connection, std::string peer)
        : connection_(std::move(connection)), peer_(std::move(peer)) {}

    Result<net::RowPage> query(const net::RowQuery& query, std::stop_token stop) override {
        TOUCHLINE_CHECK(connection_.execute("BEGIN TRANSACTION READ ONLY", stop));
        // The database knows best how its types are written in JSON. A comment at the end of the
        // SQL ends with the line.
        const std::string limit = std::to_string(query.max_rows + 1);
        TOUCHLINE_CHECK(connection_.send(
            "SELECT row_to_json(q)::text FROM (\n" + query.sql + "\n) AS q LIMIT " + limit,
            query.parameters
        ));
        connection_.by_rows();
        TOUCHLINE_TRY(net::RowPage page, take(query, stop));
        TOUCHLINE_CHECK(connection_.execute("ROLLBACK", stop));
        return page;
    }

private:
    Result<net::RowPage> take(const net::RowQuery& query, const std::stop_token& stop) {
        net::RowPage page;
        while (true) {
            TOUCHLINE_TRY(const ResultPtr result, connection_.next(stop));
            if (!result) return page;
            if (PQntuples(result.get()) == 0) continue;
            const std::string_view row(
                PQgetvalue(result.get(), 0, 0),
                static_cast<std::size_t>(PQgetlength(result.get(), 0, 0))
            );
            const bool fits = page.lines.size() + row.size() < query.max_bytes;
            if (!fits && page.rows == 0) {
                return Error(
                           Code::bad_data,
                           peer_ + ": a row has more than " + std::to_string(query.max_bytes) +
                               " bytes"
                )
                    .cure("Leave its largest columns out.");
            }
            if (!fits) {
                page.more = true;
                TOUCHLINE_CHECK(connection_.abandon(stop));
                return page;
            }
            // The one above the limit only tells that it is there.
            page.more = page.rows == query.max_rows;
            if (page.more) continue;
            page.lines.append(row).append("\n");
            ++page.rows;
        }
    }

    Connection connection_;
    const std::string peer_;
};

class Client final : public net::RowClient {
public:
    explicit Client(PostgresqlOptions options) : options_(std::move(options)) {}

    Result<std::unique_ptr<net::RowSession>> connect(
        const net::RowTarget& target, std::stop_token stop
    ) override {
        const auto* const login = std::get_if<net::BasicLogin>(&target.credentials);
        if (login == nullptr)
            return Error(Code::config, "a database needs credentials of the kind basic");
        const net::RowAddress& address = target.address;
        TOUCHLINE_TRY(
            const auto found,
            net::reachable_addresses(address.host, address.port, target.send, stop)
        );
        Error last(Code::unavailable, address.text() + ": it has no address");
        for (const net::ReachableAddress& reachable : found) {
            auto connection = Connection::open(
                parameters(address, reachable, *login), address.text(), target.send.timeouts, stop
            );
            if (connection) {
                return std::unique_ptr<net::RowSession>(
                    std::make_unique<Session>(std::move(connection).value(), address.text())
                );
            }
            last = std::move(connection).error();
            if (last.code() != Code::unavailable && last.code() != Code::timeout) break;
        }
        return last;
    }

private:
    std::string authorities() const {
        return options_.ca_file.empty() ? k_system_authorities : options_.ca_file;
    }
    /// Every parameter that the environment or files of the user's could otherwise set.
    std::map<std::string, std::string> parameters(
        const net::RowAddress& address,
        const net::ReachableAddress& reachable,
        const net::BasicLogin& login
    ) const {
        return {
            {"host", address.host},
            {"hostaddr", reachable.text},
            {"port", std::to_string(address.port)},
            {"dbname", address.database},
            {"user", login.user},
            {"password", std::string(login.password.reveal())},
            {"passfile", "/dev/null"},
            {"sslmode", reachable.is_private ? "prefer" : "verify-full"},
            {"sslrootcert", reachable.is_private ? k_no_file : authorities()},
            {"sslcert", k_no_file},
            {"sslkey", k_no_file},
            {"gssencmode", "disable"},
            {"client_encoding", "UTF8"},
            {"application_name", "touchline"},
            {"options",
             "-c statement_timeout=300000 -c idle_in_transaction_session_timeout=60000 "
             "-c DateStyle=ISO -c TimeZone=UTC"},
            {"target_session_attrs", "any"},
        };
    }

    const PostgresqlOptions options_;
};

}  // namespace

std::unique_ptr<net::RowClient> make_postgresql_client(PostgresqlOptions options) {
    return std::make_unique<Client>(std::move(options));
}

}  // namespace touchline::rows
