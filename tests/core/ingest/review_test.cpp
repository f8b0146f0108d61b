#include "workbench.hpp"

#include "touchline/ingest/curation.hpp"

namespace touchline::ingest {
namespace {

/// Of a company that wants to be asked about namesakes, too.
class Reviews : public Workbench {
protected:
    Reviews() { environment_.limits.review_from = -4; }

    static constexpr const char* k_people = R"(
emit: fact
set:
  identities: [{ns: crm.contact, value: =id}, {ns: email, value: =email}, {ns: name, value: =name}]
  observed_at: =updated
fields: {name.full: =name, email: =email, birth_date: =birth, address.street: =street, address.city: =city}
)";

    void arrive(const std::string& updated = "2026-01-01T00:00:00Z") {
        const std::string known =
            R"({"id":"a1","name":"Ana Silva","email":"ana.silva@example.org","birth":"1980-05-17",)"
            R"("city":"Gent","street":"12 Kerkstraat","updated":")" +
            updated + R"("})";
        const std::string namesake =
            R"({"id":"a2","name":"Ana Silva","email":"silva@elsewhere.example","city":"Gent",)"
            R"("updated":")" +
            updated + R"("})";
        run(plan("crm", k_people), {"[" + known + "," + namesake + "]"});
    }
    std::vector<store::Review> in(store::ReviewState state) {
        return *reader()->reviews(state, 0, 10);
    }
    std::string of(const std::string& contact) { return customer_of("crm.contact", contact); }
    Result<Decision> decide(store::ReviewKey key, Verdict verdict) {
        return decide_review(environment_, key, verdict, {"eva", "asked her", false});
    }
};

TEST_F(Reviews, AskAboutNamesakesOfOneTown) {
    arrive();
    const auto open = in(store::ReviewState::open);
    ASSERT_EQ(open.size(), 1U);
    EXPECT_NE(open[0].reason.find("surname is equal"), std::string::npos) << open[0].reason;
    EXPECT_NE(of("a1"), of("a2"));
}

TEST_F(Reviews, AskAboutNamesakesOnlyWhereThatIsWanted) {
    environment_.limits = {};
    arrive();
    EXPECT_TRUE(in(store::ReviewState::open).empty());
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
