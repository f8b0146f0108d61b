#include "api_bench.hpp"

namespace touchline::api {
namespace {

using Access = ApiBench;

TEST_F(Access, NeedsTheRightToken) {
    start();
    const std::string target = "/api/v1/connections";
    for (const Fields& fields :
         {Fields{},
          Fields{{"Authorization", "Bearer wrong"}},
          Fields{{"Authorization", "Bearer "}},
          Fields{{"Authorization", "Basic " + std::string(k_token)}}}) {
        const Answer refused = checked("get", target, exchange(port(), "GET", target, fields));
        EXPECT_EQ(refused.status, 401);
        EXPECT_EQ(refused.field("content-type"), "application/problem+json");
        EXPECT_EQ(refused.field("www-authenticate"), "Bearer realm=\"touchline\"");
    }
    EXPECT_EQ(get(target).status, 200);
    EXPECT_EQ(
        exchange(
            port(), "GET", target, {{"authorization", "bearer " + std::string(k_token)}}
        ).status,
        200
    );
}

TEST_F(Access, NeedsTheTokenForEventsToo) {
    start();
    const Answer refused =
        checked("get", "/api/v1/events", exchange(port(), "GET", "/api/v1/events"));
    EXPECT_EQ(refused.status, 401);
    EXPECT_EQ(refused.field("www-authenticate"), "Bearer realm=\"touchline\"");
}

TEST_F(Access, WithoutATokenAnswersOnlyToThisMachine) {
    start("");
    for (const std::string host : {"127.0.0.1", "127.0.0.1:8420", "localhost", "[::1]:8420"}) {
        EXPECT_EQ(exchange(port(), "GET", "/api/v1/connections", {{"Host", host}}).status, 200)
            << host;
    }
    for (const std::string host :
         {"example.org", "127.0.0.1.example.org", "localhost.example.org:8420", ""}) {
        for (const std::string target : {"/api/v1/connections", "/api/v1/events"}) {
            const Answer refused = exchange(port(), "GET", target, {{"Host", host}});
            EXPECT_EQ(refused.status, 403) << host << target;
            EXPECT_EQ(refused.field("content-type"), "application/problem+json");
        }
    }
}

TEST_F(Access, RefusesChangesThatAFormOfAnotherSiteCouldSend) {
    start("");
    for (const Fields& fields :
         {Fields{},
          Fields{{"Content-Type", "text/plain"}},
          Fields{{"Content-Type", "application/x-www-form-urlencoded"}}}) {
        for (const std::string target :
             {"/api/v1/customers/cu_1/merge",
              "/api/v1/customers/cu_1/split",
              "/api/v1/undo",
              "/api/v1/connections/crm/run",
              "/api/v1/dead-letters/1/retry"}) {
            EXPECT_EQ(exchange(port(), "POST", target, fields, "{}").status, 400) << target;
        }
    }
}

TEST_F(Access, SaysWhatIsNotThereAndWhatDoesNotWork) {
    start();
    for (const std::string target :
         {"/api/v1/nothing", "/api/v1/customers", "/api/v1/customers//why", "/api/v2/lookup"}) {
        EXPECT_EQ(exchange(port(), "GET", target, signed_in()).status, 404) << target;
    }
    const auto allowed = [&](const std::string& method, const std::string& target) {
        const Answer refused = exchange(port(), method, target, signed_in());
        EXPECT_EQ(refused.status, 405) << method << " " << target;
        EXPECT_EQ(refused.field("content-type"), "application/problem+json");
        return refused.field("allow");
    };
    EXPECT_EQ(allowed("POST", "/api/v1/lookup"), "GET");
    EXPECT_EQ(allowed("DELETE", "/api/v1/customers/cu_1"), "GET");
    EXPECT_EQ(allowed("GET", "/api/v1/undo"), "POST");
    EXPECT_EQ(allowed("POST", "/api/v1/events"), "GET");
    EXPECT_EQ(allowed("POST", "/healthz"), "GET, HEAD");
    EXPECT_EQ(allowed("POST", "/"), "GET, HEAD");
    EXPECT_EQ(allowed("GET", "/in/desk"), "POST");
}

}  // namespace
}  // namespace touchline::api
