#include "api_bench.hpp"
#include "recorded_workshop.hpp"

namespace touchline::api {
namespace {

class Operation : public ApiBench {
protected:
    Operation() {
        workshop_ = &bench_;
        start();
    }
    RecordedWorkshop bench_;
};

TEST_F(Operation, ShowsHowFreshEachSourceIs) {
    const Answer answer = get("/api/v1/connections");
    EXPECT_EQ(text(answer, "/connections/0/connection"), "crm");
    EXPECT_EQ(value(answer, "/connections/0/records"), "2");
    EXPECT_EQ(text(answer, "/connections/1/state"), "current");
    EXPECT_EQ(value(answer, "/connections/1/dead_letters"), "1");
}

TEST_F(Operation, StartsRuns) {
    EXPECT_EQ(post("/api/v1/connections/crm/run").status, 202);
    EXPECT_EQ(post("/api/v1/connections/desk/run").status, 409);
    EXPECT_EQ(post("/api/v1/connections/none/run").status, 404);
}

TEST_F(Operation, ListsDeadLettersWithTheirReasons) {
    const Answer answer = get("/api/v1/dead-letters");
    EXPECT_EQ(text(answer, "/dead_letters/0/connection"), "desk");
    EXPECT_EQ(text(answer, "/dead_letters/0/external_id"), "4");
    EXPECT_NE(text(answer, "/dead_letters/0/message"), "");
    EXPECT_NE(text(answer, "/dead_letters/0/place"), "");
    EXPECT_EQ(value(get("/api/v1/dead-letters?connection=crm"), "/dead_letters"), "[]");
    EXPECT_EQ(value(get("/api/v1/dead-letters?offset=1"), "/dead_letters"), "[]");
    EXPECT_EQ(get("/api/v1/dead-letters?limit=0").status, 400);
    EXPECT_EQ(get("/api/v1/dead-letters?limit=501").status, 400);
}

TEST_F(Operation, TriesDeadLettersAgain) {
    EXPECT_EQ(value(post("/api/v1/dead-letters/1/retry"), "/processed"), "true");
    for (const std::string id : {"2", "x", "1x", "-1", "99999999999999999999"}) {
        EXPECT_EQ(post("/api/v1/dead-letters/" + id + "/retry").status, 404) << id;
    }
}

TEST_F(Operation, TellsHowFarDestinationsHaveCome) {
    const Answer answer = get("/api/v1/destinations");
    EXPECT_EQ(text(answer, "/destinations/0/id"), "warehouse");
    EXPECT_EQ(text(answer, "/destinations/0/state"), "current");
    EXPECT_NE(value(answer, "/destinations/0/waiting"), "0") << "nothing was ever delivered";
}

TEST_F(Operation, EnablesDestinations) {
    EXPECT_EQ(value(post("/api/v1/destinations/warehouse/enable"), "/enabled"), "true");
    EXPECT_EQ(post("/api/v1/destinations/moon/enable").status, 404);
}

TEST_F(Operation, ShowsRequestsWithoutWhatTheySayOfPeopleUnlessAskedFor) {
    const Answer masked = get("/api/v1/connections/crm/requests");
    EXPECT_EQ(value(masked, "/masked"), "true");
    EXPECT_EQ(
        text(masked, "/requests/0/url"),
        "https://crm.example/contacts?page=3&email=***&since=2026-10-01"
    );
    EXPECT_EQ(masked.body.find("ana"), std::string::npos);
    EXPECT_EQ(text(masked, "/requests/0/credentials"), "bearer token");
    EXPECT_EQ(value(masked, "/requests/0/status"), "403");
    const Answer all = get("/api/v1/connections/crm/requests?masked=0");
    EXPECT_NE(text(all, "/requests/0/answer").find("ana@example.org"), std::string::npos);
    EXPECT_EQ(value(get("/api/v1/connections/desk/requests"), "/requests"), "[]");
}

TEST_F(Operation, SaysThatItIsWell) {
    const Answer answer = exchange(port(), "GET", "/healthz", {{"Host", "example.org"}});
    checked("get", "/healthz", answer);
    EXPECT_EQ(answer.status, 200);
    EXPECT_EQ(exchange(port(), "HEAD", "/healthz").status, 200);
}

TEST_F(Operation, PublishesWhatItSpeaks) {
    EXPECT_EQ(exchange(port(), "GET", "/api/v1/openapi.json").body, openapi_json());
    const Answer schema = exchange(port(), "GET", "/schema/touchpoint/1-0");
    EXPECT_EQ(text(schema, "/type"), "object");
}

TEST_F(Operation, HasNothingDescribedThatDoesNotAnswer) {
    const std::string customer = "/api/v1/customers/" + find("ana@example.org");
    for (const std::string end :
         {"", "/summary", "/journey", "/timeline", "/timeline/density", "/pins", "/why"})
        get(customer + end);
    post(customer + "/pins", R"({"touchpoint":"tp_nothing","pinned":true})");
    post(customer + "/notes", R"({"text":"Call back on Monday"})");
    post(customer + "/fields/name.full", R"({"value":"Ana Lima"})");
    post(customer + "/merge", R"({"with":"cu_nobody"})");
    post(customer + "/split", R"({"identities":[]})");
    post("/api/v1/undo", R"({"undo_token":"x"})");
    get(customer + "/export?format=json");
    get("/api/v1/audit");
    get("/api/v1/session");
    post("/api/v1/session", R"({"account":"ana","password":"x"})");
    post("/api/v1/session/end");
    get("/api/v1/sign-in");
    get("/api/v1/sign-in/callback");
    get("/api/v1/review");
    post("/api/v1/review/1", R"({"verdict":"later"})");
    get("/api/v1/connections");
    post("/api/v1/connections/crm/run");
    get("/api/v1/destinations");
    post("/api/v1/destinations/warehouse/enable");
    get("/api/v1/dead-letters");
    post("/api/v1/dead-letters/1/retry");
    get("/api/v1/dead-letters/causes");
    post("/api/v1/dead-letters/drop", R"({"ids":[],"count":0})");
    get("/api/v1/dead-letters/dropped");
    post("/api/v1/dead-letters/dropped/1/restore");
    get("/api/v1/connections/crm/runs");
    get("/api/v1/connections/crm/requests");
    get("/api/v1/users");
    for (const std::string end : {"", "/role", "/password", "/disable", "/enable"})
        post("/api/v1/users/tom" + end);
    get("/api/v1/streams");
    const std::string stream = "/api/v1/connections/desk/streams/rows";
    get(stream + "/samples");
    get(stream + "/mapping");
    post(stream + "/mapping", R"({"text":"a: 1","etag":"v1"})");
    post(stream + "/trial", R"({"text":"a: 1"})");
    get("/api/v1/raw-volume");
    get("/api/v1/replays");
    post("/api/v1/replays");
    post("/api/v1/replays/1/cancel");
    get("/api/v1/plans");
    post("/api/v1/plans");
    get("/api/v1/plans/p1");
    post("/api/v1/plans/p1/cancel");
    post("/api/v1/plans/p1/apply");
    get("/api/v1/tap");
    checked("get", "/healthz", exchange(port(), "GET", "/healthz"));
    checked("get", "/api/v1/events", exchange(port(), "GET", "/api/v1/events"));
    for (const json::Member path : description_.root().get("paths")->members()) {
        for (const json::Member method : path.value.members()) {
            EXPECT_TRUE(asked_.contains(std::string(method.key) + " " + std::string(path.key)))
                << method.key << " " << path.key << " is described and not tested";
        }
    }
}

}  // namespace
}  // namespace touchline::api
