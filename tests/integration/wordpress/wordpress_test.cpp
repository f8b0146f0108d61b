// The connector against a real WordPress 6.
#include "real_server_test.hpp"

#include "touchline/base/digest.hpp"
#include "touchline/json/writer.hpp"

namespace touchline::integration {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;
using ::testing::StartsWith;

constexpr auto k_day = std::chrono::hours(25);

class WordPress : public RealServerTest<WordPress> {
public:
    static constexpr const char* k_script = "wordpress/wordpress_server.py";

protected:
    static Configured with(const std::string& password) {
        return {
            "wordpress",
            R"({"url": ")" + server().url() + R"(", "staff_users": [1]})",
            net::BasicLogin{"admin", Secret(password)}};
    }
    static Configured editor() { return with(server().about("admin_password")); }

    static json::Document send(
        const std::string& method, const std::string& path, const std::string& body = ""
    ) {
        return call(
            method,
            server().url() + "/wp-json/wp/v2/" + path,
            {{"Authorization", "Basic " + to_base64("admin:" + server().about("admin_password"))}},
            body
        );
    }
    static std::string created(const std::string& collection, const std::string& body) {
        const auto answer = send("POST", collection, body);
        const auto id = answer.root().get("id");
        return id ? id->text() : "0";
    }
    static std::string comment(const std::string& name, const std::string& text) {
        return created(
            "comments",
            R"({"post": 1, "author_name": ")" + name + R"(", "author_email": ")" + name +
                R"(@initech.test", "content": ")" + text + R"("})"
        );
    }
    static std::string sql(const std::string& text) {
        json::Writer command;
        command.begin_object().member("do", "sql").member("text", text).end_object();
        const auto told = server().tell(command.text());
        EXPECT_TRUE(told) << told.error().text();
        const auto rows = told ? told->root().get("rows") : std::nullopt;
        return std::string(rows ? rows->as_string().value_or("") : "");
    }
    static std::size_t count(const std::string& table) {
        return std::stoul(sql("SELECT COUNT(*) FROM wp_" + table + ";"));
    }
    /// As an import does: all in one second.
    static void import_comments(int count) {
        sql("INSERT INTO wp_comments (comment_post_ID, comment_author, comment_author_email, "
            "comment_author_url, comment_author_IP, comment_date, comment_date_gmt, "
            "comment_content, comment_approved, comment_agent, comment_type, comment_parent, "
            "user_id) SELECT 1, CONCAT('Guest ', seq), CONCAT('g', seq, '@x.test'), '', '', "
            "'2026-10-01 09:00:00', '2026-10-01 09:00:00', 'Imported', '1', '', 'comment', 0, 0 "
            "FROM seq_1_to_" +
            std::to_string(count) + ";");
    }
};

TEST_F(WordPress, IsReadAsRepliesAndPeople) {
    const auto ana = created(
        "users",
        R"({"username": "ana", "email": "ana@globex.test", "password": "x1y2z3abc",)"
        R"( "first_name": "Ana", "last_name": "Nunez", "roles": ["subscriber"]})"
    );
    created("comments", R"({"post": 1, "author": )" + ana + R"(, "content": "Nice <b>one</b>"})");
    created("comments", R"({"post": 1, "author": 1, "content": "Thanks!"})");
    ConnectorBench bench(editor());
    EXPECT_THAT(bench.check(), HasSubstr("comments"));
    ASSERT_THAT(said(bench.run()), IsEmpty());
    EXPECT_EQ(bench.records("comments").size(), count("comments"));
    EXPECT_EQ(bench.records("users").size(), count("users"));
    EXPECT_THAT(
        bench.kinds("comments"),
        ElementsAre("inbound post.replied", "inbound post.replied", "outbound post.replied")
    );
    std::vector<std::string> said_by_ana;
    for (const auto& touchpoint : bench.mapped("comments").touchpoints) {
        if (touchpoint.identities[0].value == "wordpress/" + ana)
            said_by_ana.push_back(touchpoint.snippet);
    }
    EXPECT_THAT(said_by_ana, ElementsAre("Nice one"));
    const auto people = bench.mapped("users").facts;
    ASSERT_FALSE(people.empty());
    EXPECT_EQ(people[0].value, "\"Ana Nunez\"");
}

TEST_F(WordPress, ShowsNoAddressOfAMachine) {
    comment("bo", "Hello");
    ConnectorBench bench(editor());
    ASSERT_THAT(said(bench.run()), IsEmpty());
    for (const auto& [stream, records] : bench.records()) {
        for (const auto& [id, text] : records) {
            EXPECT_THAT(text, Not(HasSubstr("author_ip")));
            EXPECT_THAT(text, Not(HasSubstr("capabilities")));
        }
    }
}

