// What becomes of facts: how far they are trusted, and how a source takes them back.
#include "workbench.hpp"

namespace touchline::ingest {
namespace {

class Facts : public Workbench {
protected:
    static constexpr const char* k_log = R"(
emit: fact
set:
  identities: [{ns: crm.contact, value: =who}, {ns: email, value: =mail, trust: verified}]
  observed_at: =at
  field: =field
  value: =value
  retract: =gone
)";

    std::vector<store::StoredFact> of(const std::string& contact) {
        const auto identity = *reader()->find_identity("crm.contact", contact);
        return *reader()->facts_of({&identity->key, 1});
    }
};

TEST_F(Facts, AreTakenBackByALaterRecordOfTheirSource) {
    run(plan("crm", k_log),
        {R"([{"id":1,"who":"a","field":"email","value":"a@x.example","gone":false,"at":"2026-01-01T00:00:00Z"},
             {"id":2,"who":"a","field":"segment","value":"gold","gone":false,"at":"2026-01-01T00:00:00Z"},
             {"id":3,"who":"a","field":"email","value":"a@x.example","gone":true,"at":"2026-01-02T00:00:00Z"}])"}
    );
    const auto facts = of("a");
    ASSERT_EQ(facts.size(), 1U);
    EXPECT_EQ(facts[0].field, "segment");
}

TEST_F(Facts, AreTakenBackWhateverCameFirst) {
    run(plan("crm", k_log),
        {R"([{"id":3,"who":"a","field":"email","gone":true,"at":"2026-01-02T00:00:00Z"}])",
         R"([{"id":1,"who":"a","field":"email","value":"a@x.example","gone":false,"at":"2026-01-01T00:00:00Z"}])"}
    );
    EXPECT_TRUE(of("a").empty());
}

TEST_F(Facts, ReturnWhenTheirRetractionGoesAway) {
    ConnectionPlan crm = plan("crm", k_log);
    run(crm,
        {R"([{"id":1,"who":"a","field":"email","value":"a@x.example","gone":false,"at":"2026-01-01T00:00:00Z"},
             {"id":3,"who":"a","field":"email","gone":true,"at":"2026-01-02T00:00:00Z"}])"});
    EXPECT_TRUE(of("a").empty());
    run(crm,
        {R"([{"id":3,"who":"a","field":"segment","value":"gold","gone":false,"at":"2026-01-03T00:00:00Z"}])"}
    );
    EXPECT_EQ(of("a").size(), 2U);
}

TEST_F(Facts, AreTrustedAsTheIdentityThatTheyAre) {
    run(plan("crm", k_log),
        {R"([{"id":1,"who":"a","mail":"a@x.example","field":"email","value":"a@x.example","gone":false,"at":"2026-01-01T00:00:00Z"},
             {"id":2,"who":"a","mail":"a@x.example","field":"segment","value":"gold","gone":false,"at":"2026-01-01T00:00:00Z"}])"}
    );
    std::map<std::string, model::Trust> trust;
    for (const store::StoredFact& fact : of("a")) trust[fact.field] = fact.trust;
    EXPECT_EQ(trust["email"], model::Trust::verified);
    EXPECT_EQ(trust["segment"], model::Trust::claimed);
}

}  // namespace
}  // namespace touchline::ingest
