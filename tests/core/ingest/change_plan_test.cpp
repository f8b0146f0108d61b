#include "touchline/ingest/change_plan.hpp"

#include "workbench.hpp"

namespace touchline::ingest {
namespace {

class PlanOfChange : public Workbench {
protected:
    static constexpr const char* k_moved = R"(
emit: touchpoint
where: "=subject != 'noise'"
set:
  kind: case.opened
  channel: email
  direction: inbound
  occurred_at: =at
  subject: =subject
  identities: [{ns: desk.user, value: =user}]
)";
    PlanOfChange() {
        run(plan("desk", k_events),
            {R"([{"id":"e1","user":"u1","email":"ana@example.org","phone":"","at":"2026-10-01T08:00:00Z","subject":"x"},)"
             R"({"id":"e2","user":"u2","email":"ana@example.org","phone":"","at":"2026-10-01T08:00:00Z","subject":"x"},)"
             R"({"id":"e3","user":"u3","email":"","phone":"","at":"2026-10-01T08:00:00Z","subject":"noise"},)"
             R"({"id":"e4","user":"","email":"bob@example.org","phone":"","at":"2026-10-01T08:00:00Z","subject":"y"}])"}
        );
    }
    ChangePlan look(const ConnectionPlan& changed, const ChangeRequest& request = {}) {
        const ConnectionPlan* const plans[] = {&changed};
        auto plan = plan_change(environment_, plans, request);
        EXPECT_TRUE(plan) << plan.error().text();
        return std::move(*plan);
    }
};

TEST_F(PlanOfChange, IsEmptyWhenNothingChanged) {
    EXPECT_TRUE(look(plan("desk", k_events)).is_empty());
}

TEST_F(PlanOfChange, SaysWhatAReplayWouldDoAndDoesNothing) {
    const auto before = *reader()->feed_head();
    const ConnectionPlan changed = plan("desk", k_moved);
    ChangeRequest request;
    request.phase_of = [](const model::Touchpoint& touchpoint) {
        return touchpoint.kind == "case.opened" ? "maintain" : "use";
    };
    const ChangePlan planned = look(changed, request);
    EXPECT_FALSE(planned.is_empty());
    const StreamEffect& effect = planned.streams.at({"desk", "rows"});
    EXPECT_EQ(effect.changed, 2);
    EXPECT_EQ(effect.removed, 1);
    EXPECT_EQ(effect.fields.at("kind").transitions.at({"message.sent", "case.opened"}), 2);
    EXPECT_EQ(effect.fields.at("phase").transitions.at({"use", "maintain"}), 2);
    EXPECT_EQ(effect.fields.at("identities").touchpoints, 2);
    EXPECT_EQ(planned.splits, 1);
    EXPECT_EQ(planned.merges, 0);
    ASSERT_FALSE(planned.customers.empty());
    EXPECT_EQ(planned.customers[0].before.size(), 1U);
    EXPECT_GE(planned.customers[0].after.size(), 2U);
    ASSERT_EQ(planned.failures.size(), 1U);
    EXPECT_EQ(planned.failures[0].example, "e4");
    EXPECT_EQ(planned.failures[0].stage, "map");
    EXPECT_EQ(*reader()->feed_head(), before);
    EXPECT_EQ(reader()->connection_stats("desk")->dead_letters, 0);

    // The replay does what the plan said.
    const ConnectionPlan* const plans[] = {&changed};
    const auto done = run_replay(environment_, plans, begin_replay(environment_, {})->key);
    ASSERT_TRUE(done);
    EXPECT_EQ(done->counts.changed, planned.replay.counts.changed);
    EXPECT_EQ(done->counts.removed, planned.replay.counts.removed);
    EXPECT_EQ(done->counts.failed, planned.replay.counts.failed);
    EXPECT_TRUE(look(changed).replay.counts.changed == 0);
}

TEST_F(PlanOfChange, ShowsWhatTheRulesChangeTogetherWithTheMapping) {
    model::NamespaceSetting email;
    email.name = "email";
    email.max_customers = 1;
    policy_ = identity::Policy::make(std::vector{email}).value();
    EXPECT_EQ(look(plan("desk", k_events)).splits, 1);
    ChangeRequest mapping_only;
    mapping_only.with_rules = false;
    EXPECT_EQ(look(plan("desk", k_events), mapping_only).splits, 0);
}

TEST_F(PlanOfChange, CanBeStopped) {
    std::stop_source stop;
    stop.request_stop();
    const ConnectionPlan desk = plan("desk", k_events);
    const ConnectionPlan* const plans[] = {&desk};
    ReplayOptions options;
    options.stop = stop.get_token();
    const auto stopped = plan_change(environment_, plans, {}, options);
    ASSERT_FALSE(stopped);
    EXPECT_EQ(stopped.error().code(), Code::cancelled);
}

}  // namespace
}  // namespace touchline::ingest
