#include "recorded_server.hpp"

#include <gmock/gmock.h>

namespace request_tracker {
namespace {

using recorded::file;
using recorded::users_line;
using ::testing::HasSubstr;
using ::testing::Not;
using touchline::sdk::testing::FakeConnection;
using touchline::sdk::testing::FakeHost;

constexpr const char* k_settings = R"({"url": "https://rt.example"})";

void script_staff(FakeHost& host) {
    host.answer(recorded::k_groups_line, 200, file("privileged_group.json"));
    host.answer(recorded::k_staff_line, 200, file("staff.json"));
}

/// Users with these ids, as of 10:00:00 and so many seconds.
std::string users(const std::vector<std::pair<int, int>>& id_and_second, int total) {
    std::string items;
    for (const auto& [id, second] : id_and_second) {
        char time[32];
        std::snprintf(time, sizeof(time), "2026-11-23T10:00:%02dZ", second);
        items += std::string(items.empty() ? "" : ",") + R"({"type":"user","id":)" +
                 std::to_string(id) + R"(,"Name":"user)" + std::to_string(id) +
                 R"(","LastUpdated":")" + time + R"("})";
    }
    return R"({"items":[)" + items + R"(],"total":)" + std::to_string(total) + "}";
}
std::vector<std::pair<int, int>> all_at(int first, int last, int second) {
    std::vector<std::pair<int, int>> list;
    for (int id = first; id <= last; ++id) list.emplace_back(id, second);
    return list;
}

TEST(Users, LeaveOutStaffAndWhatStaffRemark) {
    FakeHost host;
    host.answer(users_line(), 200, file("users.json"));
    script_staff(host);
    FakeConnection rt(host, touchline_plugin_v1(), k_settings);
    ASSERT_EQ(rt.read("users"), TL_END) << host.error_message;
    ASSERT_EQ(host.pages.size(), 1u);
    EXPECT_EQ(recorded::count_lines(host), 2u);
    EXPECT_THAT(host.pages[0].bytes, HasSubstr(R"("RealName":"Bo Li")"));
    EXPECT_THAT(host.pages[0].bytes, Not(HasSubstr("agent")));
    EXPECT_THAT(host.pages[0].bytes, Not(HasSubstr("Nice.")));
}

TEST(Users, NameWhomTheyAbsorbed) {
    FakeHost host;
    host.answer(users_line(), 200, file("users.json"));
    script_staff(host);
    FakeConnection rt(host, touchline_plugin_v1(), k_settings);
    ASSERT_EQ(rt.read("users"), TL_END);
    EXPECT_THAT(
        host.pages[0].bytes, HasSubstr(R"("LastUpdated":"2026-11-23T14:40:24Z","Merged":["31"]})")
    );
}

TEST(Users, AreReadOnceWithASingleRequest) {
    FakeHost host;
    host.answer(users_line(), 200, file("users.json"));
    script_staff(host);
    FakeConnection rt(host, touchline_plugin_v1(), k_settings);
    ASSERT_EQ(rt.read("users"), TL_END);
    const auto before = host.requests.size();
    ASSERT_EQ(rt.read_on("users"), TL_END);
    EXPECT_EQ(host.requests.size(), before + 1);
    EXPECT_EQ(host.pages.size(), 1u);
}

TEST(Users, WithoutTheRightToSeeStaffAreReadWithAWarning) {
    FakeHost host;
    host.answer(users_line(), 200, file("users.json"));
    host.answer(recorded::k_groups_line, 200, file("privileged_group.json"));
    host.answer(recorded::k_staff_line, 403, "");
    FakeConnection rt(host, touchline_plugin_v1(), k_settings);
    ASSERT_EQ(rt.read("users"), TL_END);
    EXPECT_EQ(recorded::count_lines(host), 5u);
    EXPECT_THAT(host.logs, ::testing::Contains(HasSubstr("AdminGroupMembership")));
}

TEST(Users, ThatChangeTwiceWithinASecondAreSeenTwice) {
    FakeHost host;
    script_staff(host);
    host.answer(users_line(), 200, users({{101, 5}, {100, 5}}, 2));
    auto changed = users({{101, 5}, {100, 5}}, 2);
    changed.replace(changed.find("user100"), 7, "renamed");
    host.answer(users_line(), 200, changed);
    FakeConnection rt(host, touchline_plugin_v1(), k_settings);
    ASSERT_EQ(rt.read("users"), TL_END);
    ASSERT_EQ(rt.read_on("users"), TL_END);
    ASSERT_EQ(host.pages.size(), 2u);
    EXPECT_THAT(host.pages[1].bytes, HasSubstr("renamed"));
    EXPECT_THAT(host.pages[1].bytes, Not(HasSubstr("user101")));
}

TEST(Users, OfOneSecondAcrossPagesAreAllRead) {
    FakeHost host;
    script_staff(host);
    host.answer(users_line(1), 200, users(all_at(101, 200, 7), 150));
    host.answer(users_line(2), 200, users(all_at(201, 250, 7), 150));
    FakeConnection rt(host, touchline_plugin_v1(), k_settings);
    ASSERT_EQ(rt.read("users"), TL_END);
    EXPECT_EQ(recorded::count_lines(host), 150u);
    ASSERT_EQ(rt.read_on("users"), TL_END);
    EXPECT_EQ(recorded::count_lines(host), 150u);
}

TEST(Users, GoOnAtThePageWhereASweepWasInterrupted) {
    FakeHost host;
    script_staff(host);
    host.answer(users_line(1), 200, users(all_at(101, 200, 7), 150));
    host.answer(users_line(2), 200, users(all_at(201, 250, 6), 150));
    host.fail_checkpoint_at = 1;
    FakeConnection rt(host, touchline_plugin_v1(), k_settings);
    ASSERT_EQ(rt.read("users"), TL_RETRY);
    host.fail_checkpoint_at = -1;
    ASSERT_EQ(rt.read_on("users"), TL_END);
    EXPECT_EQ(host.pages.size(), 3u);
    EXPECT_EQ(host.pages[2].bytes, host.pages[1].bytes);
}

TEST(Users, GoBackAPageWhenTheListHasShrunk) {
    FakeHost host;
    script_staff(host);
    host.answer(users_line(1), 200, users(all_at(101, 200, 7), 150));
    host.answer(users_line(2), 200, users(all_at(202, 250, 6), 149));
    host.answer(users_line(1), 200, users(all_at(102, 201, 7), 149));
    FakeConnection rt(host, touchline_plugin_v1(), k_settings);
    ASSERT_EQ(rt.read("users"), TL_END);
    EXPECT_THAT(host.pages[1].bytes, HasSubstr("user201"));
}

}  // namespace
}  // namespace request_tracker
