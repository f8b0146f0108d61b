#include "api_bench.hpp"

namespace touchline::api {
namespace {

class Decisions : public ApiBench {
protected:
    Decisions() { start(); }
    Answer merge(const std::string& a, const std::string& b, const std::string& query = "") {
        return post(
            "/api/v1/customers/" + a + "/merge" + query,
            R"({"with":")" + b + R"(","author":"Clara","reason":"same voice"})"
        );
    }
    const std::string crowd_ = "/api/v1/customers/";
};

TEST_F(Decisions, MergeUndoneAndAliasesAnswerWithTheLivingCustomer) {
    const std::string ana = find("ana@example.org"), ben = find("ben@example.org");
    ASSERT_NE(ana, ben);
    const Answer trial = merge(ana, ben, "?dry_run=true");
    EXPECT_EQ(value(trial, "/dry_run"), "true");
    EXPECT_EQ(value(trial, "/undo_token"), "null");
    EXPECT_EQ(find("ben@example.org"), ben);

    const Answer merged = merge(ana, ben);
    ASSERT_EQ(merged.status, 200) << merged.body;
    EXPECT_EQ(value(merged, "/after/0/touchpoints"), "3");
    const std::string living = find("ben@example.org"), alias = living == ana ? ben : ana;
    EXPECT_EQ(find("ana@example.org"), living);
    EXPECT_EQ(find(alias), living);
    for (const std::string& id : {living, alias}) {
        EXPECT_EQ(text(get(crowd_ + id), "/id"), living);
        EXPECT_EQ(text(get(crowd_ + id), "/aliases/0"), alias);
        EXPECT_EQ(text(get(crowd_ + id + "/summary"), "/id"), living);
        EXPECT_EQ(text(get(crowd_ + id + "/timeline"), "/customer"), living);
        EXPECT_EQ(value(get(crowd_ + id + "/timeline"), "/total"), "3");
        EXPECT_EQ(text(get(crowd_ + id + "/why"), "/customer"), living);
    }
    EXPECT_EQ(merge(ana, ben).status, 409);

    const Answer undone =
        post("/api/v1/undo", R"({"undo_token":)" + value(merged, "/undo_token") + "}");
    EXPECT_EQ(value(undone, "/undone"), "true") << undone.body;
    EXPECT_EQ(find("ana@example.org"), ana);
    EXPECT_EQ(find("ben@example.org"), ben);
}

TEST_F(Decisions, SplitTakesAnIdentityAway) {
    const std::string ana = find("ana@example.org");
    const std::string body = R"({"identities":["desk.user:55"],"author":"Clara","reason":"no"})";
    EXPECT_EQ(value(post(crowd_ + ana + "/split?dry_run=1", body), "/undo_token"), "null");
    EXPECT_EQ(find("desk.user:55"), ana);
    const Answer split = post(crowd_ + ana + "/split", body);
    ASSERT_EQ(split.status, 200) << split.body;
    EXPECT_NE(find("desk.user:55"), find("ana@example.org"));
    EXPECT_EQ(
        post("/api/v1/undo", R"({"undo_token":)" + value(split, "/undo_token") + "}").status, 200
    );
    EXPECT_EQ(find("desk.user:55"), find("ana@example.org"));
}

TEST_F(Decisions, NeverMistakeATrialForTheRealThing) {
    const std::string ana = find("ana@example.org"), ben = find("ben@example.org");
    EXPECT_EQ(value(merge(ana, ben, "?dry_run"), "/dry_run"), "true");
    EXPECT_EQ(merge(ana, ben, "?dry_run=yes").status, 400);
    EXPECT_EQ(merge(ana, ben, "?dry_run=TRUE").status, 400);
    EXPECT_EQ(find("ben@example.org"), ben);
}

TEST_F(Decisions, RefuseWhatMakesNoSense) {
    const std::string ana = find("ana@example.org");
    EXPECT_EQ(merge(ana, ana).status, 409);
    EXPECT_EQ(merge(ana, "cu_nobody").status, 404);
    EXPECT_EQ(merge("cu_nobody", ana).status, 404);
    for (const std::string body :
         {"", "{", "[]", "null", "{}", R"({"with":7})", R"({"with":""})", "\xff"}) {
        EXPECT_EQ(post(crowd_ + ana + "/merge", body).status, 400) << body;
    }
    for (const std::string body :
         {"{}",
          R"({"identities":"desk.user:55"})",
          R"({"identities":[]})",
          R"({"identities":[7]})",
          R"({"identities":["desk.user:56"]})"}) {
        EXPECT_EQ(post(crowd_ + ana + "/split", body).status, 400) << body;
    }
    EXPECT_EQ(post("/api/v1/undo", R"({"undo_token":"nonsense"})").status, 400);
    EXPECT_EQ(post("/api/v1/undo", R"({"undo_token":"undo_99999"})").status, 404);
}

TEST_F(Decisions, OnFieldsStandAboveTheSourcesUntilTheyAreTakenBack) {
    const std::string ana = crowd_ + find("ana@example.org"), field = ana + "/fields/name.full";
    const Answer chosen = post(field, R"({"value":"Ana Lima","author":"eva","reason":"married"})");
    ASSERT_EQ(chosen.status, 200) << chosen.body;
    EXPECT_EQ(text(chosen, "/name"), "Ana Lima");
    const Answer customer = get(ana);
    EXPECT_EQ(text(customer, "/fields/name.full/value"), "Ana Lima");
    EXPECT_EQ(text(customer, "/fields/name.full/from"), "agent/eva");
    EXPECT_EQ(text(customer, "/fields/name.full/rule"), "manual");
    EXPECT_EQ(text(customer, "/fields/name.full/reason"), "married");
    EXPECT_EQ(post(field, R"({"value":null})").status, 200);
    EXPECT_NE(text(get(ana), "/name"), "Ana Lima");
    EXPECT_EQ(post(field, R"({"value":null})").status, 404);
    EXPECT_EQ(post(field, R"({"author":"eva"})").status, 400);
}

TEST_F(Decisions, CanBeLookedBackUpon) {
    const std::string ana = crowd_ + find("ana@example.org");
    const Answer now = get(ana + "/why");
    EXPECT_NE(value(now, "/identities"), "[]");
    EXPECT_EQ(get(ana + "/why?as_of=1999-01-01T00:00:00Z").status, 404) << "not known yet";
    EXPECT_EQ(
        value(get(ana + "/why?as_of=2999-01-01T00:00:00Z"), "/identities"),
        value(now, "/identities")
    );
    EXPECT_EQ(get(ana + "/why?as_of=yesterday").status, 400);
}

}  // namespace
}  // namespace touchline::api
