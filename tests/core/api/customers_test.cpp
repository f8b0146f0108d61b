#include "api_bench.hpp"

namespace touchline::api {
namespace {

class Customers : public ApiBench {
protected:
    Customers() { start(); }
    std::string timeline(const std::string& query = "") {
        return "/api/v1/customers/" + find("ana@example.org") + "/timeline?" + query;
    }
};

TEST_F(Customers, AreFoundByAddressNumberNameAndKey) {
    const std::string ana = find("ana@example.org");
    ASSERT_TRUE(ana.starts_with("cu_")) << ana;
    for (const std::string what :
         {"ANA@Example.org",
          "+32470123456",
          "0470 12 34 56",
          "0032 470/12.34.56",
          "+32-470-12-34-56",
          "tel:+32470123456",
          "Tel:0470 12 34 56",
          "mailto:ana@example.org",
          "Ana Peters",
          "Ana Peetres",
          "Ana Peeters",
          "peeters",
          "ana pee",
          "desk.user:55"}) {
        EXPECT_EQ(find(what), ana) << what;
    }
    EXPECT_EQ(find(ana), ana);
    const Answer found = get("/api/v1/lookup?q=0470123456");
    EXPECT_EQ(text(found, "/query/kind"), "phone");
    EXPECT_EQ(text(found, "/matches/0/name"), "Ana Peeters");
    EXPECT_EQ(value(found, "/matches/0/touchpoints"), "2");
    EXPECT_EQ(text(found, "/matches/0/last_touch"), "2026-10-03T08:00:00Z");
    EXPECT_EQ(value(get("/api/v1/lookup?q=nobody%40example.org"), "/matches"), "[]");
}

TEST_F(Customers, AreNotLookedUpByNonsense) {
    for (const std::string query :
         {"", "?q=", "?q=ana&limit=0", "?q=ana&limit=51", "?q=ana&limit=x"}) {
        EXPECT_EQ(get("/api/v1/lookup" + query).status, 400) << query;
    }
    EXPECT_EQ(get("/api/v1/lookup?q=" + std::string(321, 'a')).status, 400);
    for (const std::string odd : {"%00", "%FF%FE", "%22OR%201%3D1", "%2A", "%28", "AND%20NOT"}) {
        EXPECT_EQ(get("/api/v1/lookup?q=" + odd).status, 200) << odd;
    }
}

TEST_F(Customers, AreShownWithFieldsIdentitiesAndLinks) {
    const Answer shown = get("/api/v1/customers/" + find("ana@example.org"));
    EXPECT_EQ(shown.status, 200);
    EXPECT_EQ(text(shown, "/name"), "Ana Peeters");
    EXPECT_EQ(text(shown, "/fields/email/value"), "ana@example.org");
    EXPECT_EQ(text(shown, "/fields/email/from"), "crm/rows/1");
    EXPECT_EQ(value(shown, "/identities/2/ns").empty(), false) << shown.body;
    EXPECT_EQ(value(shown, "/links/0/reason").empty(), false) << shown.body;
}

TEST_F(Customers, HaveAJourneyAndADensity) {
    const std::string ana = "/api/v1/customers/" + find("ana@example.org");
    const Answer journey = get(ana + "/journey");
    EXPECT_EQ(text(journey, "/current/phase"), "research");
    EXPECT_EQ(text(journey, "/phases/7/id"), "recommend");
    EXPECT_EQ(value(journey, "/feelings"), "[]");
    EXPECT_EQ(value(journey, "/score"), "null");
    const Answer density = get(ana + "/timeline/density?step=month");
    EXPECT_EQ(value(density, "/total"), "2");
    EXPECT_EQ(text(density, "/parts/0/from"), "2026-10-01T00:00:00Z");
    EXPECT_EQ(get(ana + "/timeline/density?step=hour").status, 400);
    EXPECT_EQ(get("/api/v1/customers/cu_nobody/journey").status, 404);
}

TEST_F(Customers, TimelineTakesFiltersByMoodReferenceAndTime) {
    EXPECT_EQ(value(get(timeline("mood=low")), "/total"), "0");
    EXPECT_EQ(get(timeline("mood=blue")).status, 400);
    EXPECT_EQ(value(get(timeline("people=1&fold=1")), "/touchpoints"), "2");
    EXPECT_EQ(value(get(timeline("ref=T-1")), "/total"), "0");
    EXPECT_EQ(value(get(timeline("around=2026-10-02T00:00:00Z")), "/offset"), "1");
    EXPECT_EQ(get(timeline("around=soon")).status, 400);
    EXPECT_EQ(text(get(timeline()), "/items/0/phase/by"), "table");
}

TEST_F(Customers, AreSummedUp) {
    const Answer summary = get("/api/v1/customers/" + find("ana@example.org") + "/summary");
    EXPECT_EQ(value(summary, "/touchpoints"), "2");
    EXPECT_EQ(text(summary, "/first_touch"), "2026-10-01T08:00:00Z");
    EXPECT_EQ(text(summary, "/departments/0/name"), "Sales and service");
    EXPECT_EQ(text(summary, "/sources/0/connection"), "crm");
}

TEST_F(Customers, HaveATimelineInPages) {
    const Answer all = get(timeline());
    EXPECT_EQ(value(all, "/total"), "2");
    EXPECT_EQ(text(all, "/items/0/subject"), "it has come");
    EXPECT_EQ(text(all, "/items/0/title"), "Message received");
    EXPECT_EQ(text(all, "/items/0/department_name"), "Sales and service");
    const Answer second = get(timeline("offset=1&limit=1"));
    EXPECT_EQ(value(second, "/total"), "2");
    EXPECT_EQ(value(second, "/items/0"), value(all, "/items/1"));
    EXPECT_EQ(value(get(timeline("offset=2")), "/items"), "[]");
}

TEST_F(Customers, HaveATimelineUnderFilters) {
    const auto total = [&](const std::string& query) {
        return value(get(timeline(query)), "/total");
    };
    EXPECT_EQ(total("department=sales"), "2");
    EXPECT_EQ(total("department=billing"), "0");
    EXPECT_EQ(total("kind=message.sent"), "2");
    EXPECT_EQ(total("kind=case.,message."), "2");
    EXPECT_EQ(total("kind=case."), "0");
    EXPECT_EQ(total("channel=email"), "2");
    EXPECT_EQ(total("channel=phone"), "0");
    EXPECT_EQ(total("q=BIKE"), "1");
    EXPECT_EQ(total("q=%25"), "0");
    EXPECT_EQ(total("before=2026-10-02T00:00:00Z"), "1");
    EXPECT_EQ(total("after=2026-10-02T00:00:00%2B02:00&q=come"), "1");
}

TEST_F(Customers, SayWhichParameterIsWrong) {
    for (const std::string name : {"offset", "limit", "before", "after"}) {
        for (const std::string bad : {"x", "-1", "1e3", "99999999999999999999", "2026-13-01"}) {
            const Answer refused = get(timeline(name + "=" + bad));
            EXPECT_EQ(refused.status, 400) << name << "=" << bad;
            EXPECT_NE(text(refused, "/detail").find(name), std::string::npos) << refused.body;
        }
    }
    EXPECT_EQ(get(timeline("limit=201")).status, 400);
    EXPECT_EQ(get(timeline("limit=0")).status, 400);
}

TEST_F(Customers, ExplainWhyTheyAreOne) {
    const std::string path = "/api/v1/customers/" + find("ana@example.org") + "/why";
    const Answer why = get(path);
    EXPECT_NE(value(why, "/reasons"), "[]");
    const Answer pair = get(path + "?a=desk.user%3A55&b=crm.contact%3A1");
    EXPECT_EQ(pair.status, 200);
    EXPECT_NE(value(pair, "/reasons"), "[]");
    EXPECT_EQ(get(path + "?a=desk.user%3A55&b=crm.contact%3A99").status, 404);
}

TEST_F(Customers, ThatAreNotThereAreSaidNotToBe) {
    for (const std::string end : {"", "/summary", "/timeline", "/why"}) {
        EXPECT_EQ(get("/api/v1/customers/cu_nobody" + end).status, 404) << end;
        EXPECT_EQ(get("/api/v1/customers/%27%3B--" + end).status, 404) << end;
    }
}

}  // namespace
}  // namespace touchline::api
