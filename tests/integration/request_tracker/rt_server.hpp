// A private Request Tracker for a test, and what people do with it. Needs Debian's
// request-tracker5, rt5-db-sqlite and rt5-standalone.
#pragma once

#include "touchline/base/result.hpp"
#include "touchline/net/http_client.hpp"

#include <sys/types.h>

#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

namespace touchline::rt_test {

/// Starts in a new directory below the system's temporary one; stopping it removes that.
class RtServer {
public:
    static bool is_installed();
    /// Blocks until RT answers. Error unavailable: it cannot be started.
    static Result<std::unique_ptr<RtServer>> start(net::HttpClient& http);
    ~RtServer();
    RtServer(const RtServer&) = delete;
    RtServer& operator=(const RtServer&) = delete;

    const std::string& url() const { return url_; }
    /// Of an account with no more rights than the connector's README asks for.
    const std::string& reader_token() const { return reader_token_; }

    /// As the administrator. `path` is below /REST/2.0/. The answer's JSON.
    Result<std::string> send(
        std::string_view method, std::string_view path, std::string_view json = {}
    );
    /// Mail to the support address, as the mail server would hand it over.
    Result<void> mail(std::string_view from, std::string_view subject, std::string_view text);
    /// The numeric id of a user.
    Result<std::string> user_id(std::string_view name);
    /// So many comments at once.
    Result<void> add_comments(std::string_view ticket, int count);

private:
    RtServer(net::HttpClient& http, std::filesystem::path directory)
        : http_(http), directory_(std::move(directory)) {}
    Result<void> launch();
    void stop();

    net::HttpClient& http_;
    std::filesystem::path directory_;
    std::string url_, admin_token_, reader_token_;
    pid_t pid_ = -1;
    int input_ = -1;  ///< the script stops when this closes
};

}  // namespace touchline::rt_test
