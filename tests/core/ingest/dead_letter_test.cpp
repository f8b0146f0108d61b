#include "workbench.hpp"

namespace touchline::ingest {
namespace {

using DeadLetters = Workbench;

constexpr const char* k_strict = R"(
emit: touchpoint
set: {kind: message.sent, channel: email, direction: inbound, occurred_at: =at, identities: [{ns: email, value: =email}]}
)";
/// The same, but it knows that this source writes days.
constexpr const char* k_mended = R"yaml(
emit: touchpoint
set: {kind: message.sent, channel: email, direction: inbound, occurred_at: "=time(at, '%d/%m/%Y')",
                     identities : [ {ns : email, value : = email} ]
}
)yaml";

TEST_F(DeadLetters, AreProcessedOnceTheMappingIsMended) {
    run(plan("mail", k_strict), {R"([{"id":"m1","at":"03/10/2026","email":"ana@example.org"}])"});
    const auto letters = *reader()->dead_letters("mail", 0, 10);
    ASSERT_EQ(letters.size(), 1U);
    EXPECT_EQ(letters[0].stage, "map");
    EXPECT_EQ(letters[0].external_id, "m1");
    EXPECT_NE(letters[0].message.find("03/10/2026"), std::string::npos) << letters[0].message;

    EXPECT_FALSE(*retry_dead_letter(environment_, plan("mail", k_strict), letters[0].key));
    EXPECT_EQ(reader()->dead_letter(letters[0].key)->value().attempts, 2);

    EXPECT_TRUE(*retry_dead_letter(environment_, plan("mail", k_mended), letters[0].key));
    EXPECT_TRUE(reader()->dead_letters("mail", 0, 10)->empty());
    EXPECT_EQ(touchpoints_of("email", "ana@example.org"), 1);
}

TEST_F(DeadLetters, GoAwayWhenTheSourceMendsTheRecord) {
    const ConnectionPlan mail = plan("mail", k_strict);
    run(mail, {R"([{"id":"m1","at":"never","email":"ana@example.org"}])"});
    EXPECT_EQ(reader()->connection_stats("mail")->dead_letters, 1);
    run(mail, {R"([{"id":"m1","at":"2026-10-03T00:00:00Z","email":"ana@example.org"}])"});
    EXPECT_EQ(reader()->connection_stats("mail")->dead_letters, 0);
    EXPECT_EQ(touchpoints_of("email", "ana@example.org"), 1);
}

TEST_F(DeadLetters, SayWhenNobodyCanBeTold) {
    run(plan("mail", k_strict),
        {R"([{"id":"m1","at":"2026-10-03T00:00:00Z","email":"unknown@example.org"}])"});
    const auto letters = *reader()->dead_letters("mail", 0, 10);
    ASSERT_EQ(letters.size(), 1U);
    EXPECT_EQ(letters[0].stage, "identity");
    EXPECT_NE(letters[0].message.find("unknown@example.org"), std::string::npos)
        << letters[0].message;
}

TEST_F(DeadLetters, LeaveAnEarlierVersionOfTheRecordAsItWas) {
    const ConnectionPlan mail = plan("mail", k_strict);
    run(mail, {R"([{"id":"m1","at":"2026-10-03T00:00:00Z","email":"ana@example.org"}])"});
    run(mail, {R"([{"id":"m1","at":"garbage","email":"ana@example.org"}])"});
    EXPECT_EQ(touchpoints_of("email", "ana@example.org"), 1);
}

TEST_F(DeadLetters, OfAnUnknownNumberAreNotFound) {
    const auto missing =
        retry_dead_letter(environment_, plan("mail", k_strict), store::DeadLetterKey{99});
    ASSERT_FALSE(missing);
    EXPECT_EQ(missing.error().code(), Code::not_found);
}

}  // namespace
}  // namespace touchline::ingest
