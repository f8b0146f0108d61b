#include "touchline/ingest/enrichment_source.hpp"

#include "workbench.hpp"

#include <gmock/gmock.h>

namespace touchline::ingest {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

/// Knows what it is told to know, and remembers whom it was asked about.
class ScriptedEnricher final : public Enricher {
public:
    struct Script {
        std::map<std::string, Enrichment> known;  ///< by the subject's id
        std::vector<std::string> asked;
        std::size_t calls = 0;
        bool is_down = false;
    };

    explicit ScriptedEnricher(Script& script) : script_(&script) {}

    Result<std::string> check(std::stop_token) override { return std::string("It answers."); }
    Result<std::vector<Enrichment>> enrich(std::span<const Subject> subjects, std::stop_token)
        override {
        ++script_->calls;
        if (script_->is_down) return Error(Code::unavailable, "the service is down");
        std::vector<Enrichment> answers;
        for (const Subject& subject : subjects) {
            script_->asked.push_back(std::string(subject.fields));
            const auto known = script_->known.find(std::string(subject.id));
            answers.push_back(
                known != script_->known.end()
                    ? known->second
                    : Enrichment{Enrichment::Outcome::answered, "{}", "", {}}
            );
        }
        return answers;
    }

private:
    Script* script_;
};

Enrichment facts(std::string json) {
    return {Enrichment::Outcome::answered, std::move(json), "", {}};
}

class EnrichmentSource : public Workbench {
protected:
    static constexpr const char* k_companies = R"(
emit: fact
set:
  identities: [{ns: email, value: =email}]
  observed_at: =asked_at
fields: {company.name: =facts.company}
)";

    RunReport enrich() {
        const auto source = make_enrichment_source(
            std::make_unique<ScriptedEnricher>(script_), {{"email"}, 2}, *store_, clock_
        );
        ConnectionPlan companies = plan("companies", k_companies);
        companies.streams[0].info = source->streams()[0];
        return run(companies, *source);
    }
    void people(const std::string& first, const std::string& last) {
        std::string page;
        for (char name = first[0]; name <= last[0]; ++name) {
            const std::string id(1, name);
            page += (page.empty() ? "[" : ",") + std::string(R"({"id":")") + id + R"(","email":")" +
                    id + R"(@example.org","updated":"2026-10-01T08:00:00Z"})";
        }
        run(plan("crm", k_contacts), {page + "]"});
    }
    std::vector<std::string> companies_of(const std::string& email) {
        std::vector<std::string> values;
        const auto snapshot = reader();
        const auto identity = snapshot->find_identity("email", email);
        if (!identity || !*identity) return {"nobody"};
        const std::vector keys{(*identity)->key};
        for (const auto& fact : *snapshot->facts_of(keys))
            if (fact.field == "company.name") values.push_back(fact.value);
        return values;
    }

    ScriptedEnricher::Script script_;
};

TEST_F(EnrichmentSource, AsksAboutEachCustomerOnceByWhatTheEnricherWantsAlone) {
    people("a", "c");
    script_.known["email:b@example.org"] = facts(R"({"company":"Globex"})");
    const RunReport report = enrich();
    EXPECT_THAT(report.failures, IsEmpty());
    EXPECT_THAT(
        script_.asked,
        ElementsAre(
            R"({"email":"a@example.org"})",
            R"({"email":"b@example.org"})",
            R"({"email":"c@example.org"})"
        )
    );
    EXPECT_EQ(report.totals.records, 1) << "whom nobody knows makes no record";
    EXPECT_THAT(companies_of("b@example.org"), ElementsAre("\"Globex\""));
    script_.asked.clear();
    enrich();
    EXPECT_THAT(script_.asked, IsEmpty());
    people("d", "d");
    enrich();
    EXPECT_THAT(script_.asked, ElementsAre(R"({"email":"d@example.org"})"));
}

TEST_F(EnrichmentSource, NeverAsksAboutWhatManyShare) {
    people("a", "b");
    const auto info = *reader()->find_identity("email", "a@example.org");
    const auto transaction = *store_->begin();
    ASSERT_TRUE(transaction->set_shared(info->key, true));
    ASSERT_TRUE(transaction->commit());
    enrich();
    EXPECT_THAT(script_.asked, ElementsAre(R"({"email":"b@example.org"})"));
}

TEST_F(EnrichmentSource, AsksAgainAfterAMonth) {
    people("a", "a");
    script_.known["email:a@example.org"] = facts(R"({"company":"Globex"})");
    enrich();
    clock_.advance(std::chrono::hours(24) * 31);
    script_.known["email:a@example.org"] = facts(R"({"company":"Initech"})");
    enrich();
    EXPECT_THAT(companies_of("a@example.org"), ElementsAre("\"Initech\""));
}

TEST_F(EnrichmentSource, IsNotStoppedByCustomersWithoutAnAnswerAndAsksAboutThemAgain) {
    people("a", "e");
    Enrichment later;
    later.message = "HTTP 503";
    script_.known["email:b@example.org"] = later;
    script_.known["email:e@example.org"] = facts(R"({"company":"Globex"})");
    const RunReport report = enrich();
    ASSERT_THAT(report.failures, SizeIs(1));
    EXPECT_THAT(report.failures[0].error.text(), HasSubstr("HTTP 503"));
    EXPECT_THAT(companies_of("e@example.org"), ElementsAre("\"Globex\""));
    script_.asked.clear();
    script_.known["email:b@example.org"] = facts(R"({"company":"Initech"})");
    EXPECT_THAT(enrich().failures, IsEmpty());
    EXPECT_THAT(script_.asked, ElementsAre(R"({"email":"b@example.org"})"));
    EXPECT_THAT(companies_of("b@example.org"), ElementsAre("\"Initech\""));
}

TEST_F(EnrichmentSource, MakesADeadLetterOfACustomerWhomTheEnricherRejects) {
    people("a", "b");
    script_.known["email:a@example.org"] = {Enrichment::Outcome::rejected, "{}", "no address", {}};
    const RunReport report = enrich();
    EXPECT_THAT(report.failures, IsEmpty());
    const auto letters = reader()->dead_letters("companies", 0, 10);
    ASSERT_THAT(*letters, SizeIs(1));
    EXPECT_THAT(letters->front().message, HasSubstr("no address"));
    EXPECT_EQ(letters->front().external_id, "email:a@example.org");
    EXPECT_THAT(script_.asked, SizeIs(2));
}

TEST_F(EnrichmentSource, ForgetsNobodyWhenTheServiceIsDown) {
    people("a", "c");
    script_.is_down = true;
    EXPECT_THAT(enrich().failures, SizeIs(1));
    EXPECT_EQ(script_.calls, 1u) << "it is left alone";
    script_.is_down = false;
    EXPECT_THAT(enrich().failures, IsEmpty());
    EXPECT_THAT(script_.asked, SizeIs(3));
}

}  // namespace
}  // namespace touchline::ingest
