#include "workbench.hpp"

#include <gmock/gmock.h>

namespace touchline::ingest {
namespace {

using ConnectionRun = Workbench;

std::string message(
    int id, const std::string& email, const std::string& at = "2026-10-01T08:00:00Z"
) {
    return R"({"id":)" + std::to_string(id) + R"(,"user":")" + std::to_string(id % 7) +
           R"(","email":")" + email + R"(","at":")" + at + R"(","subject":"Message )" +
           std::to_string(id) + R"("})";
}

TEST_F(ConnectionRun, PutsWhatASourceSendsOnTheTimeline) {
    const ConnectionPlan desk = plan("desk", k_events);
    const RunReport report =
        run(desk,
            {"[" + message(1, "ana@example.org") + "," + message(8, "ana@example.org") + "]"});
    EXPECT_EQ(report.totals.records, 2);
    EXPECT_EQ(report.totals.touchpoints, 2);
    EXPECT_EQ(touchpoints_of("email", "ana@example.org"), 2);
    EXPECT_EQ(customer_of("desk.user", "1"), customer_of("email", "ana@example.org"));
}

TEST_F(ConnectionRun, DoublesNothingWhenTheSourceSendsAgain) {
    const ConnectionPlan desk = plan("desk", k_events);
    const std::string page = "[" + message(1, "ana@example.org") + "]";
    run(desk, {page});
    const RunReport again = run(desk, {page, page});
    EXPECT_EQ(again.totals.unchanged, 2);
    EXPECT_EQ(again.totals.touchpoints, 0);
    EXPECT_EQ(touchpoints_of("email", "ana@example.org"), 1);
}

TEST_F(ConnectionRun, FollowsAChangedRecord) {
    const ConnectionPlan desk = plan("desk", k_events);
    run(desk, {"[" + message(1, "ana@example.org") + "]"});
    run(desk, {"[" + message(1, "bea@example.org", "2026-10-02T08:00:00Z") + "]"});
    EXPECT_EQ(reader()->counts()->touchpoints, 1);
}

TEST_F(ConnectionRun, AnnouncesNothingWhenARecordChangesWhereNobodyLooks) {
    const ConnectionPlan desk = plan("desk", k_events);
    const std::string record = message(1, "ana@example.org");
    run(desk, {"[" + record + "]"});
    clock_.advance(std::chrono::hours(1));
    const std::string tagged = record.substr(0, record.size() - 1) + R"(,"tag":"vip"})";
    const RunReport again = run(desk, {"[" + tagged + "]"});
    EXPECT_EQ(again.totals.unchanged, 0);
    EXPECT_EQ(again.totals.touchpoints, 0);
    EXPECT_EQ(reader()->feed_after(0, 10)->size(), 1U);
}

TEST_F(ConnectionRun, KeepsTheRecordsAroundABadOne) {
    const ConnectionPlan desk = plan("desk", k_events);
    const RunReport report =
        run(desk,
            {"[" + message(1, "ana@example.org") +
                 R"(,{"id":2,"at":"tomorrow","user":"9"},{"user":"9"},)" +
                 message(3, "bea@example.org", "9999-01-01T00:00:00Z") + "," +
                 message(4, "cleo@example.org") + "]",
             "{\"broken\":",
             "[" + message(5, "dan@example.org") + "]"});
    EXPECT_EQ(report.totals.touchpoints, 3);
    EXPECT_EQ(report.totals.dead_letters, 4);
    const auto letters = *reader()->dead_letters("desk", 0, 10);
    ASSERT_EQ(letters.size(), 4U);
    for (const store::DeadLetter& letter : letters) {
        EXPECT_FALSE(letter.message.empty());
        EXPECT_FALSE(reader()->dead_letter_raw(letter.key)->empty());
    }
}

TEST_F(ConnectionRun, BeginsWhereTheStreamsConfigurationSaysUnlessTheCallerSaysMore) {
    ConnectionPlan desk = plan("desk", k_events);
    ScriptedSource source(desk.streams[0].info, {});
    run(desk, source);
    EXPECT_FALSE(source.began_at);
    desk.streams[0].since = clock_.now();
    run(desk, source);
    EXPECT_EQ(source.began_at, desk.streams[0].since);
    RunOptions options;
    options.since = clock_.now() - std::chrono::hours(1);
    ASSERT_TRUE(run_connection(environment_, desk, source, options));
    EXPECT_EQ(source.began_at, options.since);
}

