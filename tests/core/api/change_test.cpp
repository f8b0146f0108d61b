// Changing without fear over HTTP: mappings on the bench, plans, replays, the tap.
#include "api_bench.hpp"
#include "recorded_workshop.hpp"

namespace touchline::api {
namespace {

class Change : public ApiBench {
protected:
    Change() {
        workshop_ = &bench_;
        start();
    }
    static constexpr const char* k_stream = "/api/v1/connections/desk/streams/rows";
    RecordedWorkshop bench_;
};

TEST_F(Change, OffersDeadLettersFirstThenTheLatestRecords) {
    const Answer answer = get(std::string(k_stream) + "/samples?masked=0");
    EXPECT_EQ(text(answer, "/samples/0/id"), "letter:1");
    EXPECT_EQ(text(answer, "/samples/0/external_id"), "4");
    EXPECT_NE(text(answer, "/samples/0/fault"), "");
    EXPECT_EQ(text(answer, "/samples/1/external_id"), "4") << "the record itself is kept, too";
    EXPECT_EQ(text(answer, "/samples/2/external_id"), "3");
    EXPECT_NE(text(answer, "/samples/2/text").find("ben@example.org"), std::string::npos);
}

TEST_F(Change, ShowsRecordsMaskedUnlessAsked) {
    const Answer answer = get(std::string(k_stream) + "/samples");
    EXPECT_EQ(value(answer, "/masked"), "true");
    EXPECT_EQ(answer.body.find("example.org"), std::string::npos) << answer.body;
    EXPECT_EQ(answer.body.find("question"), std::string::npos) << answer.body;
    EXPECT_NE(answer.body.find("2026-10-02T08:00:00Z"), std::string::npos) << "times help";
    EXPECT_EQ(get(std::string(k_stream) + "/samples?masked=perhaps").status, 400);
}

TEST_F(Change, GivesTheChosenRecordsToTheTrial) {
    post(std::string(k_stream) + "/trial", R"({"text":"good","samples":["record:3","letter:1"]})");
    ASSERT_EQ(bench_.inputs.size(), 2U);
    EXPECT_EQ(bench_.inputs[0].external_id, "1");
    EXPECT_NE(bench_.inputs[0].bytes.find("where is my bike"), std::string::npos);
    EXPECT_EQ(bench_.inputs[1].external_id, "4");
    for (const std::string id : {"record:1", "record:99", "letter:9", "17", "record:x", ""}) {
        const std::string body = R"({"text":"good","samples":[")" + id + R"("]})";
        EXPECT_EQ(post(std::string(k_stream) + "/trial", body).status, 404) << id;
    }
}

TEST_F(Change, ShowsWhatComesOfARecordAsATimelineItem) {
    const auto identity = reader()->find_identity("email", "ana@example.org");
    const auto key = (*identity)->key;
    const auto page = reader()->timeline(std::span(&key, 1), {}, 0, 1);
    std::string touchpoint;
    if (page && !page->items.empty()) touchpoint = page->items[0].data;
    if (touchpoint.empty()) {
        const auto other = reader()->find_identity("desk.user", "55");
        const auto desk = (*other)->key;
        touchpoint = reader()->timeline(std::span(&desk, 1), {}, 0, 1)->items.at(0).data;
    }
    bench_.becomes.touchpoints = {touchpoint};
    const std::string body = R"({"text":"good","samples":["record:3"]})";
    const Answer shown = post(std::string(k_stream) + "/trial?masked=0", body);
    EXPECT_EQ(text(shown, "/records/0/items/0/title"), "Message received");
    EXPECT_EQ(text(shown, "/records/0/items/0/subject"), "it has come");
    EXPECT_EQ(value(shown, "/cases/0/passed"), "true");
    EXPECT_EQ(text(shown, "/cases/1/differences/0/pointer"), "kind");
    const Answer masked = post(std::string(k_stream) + "/trial", body);
    EXPECT_EQ(text(masked, "/records/0/items/0/subject"), "xx xxx xxxx");
    EXPECT_EQ(masked.body.find("example.org"), std::string::npos) << masked.body;
}

TEST_F(Change, SaysWhatIsWrongWithATextByLineAndColumn) {
    const Answer answer = post(std::string(k_stream) + "/trial", R"({"text":"bad"})");
    EXPECT_EQ(answer.status, 200);
    EXPECT_EQ(value(answer, "/faults/0/line"), "3");
    EXPECT_EQ(value(answer, "/faults/0/column"), "5");
    EXPECT_EQ(value(answer, "/records"), "[]");
}

TEST_F(Change, SavesOnlyOverWhatWasRead) {
    const std::string mapping = std::string(k_stream) + "/mapping";
    const Answer preview = post(mapping + "?dry_run=1", R"({"text":"b","etag":"v1"})");
    EXPECT_EQ(text(preview, "/diff"), "-a\\n+b\\n");
    EXPECT_EQ(value(preview, "/saved"), "false");
    EXPECT_EQ(bench_.saved, "");
    EXPECT_EQ(post(mapping, R"({"text":"b","etag":"v0"})").status, 409);
    EXPECT_EQ(text(post(mapping, R"({"text":"b","etag":"v1"})"), "/etag"), "v2");
    EXPECT_EQ(bench_.saved, "b");
}

TEST_F(Change, ReplaysWhatIsSelected) {
    const Answer answer = post(
        "/api/v1/replays",
        R"({"connection":"desk","from":"2026-11-01T00:00:00Z","where":"user == '55'","author":"eva"})"
    );
    EXPECT_EQ(answer.status, 202);
    EXPECT_EQ(value(answer, "/id"), "7");
    EXPECT_EQ(text(answer, "/from"), "2026-11-01T00:00:00Z");
    ASSERT_TRUE(bench_.replayed);
    EXPECT_EQ(bench_.replayed->selection.connection, "desk");
    EXPECT_FALSE(bench_.replayed->selection.until);
    EXPECT_EQ(bench_.replayed->author, "eva");
    EXPECT_EQ(post("/api/v1/replays", R"({"where":"bad"})").status, 400);
    EXPECT_EQ(post("/api/v1/replays", R"({"from":"yesterday"})").status, 400);
    EXPECT_EQ(post("/api/v1/replays", R"({"share":2})").status, 400);
    EXPECT_EQ(text(post("/api/v1/replays/7/cancel"), "/state"), "cancelled");
    EXPECT_EQ(post("/api/v1/replays/8/cancel").status, 404);
    EXPECT_EQ(post("/api/v1/replays/x/cancel").status, 404);
}

TEST_F(Change, PlansAndRefusesWhenTheGroundMoved) {
    EXPECT_EQ(text(post("/api/v1/plans", R"({"share":0.1,"with_rules":false})"), "/id"), "p1");
    EXPECT_FALSE(bench_.wished->with_rules);
    EXPECT_EQ(bench_.wished->selection.share, 0.1);
    EXPECT_EQ(value(get("/api/v1/plans/p1"), "/report/empty"), "true");
    EXPECT_EQ(get("/api/v1/plans/p2").status, 404);
    EXPECT_EQ(post("/api/v1/plans/p1/apply").status, 409);
    EXPECT_EQ(post("/api/v1/plans/p1/apply", R"({"even_if_records_came":true})").status, 202);
}

TEST_F(Change, KnowsHowMuchArrivedWhen) {
    EXPECT_EQ(value(get("/api/v1/raw-volume"), "/records"), "6");
    const Answer desk = get("/api/v1/raw-volume?connection=desk");
    EXPECT_EQ(value(desk, "/records"), "4");
    EXPECT_EQ(text(desk, "/hours/0/from"), "2026-11-01T12:00:00Z");
}

TEST_F(Change, TapsMasked) {
    EXPECT_EQ(
        text(get("/api/v1/tap?after=4"), "/rows/0/text"),
        R"({\"subject\":\"xx xxxx xx xxxx\",\"state\":\"open\"})"
    );
    EXPECT_EQ(value(get("/api/v1/tap?after=4"), "/rows/0/number"), "5");
    EXPECT_NE(get("/api/v1/tap?masked=0").body.find("my bell"), std::string::npos);
}

TEST_F(Change, GroupsDeadLettersByCauseAndDropsAsManyAsWereSeen) {
    const Answer causes = get("/api/v1/dead-letters/causes");
    EXPECT_EQ(value(causes, "/total"), "1");
    EXPECT_EQ(value(causes, "/causes/0/letters"), "1");
    EXPECT_EQ(value(causes, "/causes/0/ids"), "[1]");
    EXPECT_NE(text(causes, "/causes/0/place"), "");
    EXPECT_EQ(post("/api/v1/dead-letters/drop", R"({"ids":[1],"count":2})").status, 400);
    EXPECT_EQ(post("/api/v1/dead-letters/drop", R"({"ids":[1,9],"count":2})").status, 404);
    EXPECT_EQ(value(get("/api/v1/dead-letters/causes"), "/total"), "1") << "all or nothing";
    EXPECT_EQ(post("/api/v1/dead-letters/drop", R"({"ids":[1],"count":1})").status, 200);
    EXPECT_EQ(value(get("/api/v1/dead-letters/causes"), "/total"), "0");
}

TEST_F(Change, BringsBackWhatWasDropped) {
    const std::string cause = text(get("/api/v1/dead-letters/causes"), "/causes/0/id");
    const Answer dropped = post("/api/v1/dead-letters/drop", R"({"ids":[1],"count":1})");
    const std::string dropping = value(dropped, "/dropping");
    const Answer droppings = get("/api/v1/dead-letters/dropped");
    EXPECT_EQ(value(droppings, "/droppings/0/id"), dropping);
    EXPECT_EQ(value(droppings, "/droppings/0/letters"), "1");
    EXPECT_EQ(text(droppings, "/droppings/0/connection"), "desk");
    const std::string restore = "/api/v1/dead-letters/dropped/" + dropping + "/restore";
    EXPECT_EQ(value(post(restore), "/restored"), "1");
    EXPECT_EQ(text(get("/api/v1/dead-letters/causes"), "/causes/0/id"), cause);
    EXPECT_EQ(post(restore).status, 404) << "it is back already";
    EXPECT_EQ(post("/api/v1/dead-letters/dropped/x/restore").status, 404);
    // For a month.
    post("/api/v1/dead-letters/drop", R"({"ids":[1],"count":1})");
    clock_.advance(std::chrono::days(31));
    post("/api/v1/dead-letters/drop", R"({"ids":[],"count":0})");
    EXPECT_EQ(value(get("/api/v1/dead-letters/dropped"), "/droppings"), "[]");
}

TEST_F(Change, KeepsACauseTheSameWhicheverOfItsLettersIsTheNewest) {
    const auto cause = [this] { return get("/api/v1/dead-letters/causes"); };
    const std::string id = text(cause(), "/causes/0/id");
    const std::string message = text(cause(), "/causes/0/message");
    clock_.advance(std::chrono::hours(1));
    run(plan("desk", k_events), {R"([
        {"id":5,"user":"57","email":"eve@example.org","subject":"no time","at":"the day before"}])"}
    );
    EXPECT_EQ(value(cause(), "/causes/0/letters"), "2");
    EXPECT_NE(text(cause(), "/causes/0/message"), message);
    EXPECT_EQ(text(cause(), "/causes/0/id"), id);
}

TEST_F(Change, TellsWithWhatEachRunWasMade) {
    const Answer answer = get("/api/v1/connections/desk/runs");
    EXPECT_EQ(text(answer, "/runs/0/outcome"), "ok");
    EXPECT_EQ(text(answer, "/runs/0/setup/connector"), "scripted@1");
    EXPECT_EQ(text(answer, "/runs/0/setup/mapping of rows"), "test.yaml@1");
}

class WithoutWorkshop : public ApiBench {
protected:
    WithoutWorkshop() { start(); }
};

TEST_F(WithoutWorkshop, ChangesNothing) {
    EXPECT_EQ(get("/api/v1/streams").status, 404);
    EXPECT_EQ(post("/api/v1/plans").status, 404);
    EXPECT_EQ(post("/api/v1/replays").status, 404);
}

}  // namespace
}  // namespace touchline::api
