#include "workbench.hpp"

#include "touchline/ingest/curation.hpp"

namespace touchline::ingest {
namespace {

class Reviews : public Workbench {
protected:
    static std::string namesake(
        const std::string& id, const std::string& email, const std::string& updated
    ) {
        return R"({"id":")" + id + R"(","email":")" + email +
               R"(","phone":"","name":"Ana Silva","updated":")" + updated + R"("})";
    }
    void arrive(const std::string& updated = "2026-01-01T00:00:00Z") {
        run(plan("crm", k_contacts),
            {"[" + namesake("a1", "ana.silva@one.example", updated) + "," +
             namesake("a2", "ana.silva@two.example", updated) + "]"});
    }
    std::vector<store::Review> in(store::ReviewState state) {
        return *reader()->reviews(state, 0, 10);
    }
    std::string of(const std::string& contact) { return customer_of("crm.contact", contact); }
    Result<Decision> decide(store::ReviewKey key, Verdict verdict) {
        return decide_review(environment_, key, verdict, {"eva", "asked her", false});
    }
};

TEST_F(Reviews, AskAboutNamesakesWithMailboxesThatAreAlike) {
    arrive();
    const auto open = in(store::ReviewState::open);
    ASSERT_EQ(open.size(), 1U);
    EXPECT_NE(open[0].reason.find("surname is equal"), std::string::npos) << open[0].reason;
    EXPECT_NE(of("a1"), of("a2"));
}

TEST_F(Reviews, AreAnsweredWithAPersonsWord) {
    arrive();
    const auto key = in(store::ReviewState::open).at(0).key;
    ASSERT_TRUE(decide(key, Verdict::same));
    EXPECT_EQ(of("a1"), of("a2"));
    const auto decided = in(store::ReviewState::same);
    ASSERT_EQ(decided.size(), 1U);
    EXPECT_EQ(decided[0].author, "eva");
    EXPECT_EQ(decided[0].note, "asked her");
    EXPECT_TRUE(decided[0].decided_at);
    EXPECT_TRUE(in(store::ReviewState::open).empty());
}

TEST_F(Reviews, MayBeAnsweredAnew) {
    arrive();
    const auto key = in(store::ReviewState::open).at(0).key;
    ASSERT_TRUE(decide(key, Verdict::same));
    ASSERT_TRUE(decide(key, Verdict::not_same));
    EXPECT_NE(of("a1"), of("a2"));
    ASSERT_TRUE(decide(key, Verdict::later));
    EXPECT_EQ(in(store::ReviewState::later).size(), 1U);
}

TEST_F(Reviews, StayAnsweredWhenTheRecordsComeAgain) {
    arrive();
    ASSERT_TRUE(decide(in(store::ReviewState::open).at(0).key, Verdict::not_same));
    arrive("2026-02-01T00:00:00Z");
    EXPECT_TRUE(in(store::ReviewState::open).empty());
    EXPECT_NE(of("a1"), of("a2"));
}

TEST_F(Reviews, KnowNoQuestionThatWasNeverAsked) {
    EXPECT_EQ(
        decide(static_cast<store::ReviewKey>(77), Verdict::same).error().code(), Code::not_found
    );
}

}  // namespace
}  // namespace touchline::ingest
