#include "world.hpp"

namespace touchline::host {
namespace {

using Outcome = ingest::Enrichment::Outcome;

std::vector<ingest::Subject> subjects(std::initializer_list<std::string_view> ids) {
    std::vector<ingest::Subject> list;
    for (const auto id : ids) list.push_back({id, R"({"email": "ana@example.org"})"});
    return list;
}

class HostedEnricher : public ::testing::TestWithParam<Mode> {
protected:
    HostedEnricher()
        : enricher_(must(
              open_enricher(GetParam(), TEST_PLUGINS "/test.probe.so", acme(), world_.services())
          )) {}

    World world_;
    std::unique_ptr<ingest::Enricher> enricher_;
};

TEST_P(HostedEnricher, AnswersForEachSubjectInOrder) {
    const auto answers = enricher_->enrich(subjects({"a", "bad", "silent"}), {});
    ASSERT_TRUE(answers) << answers.error().text();
    ASSERT_EQ(answers->size(), 3u);
    EXPECT_EQ((*answers)[0].outcome, Outcome::answered);
    EXPECT_EQ((*answers)[0].facts, R"({"seen":"ana@example.org"})");
    EXPECT_EQ((*answers)[1].outcome, Outcome::rejected);
    EXPECT_EQ((*answers)[1].message, "nobody has such an address");
    EXPECT_EQ((*answers)[2].outcome, Outcome::retry) << "who says nothing has not answered";
}

TEST_P(HostedEnricher, KeepsWhatIsKnownWhenTheRestFails) {
    const auto answers = enricher_->enrich(subjects({"a", "stop", "b"}), {});
    ASSERT_TRUE(answers) << answers.error().text();
    EXPECT_EQ((*answers)[0].outcome, Outcome::answered);
    EXPECT_EQ((*answers)[2].outcome, Outcome::retry);
    EXPECT_EQ((*answers)[2].retry_after, std::chrono::milliseconds(2000));
    EXPECT_FALSE(enricher_->enrich(subjects({"stop"}), {}));
}

TEST_P(HostedEnricher, RefusesWhatIsNoAnswer) {
    EXPECT_FALSE(enricher_->enrich(subjects({"beyond"}), {}));
    EXPECT_FALSE(enricher_->enrich(subjects({"list"}), {})) << "facts are an object";
    EXPECT_FALSE(enricher_->enrich(subjects({"much"}), {})) << "facts are small";
}

TEST_P(HostedEnricher, IsOneThatSaysSo) {
    const auto file = open_enricher(
        GetParam(), BUILT_PLUGINS "/file.so", acme(R"({"path": "inbox"})"), world_.services()
    );
    ASSERT_FALSE(file);
    EXPECT_EQ(file.error().code(), Code::config);
}

INSTANTIATE_TEST_SUITE_P(
    , HostedEnricher, ::testing::Values(Mode::in_process, Mode::isolated), name_of
);

}  // namespace
}  // namespace touchline::host
