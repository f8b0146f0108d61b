#include "touchline/ingest/replay.hpp"

#include "workbench.hpp"

#include "touchline/ingest/curation.hpp"

namespace touchline::ingest {
namespace {

class Replaying : public Workbench {
protected:
    static constexpr const char* k_as_chat = R"(
emit: touchpoint
set:
  kind: message.sent
  channel: chat
  direction: inbound
  occurred_at: =at
  subject: =subject
  identities: [{ns: desk.user, value: =user}, {ns: email, value: =email}, {ns: phone, value: =phone}]
)";
    /// The agent's address is no address of the customer.
    static constexpr const char* k_without_email = R"(
emit: touchpoint
set:
  kind: message.sent
  channel: email
  direction: inbound
  occurred_at: =at
  subject: =subject
  identities: [{ns: desk.user, value: =user}]
)";
    static constexpr const char* k_open_ones = R"(
emit: touchpoint
where: "=subject != 'noise'"
set:
  kind: message.sent
  channel: email
  direction: inbound
  occurred_at: =at
  subject: =subject
  identities: [{ns: desk.user, value: =user}, {ns: email, value: =email}, {ns: phone, value: =phone}]
)";

    static std::string event(
        const std::string& id,
        const std::string& user,
        const std::string& email,
        const std::string& subject = "x",
        const std::string& at = "2026-10-01T08:00:00Z"
    ) {
        return R"({"id":")" + id + R"(","user":")" + user + R"(","email":")" + email +
               R"(","phone":"","at":")" + at + R"(","subject":")" + subject + R"("})";
    }
    static std::string contact(
        const std::string& id, const std::string& email, const std::string& phone
    ) {
        return R"({"id":")" + id + R"(","email":")" + email + R"(","phone":")" + phone +
               R"(","name":"Ana","updated":"2026-10-01T08:00:00Z"})";
    }

    store::Replay replay(
        const ConnectionPlan& plan,
        const ReplayRequest& request = {},
        const ReplayOptions& options = {}
    ) {
        const ConnectionPlan* const plans[] = {&plan};
        const auto begun = begin_replay(environment_, request);
        EXPECT_TRUE(begun) << begun.error().text();
        auto done = run_replay(environment_, plans, begun->key, options);
        EXPECT_TRUE(done) << done.error().text();
        return *done;
    }
    std::vector<std::string> feed_types(store::FeedPosition after) {
        std::vector<std::string> types;
        const auto entries = *reader()->feed_after(after, 1000);
        for (const store::FeedEntry& entry : entries) types.push_back(entry.type);
        return types;
    }
    store::FeedPosition head() { return *reader()->feed_head(); }
    std::string email_of_u1() { return customer_of("email", "ana@example.org"); }
};

TEST_F(Replaying, ChangesNothingUnderTheSameMapping) {
    const ConnectionPlan desk = plan("desk", k_events);
    run(desk, {"[" + event("e1", "u1", "ana@example.org") + "," + event("e2", "u2", "") + "]"});
    const auto before = head();
    clock_.advance(std::chrono::hours(5));
    const store::Replay done = replay(desk);
    EXPECT_EQ(done.state, store::ReplayState::done);
    EXPECT_EQ(done.counts.records, 2);
    EXPECT_EQ(done.total, 2);
    EXPECT_EQ(done.counts.added + done.counts.changed + done.counts.removed, 0);
    EXPECT_EQ(head(), before);
}

TEST_F(Replaying, TellsTheFeedOnlyWhatReallyChanged) {
    run(plan("desk", k_events), {"[" + event("e1", "u1", "ana@example.org") + "]"});
    const auto before = head();
    const store::Replay done = replay(plan("desk", k_as_chat));
    EXPECT_EQ(done.counts.changed, 1);
    EXPECT_EQ(feed_types(before), std::vector<std::string>{"touchline.touchpoint.recorded"});
    const auto again = head();
    EXPECT_EQ(replay(plan("desk", k_as_chat)).counts.changed, 0);
    EXPECT_EQ(head(), again);
}

TEST_F(Replaying, TakesBackWhatTheMappingYieldsNoMore) {
    run(plan("desk", k_events),
        {"[" + event("e1", "u1", "ana@example.org", "noise") + "," +
         event("e2", "u1", "ana@example.org") + "]"});
    EXPECT_EQ(touchpoints_of("desk.user", "u1"), 2);
    const auto before = head();
    EXPECT_EQ(replay(plan("desk", k_open_ones)).counts.removed, 1);
    EXPECT_EQ(touchpoints_of("desk.user", "u1"), 1);
    EXPECT_EQ(feed_types(before), std::vector<std::string>{"touchline.touchpoint.retracted"});
    EXPECT_EQ(replay(plan("desk", k_events)).counts.added, 1);
    EXPECT_EQ(touchpoints_of("desk.user", "u1"), 2);
}

