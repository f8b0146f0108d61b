// A private PostgreSQL for a test. Needs Debian's postgresql.
#pragma once

#include "process.hpp"

#include "touchline/base/result.hpp"

#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

namespace touchline::postgresql_test {

class PostgresqlServer {
public:
    static bool is_installed();
    /// With a database `shop` and a user `reader` who may connect and no more. Returns when it
    /// answers. Error unavailable.
    static Result<std::unique_ptr<PostgresqlServer>> start();
    ~PostgresqlServer();
    PostgresqlServer(const PostgresqlServer&) = delete;
    PostgresqlServer& operator=(const PostgresqlServer&) = delete;

    std::uint16_t port() const { return port_; }
    static constexpr std::string_view k_password = "pa$$ word'7";

    /// As the owner of everything; what psql prints, without headers.
    Result<std::string> sql(std::string_view statements);

private:
    explicit PostgresqlServer(std::filesystem::path directory) : directory_(std::move(directory)) {}
    Result<void> launch();

    std::filesystem::path directory_;
    std::uint16_t port_ = 0;
    std::unique_ptr<integration::Server> server_;
};

}  // namespace touchline::postgresql_test
