// The fixture's base: one server for all tests of an executable.
#pragma once

#include "connector_bench.hpp"
#include "private_server.hpp"

#include <gmock/gmock.h>

namespace touchline::integration {

/// `Derived::k_script` is the script that runs the server.
template <typename Derived>
class RealServerTest : public testing::Test {
protected:
    static void SetUpTestSuite() {
        auto started = PrivateServer::start(Derived::k_script);
        if (started)
            server_ = std::move(*started);
        else
            why_ = std::move(started).error();
    }
    static void TearDownTestSuite() { server_.reset(); }

    void SetUp() override {
        if (server_) return;
        if (why_.code() == Code::not_found) GTEST_SKIP() << why_.message();
        FAIL() << why_.text();
    }

    static PrivateServer& server() { return *server_; }
    /// A call by whoever the credentials are; fails the test unless it is answered with 2xx.
    static json::Document call(
        const std::string& method,
        const std::string& url,
        const std::vector<std::pair<std::string, std::string>>& headers,
        const std::string& body
    ) {
        static const auto http = std::move(net::make_http_client()).value();
        net::Request request{method, url, {}, body};
        request.headers.set("Content-Type", "application/json");
        for (const auto& [name, value] : headers) request.headers.set(name, value);
        net::SendOptions options;
        options.allow_private_network = true;
        const auto answer = http->send(request, options, {});
        EXPECT_TRUE(answer) << answer.error().text();
        if (!answer) return std::move(json::Document::parse("{}")).value();
        EXPECT_EQ(answer->status / 100, 2) << method << " " << url << ": " << answer->body;
        auto document = json::Document::parse(answer->body);
        return document ? std::move(*document) : std::move(json::Document::parse("{}")).value();
    }

private:
    static inline std::unique_ptr<PrivateServer> server_;
    static inline Error why_{Code::unavailable, "not started"};
};

}  // namespace touchline::integration