TEST_F(Replaying, PartsWhomOnlyAWrongMappingHadJoined) {
    run(plan("desk", k_events),
        {"[" + event("e1", "u1", "ana@example.org") + "," + event("e2", "u2", "ana@example.org") +
         "]"});
    EXPECT_EQ(customer_of("desk.user", "u1"), customer_of("desk.user", "u2"));
    replay(plan("desk", k_without_email));
    EXPECT_NE(customer_of("desk.user", "u1"), customer_of("desk.user", "u2"));
}

TEST_F(Replaying, KeepsALinkThatAnotherTouchpointStates) {
    run(plan("desk", k_events), {"[" + event("e1", "u1", "ana@example.org") + "]"});
    run(plan("chat", k_events), {"[" + event("c1", "u1", "ana@example.org") + "]"});
    replay(plan("desk", k_without_email));
    EXPECT_EQ(customer_of("desk.user", "u1"), email_of_u1());
    replay(plan("chat", k_without_email));
    EXPECT_NE(customer_of("desk.user", "u1"), email_of_u1());
}

TEST_F(Replaying, CountsEachContactOnce) {
    const ConnectionPlan crm = plan("crm", k_contacts);
    run(crm, {"[" + contact("1", "ana@example.org", "+32470550188") + "]"});
    replay(crm);
    replay(crm);
    // One withdrawal is enough, however often it was read.
    run(crm, {"[" + contact("1", "", "+32470550188") + "]"});
    EXPECT_NE(customer_of("crm.contact", "1"), email_of_u1());
}

TEST_F(Replaying, TakesBackWhatContactsAssertedUnderTheOldMapping) {
    constexpr const char* k_no_email = R"(
emit: fact
set:
  identities: [{ns: crm.contact, value: =id}, {ns: phone, value: =phone}]
  observed_at: =updated
fields: {name.full: =name}
)";
    run(plan("crm", k_contacts), {"[" + contact("1", "ana@example.org", "+32470550188") + "]"});
    EXPECT_EQ(customer_of("crm.contact", "1"), email_of_u1());
    replay(plan("crm", k_no_email));
    EXPECT_NE(customer_of("crm.contact", "1"), email_of_u1());
    EXPECT_EQ(customer_of("crm.contact", "1"), customer_of("phone", "+32470550188"));
}

TEST_F(Replaying, LetsPeoplesDecisionsStand) {
    run(plan("desk", k_events), {"[" + event("e1", "u1", "ana@example.org") + "]"});
    const std::vector<std::string> apart{"email:ana@example.org"};
    ASSERT_TRUE(
        split_customer(environment_, customer_of("desk.user", "u1"), apart, {"eva", "not hers"})
    );
    replay(plan("desk", k_as_chat));
    EXPECT_NE(customer_of("desk.user", "u1"), email_of_u1());
}

TEST_F(Replaying, ClearsDeadLettersThatPassNowAndKeepsWhatWasThereWhenOneFails) {
    run(plan("desk", k_events),
        {"[" + event("e1", "u1", "ana@example.org") + "," +
         event("e2", "u1", "", "x", "3/10/2026") + "]"});
    EXPECT_EQ(reader()->connection_stats("desk")->dead_letters, 1);
    constexpr const char* k_european = R"yaml(
emit: touchpoint
set:
  kind: message.sent
  channel: email
  direction: inbound
  occurred_at: "=time(at, '%d/%m/%Y')"
  identities: [{ns: desk.user, value: =user}, {ns: email, value: =email}]
)yaml";
    const store::Replay done = replay(plan("desk", k_european));
    EXPECT_EQ(done.counts.mended, 1);
    EXPECT_EQ(done.counts.failed, 1);
    EXPECT_EQ(touchpoints_of("desk.user", "u1"), 2);
    EXPECT_EQ(reader()->connection_stats("desk")->dead_letters, 1);
}

TEST_F(Replaying, ReadsOnlyWhatIsSelected) {
    const ConnectionPlan desk = plan("desk", k_events);
    run(desk, {"[" + event("e1", "u1", "") + "]"});
    clock_.advance(std::chrono::hours(24));
    const Time second = clock_.now();
    run(desk, {"[" + event("e2", "u2", "", "keep") + "," + event("e3", "u3", "", "other") + "]"});
    const ConnectionPlan chat = plan("desk", k_as_chat);
    ReplayRequest older, kept, elsewhere, here;
    older.selection.until = second;
    kept.selection.from = second;
    kept.where = "subject == 'keep'";
    elsewhere.selection.connection = "other";
    here.selection.connection = "desk";
    here.selection.stream = "rows";
    EXPECT_EQ(replay(chat, older).counts.changed, 1);
    EXPECT_EQ(replay(chat, kept).counts.changed, 1);
    EXPECT_EQ(replay(chat, elsewhere).total, 0);
    EXPECT_EQ(replay(chat, here).counts.changed, 1);
}

