#include "postgresql_server.hpp"

#include "eventually.hpp"

#include <pwd.h>
#include <unistd.h>

#include <cstdlib>
#include <fstream>

namespace touchline::postgresql_test {

namespace fs = std::filesystem;

namespace {

constexpr const char* k_owner_password = "owner";

/// The newest version's programs; empty: there are none.
fs::path programs() {
    fs::path newest;
    std::error_code ignored;
    for (const auto& entry : fs::directory_iterator("/usr/lib/postgresql", ignored)) {
        if (fs::exists(entry.path() / "bin/initdb")) newest = std::max(newest, entry.path());
    }
    return newest.empty() ? newest : newest / "bin";
}

/// It refuses to be root.
uid_t server_user() {
    if (::getuid() != 0) return 0;
    const passwd* who = ::getpwnam("postgres");
    if (who == nullptr) who = ::getpwnam("nobody");
    return who == nullptr ? 0 : who->pw_uid;
}

}  // namespace

bool PostgresqlServer::is_installed() {
    return !programs().empty() && fs::exists("/usr/bin/psql");
}

Result<std::unique_ptr<PostgresqlServer>> PostgresqlServer::start() {
    // In memory where that is possible: nothing of it outlives the test.
    const fs::path base =
        fs::is_directory("/dev/shm") ? fs::path("/dev/shm") : fs::temp_directory_path();
    std::string pattern = (base / "touchline-postgresql-XXXXXX").string();
    if (::mkdtemp(pattern.data()) == nullptr)
        return Error(Code::unavailable, "no temporary directory can be made");
    std::unique_ptr<PostgresqlServer> server(new PostgresqlServer(pattern));
    TOUCHLINE_CHECK(server->launch());
    return server;
}

Result<void> PostgresqlServer::launch() {
    const uid_t user = server_user();
    if (user != 0 && ::chown(directory_.c_str(), user, user) != 0)
        return Error(Code::unavailable, "the directory cannot be given away");
    const fs::path secret = directory_ / "owner";
    std::ofstream(secret) << k_owner_password << '\n';
    if (user != 0 && ::chown(secret.c_str(), user, user) != 0)
        return Error(Code::unavailable, "the password file cannot be given away");
    const std::string data = (directory_ / "data").string();
    TOUCHLINE_CHECK(integration::run(
        {{programs() / "initdb",
          "-D",
          data,
          "-U",
          "owner",
          "-A",
          "scram-sha-256",
          "--pwfile",
          secret.string(),
          "--no-sync",
          "-E",
          "UTF8",
          "--locale",
          "C.UTF-8"},
         {},
         directory_,
         user}
    ));
    TOUCHLINE_TRY(port_, integration::free_port());
    TOUCHLINE_TRY(
        server_,
        integration::Server::start(
            {{programs() / "postgres",
              "-D",
              data,
              "-c",
              "listen_addresses=127.0.0.1",
              "-c",
              "port=" + std::to_string(port_),
              "-c",
              "unix_socket_directories=",
              "-c",
              "fsync=off",
              "-c",
              "max_prepared_transactions=5"},
             {},
             directory_,
             user},
            directory_ / "server.log"
        )
    );
    TOUCHLINE_CHECK(server_->wait_for(port_));
    Result<std::string> made = Error(Code::unavailable, "it does not answer");
    // It listens before it lets anybody in.
    integration::eventually([&] {
        made = sql("SELECT 1");
        return made || !server_->is_running();
    });
    if (made) made = sql("CREATE USER reader PASSWORD 'pa$$ word''7'");
    return made ? Result<void>() : Result<void>(std::move(made).error());
}

PostgresqlServer::~PostgresqlServer() {
    server_.reset();
    std::error_code ignored;
    fs::remove_all(directory_, ignored);
}

Result<std::string> PostgresqlServer::sql(std::string_view statements) {
    return integration::run(
        {{"psql",
          "-X",
          "-q",
          "-A",
          "-t",
          "-v",
          "ON_ERROR_STOP=1",
          "-h",
          "127.0.0.1",
          "-p",
          std::to_string(port_),
          "-U",
          "owner",
          "-d",
          "postgres",
          "-f",
          "-"},
         {{"PGPASSWORD", k_owner_password}},
         {},
         0},
        statements
    );
}

}  // namespace touchline::postgresql_test