TEST_F(ConnectionRun, GivesWayAtACheckpointAndGoesOnThereAsTheSameRun) {
    const ConnectionPlan desk = plan("desk", k_events);
    ScriptedSource source(
        desk.streams[0].info,
        {"[" + message(1, "ana@example.org") + "]",
         "[" + message(2, "bea@example.org") + "]",
         "[" + message(3, "cleo@example.org") + "]"}
    );
    const Time started = clock_.now();
    int turns = 0;
    RunReport report;
    do {
        const RunReport earlier = report;
        RunOptions options;
        options.started = started;
        options.earlier = &earlier;
        options.gives_way = [] { return true; };
        report = *run_connection(environment_, desk, source, options);
        EXPECT_EQ(report.totals.records, std::min(++turns, 3));
        const auto runs = *reader()->runs("desk", 10);
        ASSERT_EQ(runs.size(), 1U);
        EXPECT_EQ(runs[0].records, report.totals.records);
        EXPECT_EQ(runs[0].outcome, report.left.empty() ? "ok" : "running");
        clock_.advance(std::chrono::seconds(30));
    } while (!report.left.empty() && turns < 10);
    EXPECT_EQ(turns, 3);
    EXPECT_EQ(touchpoints_of("email", "cleo@example.org"), 1);
}

TEST_F(ConnectionRun, IsWrittenDownWhileItGoesOn) {
    const ConnectionPlan desk = plan("desk", k_events);
    ScriptedSource source(
        desk.streams[0].info,
        {"[" + message(1, "ana@example.org") + "]", "[" + message(2, "bea@example.org") + "]"}
    );
    std::vector<std::string> seen;
    RunOptions options;
    options.progress = [&](const Totals&) {
        for (const store::Run& run : *reader()->runs("desk", 10))
            seen.push_back(run.outcome + " " + std::to_string(run.records));
        clock_.advance(std::chrono::seconds(20));
    };
    ASSERT_TRUE(run_connection(environment_, desk, source, options));
    EXPECT_THAT(seen, testing::ElementsAre("running 1", "running 1", "running 2"));
    EXPECT_EQ(reader()->runs("desk", 10)->front().outcome, "ok");
}

TEST_F(ConnectionRun, TellsInLaterTurnsStillFromWhenAStreamWaits) {
    const ConnectionPlan desk = plan("desk", k_events);
    ScriptedSource source(desk.streams[0].info, {});
    RunReport earlier;
    earlier.waits.push_back(
        {"calls",
         Error(Code::rate_limited, "the system asks to wait").after(std::chrono::minutes(10)),
         clock_.now()}
    );
    const std::string until = format_rfc3339(clock_.now() + std::chrono::minutes(10));
    clock_.advance(std::chrono::minutes(5));
    RunOptions options;
    options.earlier = &earlier;
    ASSERT_TRUE(run_connection(environment_, desk, source, options));
    const store::Run run = reader()->runs("desk", 1)->front();
    EXPECT_EQ(run.outcome, "waiting");
    EXPECT_THAT(run.error, testing::HasSubstr("goes on after " + until));
}

TEST_F(ConnectionRun, DoesNotGiveWayWhereItGotNowhere) {
    const ConnectionPlan desk = plan("desk", k_events);
    class Rereading final : public Source {
    public:
        explicit Rereading(StreamInfo info) : streams_{std::move(info)} {}
        const std::vector<StreamInfo>& streams() const override { return streams_; }
        Result<std::string> check(std::stop_token) override { return std::string("fine"); }
        Result<ReadEnd> read(const ReadRequest& request, PageSink& sink) override {
            TOUCHLINE_CHECK(sink.checkpoint({streams_[0].name, 1, request.state}));
            TOUCHLINE_CHECK(sink.page({streams_[0].name, "[]", "", Format::json, {}}));
            return ReadEnd::end;
        }
        Result<void> webhook(const ReceivedWebhook&, PageSink&) override { return {}; }

    private:
        std::vector<StreamInfo> streams_;
    } source(desk.streams[0].info);
    RunOptions options;
    options.gives_way = [] { return true; };
    EXPECT_THAT(run_connection(environment_, desk, source, options)->left, testing::IsEmpty());
}

TEST_F(ConnectionRun, GoesOnWhereAFailedRunStopped) {
    const ConnectionPlan desk = plan("desk", k_events);
    ScriptedSource source(
        desk.streams[0].info,
        {"[" + message(1, "ana@example.org") + "]",
         "[" + message(2, "bea@example.org") + "]",
         "[" + message(3, "cleo@example.org") + "]"}
    );
    source.fail_at = 2;
    const RunReport failed = run(desk, source);
    ASSERT_EQ(failed.failures.size(), 1U);
    EXPECT_EQ(failed.failures[0].error.text(), "the source is down");
    EXPECT_EQ(failed.totals.touchpoints, 2);
    EXPECT_EQ(reader()->connection_stats("desk")->last_run->outcome, "failed");

    source.fail_at = SIZE_MAX;
    const RunReport rest = run(desk, source);
    EXPECT_EQ(rest.totals.records, 1);
    EXPECT_EQ(reader()->counts()->touchpoints, 3);
    EXPECT_EQ(reader()->connection_stats("desk")->last_run->outcome, "ok");
}