TEST_F(Replaying, TakesTheSameShareEveryTime) {
    std::string page;
    for (int i = 0; i < 400; ++i)
        page += (page.empty() ? "[" : ",") + event("e" + std::to_string(i), "u1", "");
    run(plan("desk", k_events), {page + "]"});
    ReplayRequest quarter;
    quarter.selection.share = 0.25;
    const auto first = *reader()->count_records(quarter.selection);
    EXPECT_GT(first, 70);
    EXPECT_LT(first, 130);
    const store::Replay done = replay(plan("desk", k_as_chat), quarter);
    EXPECT_EQ(done.counts.changed, first);
}

TEST_F(Replaying, GoesOnWhereItWasStopped) {
    std::string page;
    for (int i = 0; i < 50; ++i)
        page += (page.empty() ? "[" : ",") + event("e" + std::to_string(i), "u1", "");
    run(plan("desk", k_events), {page + "]"});
    const ConnectionPlan chat = plan("desk", k_as_chat);
    const ConnectionPlan* const plans[] = {&chat};
    const auto begun = begin_replay(environment_, {});
    ASSERT_TRUE(begun);
    std::stop_source stop;
    ReplayOptions options;
    options.stop = stop.get_token();
    options.records_per_commit = 10;
    options.progress = [&stop](const store::Replay& so_far) {
        if (so_far.counts.records == 20) stop.request_stop();
    };
    const auto stopped = run_replay(environment_, plans, begun->key, options);
    ASSERT_TRUE(stopped);
    EXPECT_EQ(stopped->state, store::ReplayState::running);
    EXPECT_EQ(reader()->replay(begun->key)->value().counts.records, 20);
    ASSERT_FALSE(begin_replay(environment_, {})) << "one at a time";
    const auto done = run_replay(environment_, plans, begun->key);
    ASSERT_TRUE(done);
    EXPECT_EQ(done->counts.records, 50);
    EXPECT_EQ(done->counts.changed, 50);
    EXPECT_FALSE(run_replay(environment_, plans, begun->key)) << "it is over";
}

TEST_F(Replaying, EndsWhenSomebodyCancelsIt) {
    std::string page;
    for (int i = 0; i < 30; ++i)
        page += (page.empty() ? "[" : ",") + event("e" + std::to_string(i), "u1", "");
    run(plan("desk", k_events), {page + "]"});
    const auto begun = begin_replay(environment_, {});
    ReplayOptions options;
    options.records_per_commit = 10;
    options.progress = [&](const store::Replay& so_far) {
        if (so_far.counts.records != 10) return;
        EXPECT_TRUE(cancel_replay(environment_, begun->key));
    };
    const ConnectionPlan chat = plan("desk", k_as_chat);
    const ConnectionPlan* const plans[] = {&chat};
    const auto done = run_replay(environment_, plans, begun->key, options);
    ASSERT_TRUE(done);
    EXPECT_EQ(done->state, store::ReplayState::cancelled);
    EXPECT_EQ(reader()->replay(begun->key)->value().counts.changed, 10);
    EXPECT_TRUE(begin_replay(environment_, {}));
}

TEST_F(Replaying, LeavesAVersionThatCameMeanwhileAlone) {
    const ConnectionPlan desk = plan("desk", k_events);
    std::string page;
    for (int i = 0; i < 4; ++i)
        page += (page.empty() ? "[" : ",") + event("e" + std::to_string(i), "u1", "");
    run(desk, {page + "]"});
    ReplayOptions options;
    options.records_per_commit = 2;
    bool changed = false;
    options.progress = [&](const store::Replay&) {
        if (!changed) run(desk, {"[" + event("e3", "u1", "", "newer") + "]"});
        changed = true;
    };
    replay(desk, {}, options);
    const auto snapshot = reader();
    const auto found = snapshot->find_identity("desk.user", "u1");
    const auto key = found->value().key;
    store::TimelineFilter newer;
    newer.text = "newer";
    EXPECT_EQ(snapshot->timeline(std::span(&key, 1), newer, 0, 10)->total, 1);
}

TEST_F(Replaying, RefusesAFilterThatIsNoExpression) {
    const auto begun = begin_replay(environment_, {{}, "status ==", {}});
    ASSERT_FALSE(begun);
    EXPECT_EQ(begun.error().code(), Code::bad_data);
}

TEST_F(Replaying, KnowsWhatArrivedInWhichHour) {
    const ConnectionPlan desk = plan("desk", k_events);
    run(desk, {"[" + event("e1", "u1", "") + "," + event("e2", "u1", "") + "]"});
    clock_.advance(std::chrono::hours(2));
    run(desk, {"[" + event("e2", "u1", "", "new") + "," + event("e1", "u1", "") + "]"});
    const auto volume = *reader()->raw_volume({});
    ASSERT_EQ(volume.size(), 2U);
    EXPECT_EQ(volume[0].records, 2);
    EXPECT_EQ(volume[1].records, 1) << "one of them was known";
    EXPECT_EQ(volume[1].hour - volume[0].hour, std::chrono::hours(2));
    EXPECT_EQ(volume[0].connection, "desk");
}

}  // namespace
}  // namespace touchline::ingest
