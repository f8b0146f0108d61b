// A private server of the AT Protocol (PDS) with its directory, and what people do on it. Needs
// Node.js, and @atproto/pds and @did-plc/server in the build folder.
#pragma once

#include "process.hpp"

#include "touchline/base/result.hpp"
#include "touchline/json/view.hpp"
#include "touchline/net/http_client.hpp"

#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

namespace touchline::bluesky_test {

struct Account {
    std::string did, token;
};

class Pds {
public:
    static bool is_installed();
    /// Returns when it answers. Error unavailable.
    static Result<std::unique_ptr<Pds>> start(net::HttpClient& http);
    ~Pds();
    Pds(const Pds&) = delete;
    Pds& operator=(const Pds&) = delete;

    std::string url() const { return "http://127.0.0.1:" + std::to_string(port_); }
    std::string firehose() const { return "ws://127.0.0.1:" + std::to_string(port_); }
    const std::string& log() const { return log_; }

    Result<Account> sign_up(const std::string& name);
    /// `more`: further members of the post, each with a comma before it. Its record key.
    Result<std::string> post(
        const Account& account, std::string_view text, std::string_view more = {}
    );
    /// With a record key and a time of the author's choice.
    Result<void> put_post(
        const Account& account,
        std::string_view rkey,
        std::string_view text,
        std::string_view created_at = "2026-10-01T10:00:00.000Z"
    );
    Result<void> remove_post(const Account& account, std::string_view rkey);
    Result<void> set_name(const Account& account, std::string_view name);
    Result<void> rename(const Account& account, const std::string& name);
    Result<void> deactivate(const Account& account);

private:
    Pds(net::HttpClient& http, std::filesystem::path directory)
        : http_(http), directory_(std::move(directory)) {}
    Result<void> launch();
    Result<json::Document> call(
        std::string_view method, const std::string& body, const std::string& token = {}
    );

    net::HttpClient& http_;
    std::filesystem::path directory_;
    std::string log_;
    std::uint16_t port_ = 0;
    std::unique_ptr<integration::Server> server_;
};

}  // namespace touchline::bluesky_test