TEST_F(ConnectionRun, LosesNothingWhereverTheStoreGoesAway) {
    const ConnectionPlan desk = plan("desk", k_events);
    std::vector<std::string> pages;
    for (int i = 0; i < 30; ++i)
        pages.push_back("[" + message(i, "p" + std::to_string(i % 5) + "@example.org") + "]");
    ScriptedSource source(desk.streams[0].info, pages);
    // Each Ingestor is thrown away in the middle, as a kill would: what it had not committed never
    // was.
    for (std::size_t cut = 1; cut < pages.size(); cut += 3) {
        source.fail_at = cut;
        BatchLimits limits;
        limits.records = 2;
        Ingestor ingestor(environment_, desk, limits);
        const auto checkpoint = *reader()->checkpoint("desk", "rows");
        ReadRequest request;
        request.stream = "rows";
        request.state = checkpoint.state;
        EXPECT_FALSE(source.read(request, ingestor));
    }
    source.fail_at = SIZE_MAX;
    run(desk, source);
    EXPECT_EQ(reader()->counts()->touchpoints, 30);
    EXPECT_EQ(reader()->counts()->records, 30);
    EXPECT_EQ(touchpoints_of("email", "p3@example.org"), 30)
        << "seven users and five addresses make one component";
}

TEST_F(ConnectionRun, AnnouncesWhatIsNewInTheFeed) {
    const ConnectionPlan desk = plan("desk", k_events);
    run(desk, {"[" + message(1, "ana@example.org") + "]"});
    const auto entries = *reader()->feed_after(0, 10);
    ASSERT_EQ(entries.size(), 1U);
    EXPECT_EQ(entries[0].type, "touchline.touchpoint.recorded");
    EXPECT_EQ(
        reader()->customer(entries[0].customer)->value().id, customer_of("email", "ana@example.org")
    );
}

TEST_F(ConnectionRun, TakesWebhooksFromTheInboxOnce) {
    const ConnectionPlan desk = plan("desk", k_events);
    for (const std::string& body :
         {message(1, "ana@example.org"), std::string("refuse me"), message(2, "ana@example.org")}) {
        const auto transaction = *store_->begin();
        ASSERT_TRUE(transaction->put_inbox(
            {store::InboxKey::none, "desk", "rows", "{}", body, clock_.now()}
        ));
        ASSERT_TRUE(transaction->commit());
    }
    ScriptedSource source(desk.streams[0].info, {});
    const auto totals = drain_inbox(environment_, desk, source);
    ASSERT_TRUE(totals);
    EXPECT_EQ(totals->touchpoints, 2);
    EXPECT_EQ(totals->dead_letters, 1);
    EXPECT_TRUE(reader()->inbox("desk", 10)->empty());
    EXPECT_EQ(drain_inbox(environment_, desk, source)->records, 0);
}

/// Sends one page and is then told to slow down.
class ThrottledSource final : public Source {
public:
    const std::vector<StreamInfo>& streams() const override { return streams_; }
    Result<std::string> check(std::stop_token) override { return std::string("fine"); }
    Result<ReadEnd> read(const ReadRequest&, PageSink& sink) override {
        TOUCHLINE_CHECK(sink.page(
            {"rows",
             R"([{"id": "1", "name": "Ana", "updated": "2026-01-01T00:00:00Z"}])",
             "",
             Format::json,
             model::Via::poll}
        ));
        TOUCHLINE_CHECK(sink.checkpoint({"rows", 1, "1"}));
        return Error(Code::rate_limited, "the day's quota is used up").after(std::chrono::hours(2));
    }
    Result<void> webhook(const ReceivedWebhook&, PageSink&) override { return {}; }

private:
    std::vector<StreamInfo> streams_{{"rows", "/id", "", ""}};
};

TEST_F(ConnectionRun, WaitsWithoutFailingWhenTheSystemAsksForIt) {
    ThrottledSource source;
    const auto report = run(plan("desk", k_contacts), source);
    EXPECT_TRUE(report.failures.empty());
    ASSERT_EQ(report.waits.size(), 1U);
    EXPECT_EQ(report.totals.records, 1) << "what came before the pause is kept";
    const auto last = reader()->connection_stats("desk")->last_run;
    EXPECT_EQ(last->outcome, "waiting");
    EXPECT_NE(
        last->error.find("quota is used up; goes on after 2026-11-01T14:00:00Z"), std::string::npos
    ) << last->error;
}

}  // namespace
}  // namespace touchline::ingest