TEST_F(WordPress, IsReadWholeWhenAnImportGaveAllOneSecond) {
    import_comments(230);
    ConnectorBench bench(editor());
    ASSERT_THAT(said(bench.run()), IsEmpty());
    EXPECT_EQ(bench.records("comments").size(), count("comments"));
    ASSERT_THAT(said(bench.run()), IsEmpty());
    for (const auto& [stream, records] : bench.records())
        EXPECT_EQ(bench.handed_over(stream), 0u) << stream;
    // More at once than a page holds.
    import_comments(250);
    ASSERT_THAT(said(bench.run()), IsEmpty());
    EXPECT_EQ(bench.records("comments").size(), count("comments"));
}

TEST_F(WordPress, LeavesNoGapWhenItIsKilledAmongNewOnes) {
    ConnectorBench bench(editor());
    ASSERT_THAT(said(bench.run()), IsEmpty());
    import_comments(250);
    for (int at = 0; at < 3; ++at) {
        bench.door().calls = 0;
        bench.door().dies_at = at;
        bench.run();
        bench.door().dies_at.reset();
        bench.restart();
    }
    ASSERT_THAT(said(bench.run()), IsEmpty());
    EXPECT_EQ(bench.records("comments").size(), count("comments"));
}

TEST_F(WordPress, MissesNothingThatIsDeletedOrWrittenWhileItIsRead) {
    ConnectorBench bench(editor());
    const std::string gone = sql("SELECT MIN(comment_ID) + 5 FROM wp_comments;");
    int lists = 0;
    bench.door().before_call = [&](const net::Request& request) {
        if (request.url.find("/comments?") == std::string::npos || ++lists != 2) return;
        sql("DELETE FROM wp_comments WHERE comment_ID = " + gone + ";");
        comment("late", "Just now");
    };
    ASSERT_THAT(said(bench.run()), IsEmpty());
    bench.door().before_call = {};
    ASSERT_THAT(said(bench.run()), IsEmpty());
    std::size_t live = 0;
    for (const auto& [id, text] : bench.records("comments"))
        live += text.find("\"deleted\":true") == std::string::npos ? 1 : 0;
    EXPECT_EQ(live, count("comments"));
}

TEST_F(WordPress, HearsOfEditsAtOnceOfNewOnesAndWithinADayOfOldOnes) {
    const std::string old = sql("SELECT MIN(comment_ID) FROM wp_comments;");
    import_comments(120);
    const auto fresh = comment("cy", "First thought");
    ConnectorBench bench(editor());
    ASSERT_THAT(said(bench.run()), IsEmpty());
    send("POST", "comments/" + fresh, R"({"content": "Second thought"})");
    const std::string old_id = old.substr(0, old.find('\n'));
    send("POST", "comments/" + old_id, R"({"content": "Rewritten"})");
    ASSERT_THAT(said(bench.run()), IsEmpty());
    EXPECT_THAT(bench.records("comments").at(fresh), HasSubstr("Second thought"));
    EXPECT_THAT(bench.records("comments").at(old_id), Not(HasSubstr("Rewritten")));
    bench.pass(k_day);
    ASSERT_THAT(said(bench.run()), IsEmpty());
    EXPECT_THAT(bench.records("comments").at(old_id), HasSubstr("Rewritten"));
}

TEST_F(WordPress, TakesBackWhatWasBinnedOrDeleted) {
    const auto binned = comment("spam", "Buy now"), gone = comment("dan", "Never mind");
    ConnectorBench bench(editor());
    ASSERT_THAT(said(bench.run()), IsEmpty());
    const auto before = bench.kinds("comments").size();
    send("DELETE", "comments/" + binned);
    send("DELETE", "comments/" + gone + "?force=true");
    ASSERT_THAT(said(bench.run()), IsEmpty());
    EXPECT_THAT(bench.records("comments").at(binned), HasSubstr("trash"));
    EXPECT_EQ(bench.records("comments").at(gone), R"({"id":)" + gone + R"(,"deleted":true})");
    EXPECT_EQ(bench.kinds("comments").size(), before - 2);
}

TEST_F(WordPress, TakesABadPasswordForNoEmptySite) {
    ConnectorBench stranger(with("wrong"));
    EXPECT_THAT(stranger.check(), StartsWith("error"));
    const auto errors = stranger.run();
    ASSERT_THAT(errors, SizeIs(2));
    for (const auto& [stream, error] : errors) EXPECT_EQ(error.code(), Code::auth) << stream;
    EXPECT_THAT(stranger.records(), IsEmpty());
}

TEST_F(WordPress, EndsTheSameWhereverItIsKilled) {
    ConnectorBench bench(editor());
    EXPECT_THAT(after_kills(bench, 25, 1), IsEmpty());
}

}  // namespace
}  // namespace touchline::integration
