// The connector against a real Redmine 5.
#include "real_server_test.hpp"

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

class Redmine : public RealServerTest<Redmine> {
public:
    static constexpr const char* k_script = "redmine/redmine_server.py";

protected:
    static Configured as(const std::string& key, const std::string& project) {
        return {
            "redmine",
            R"({"url": ")" + server().url() + R"(", "project": ")" + project +
                R"(", "staff_domains": ["us.test"]})",
            net::HeaderKey{"X-Redmine-API-Key", Secret(key), ""}};
    }
    static Configured everything() { return as(server().about("admin_key"), ""); }

    static json::Document send(
        const std::string& method, const std::string& path, const std::string& body = ""
    ) {
        return call(
            method,
            server().url() + path,
            {{"X-Redmine-API-Key", server().about("admin_key")}},
            body
        );
    }
    static std::int64_t number_at(const json::Document& document, std::string_view pointer) {
        const auto value = json::find(document.root(), pointer);
        return value ? value->as_int().value_or(0) : 0;
    }
    /// Redmine's own count.
    static std::size_t count(const std::string& what) {
        return static_cast<std::size_t>(
            number_at(send("GET", "/" + what + "&limit=1"), "/total_count")
        );
    }
    /// A mail to the desk: opens an issue, or answers one, and makes a user of who is unknown.
    static void mail(const std::string& from, const std::string& subject, const std::string& text) {
        static int number = 0;
        json::Writer form;
        form.begin_object()
            .member("key", "mail")
            .member("unknown_user", "create")
            .member("no_permission_check", "1")
            .member("no_account_notice", "1")
            .member("allow_override", "all")
            .key("issue")
            .begin_object()
            .member("project", "support")
            .end_object()
            .member(
                "email",
                "From: " + from + "\r\nTo: desk@us.test\r\nMessage-ID: <" +
                    std::to_string(++number) + "@mail.test>\r\nSubject: " + subject +
                    "\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n" + text
            )
            .end_object();
        send("POST", "/mail_handler", form.text());
    }
    static std::string open_issue(const std::string& project, const std::string& subject) {
        return std::to_string(number_at(
            send(
                "POST",
                "/issues.json",
                R"({"issue": {"project_id": ")" + project + R"(", "subject": ")" + subject +
                    R"("}})"
            ),
            "/issue/id"
        ));
    }
    static void change(const std::string& id, const std::string& issue) {
        send("PUT", "/issues/" + id + ".json", R"({"issue": )" + issue + "}");
    }
    /// As an import does: `count` issues that were all changed in one second.
    static void import_issues(int count, const std::string& second) {
        sql("WITH RECURSIVE n(i) AS (SELECT 1 UNION SELECT i + 1 FROM n WHERE i < " +
            std::to_string(count) +
            ") INSERT INTO issues (tracker_id, project_id, subject, status_id, priority_id, "
            "author_id, created_on, updated_on, lock_version, done_ratio, is_private, lft, rgt) "
            "SELECT 1, 1, 'Imported ' || i, 1, 2, 1, '" +
            second + "', '" + second + "', 0, 0, 0, 1, 2 FROM n");
        sql("UPDATE issues SET root_id = id WHERE root_id IS NULL");
    }
    static void sql(const std::string& text) {
        json::Writer command;
        command.begin_object().member("do", "sql").member("text", text).end_object();
        const auto told = server().tell(command.text());
        ASSERT_TRUE(told) << told.error().text();
    }
    static std::string newest(const Records& records) {
        std::int64_t newest = 0;
        for (const auto& [id, text] : records)
            newest = std::max<std::int64_t>(newest, std::stoll(id));
        return std::to_string(newest);
    }
};

TEST_F(Redmine, IsReadAsCasesMessagesAndPeople) {
    mail("Ana Nunez <ana@globex.test>", "Printer on fire", "It burns.");
    ConnectorBench bench(everything());
    EXPECT_THAT(bench.check(), HasSubstr("admin"));
    ASSERT_THAT(said(bench.run()), IsEmpty());
    const std::string id = newest(bench.records("issues"));
    change(id, R"({"notes": "Pour water."})");
    change(id, R"({"notes": "Check the fuse.", "private_notes": true})");
    mail("ana@globex.test", "Re: [Support - Bug #" + id + "] Printer on fire", "Thanks!");
    change(id, R"({"status_id": 5})");
    ASSERT_THAT(said(bench.run()), IsEmpty());

    EXPECT_EQ(bench.records("issues").size(), count("issues.json?status_id=*"));
    EXPECT_EQ(bench.records("users").size(), count("users.json?status="));
    EXPECT_THAT(
        bench.kinds("issues"),
        ElementsAre(
            "inbound case.opened",
            "inbound message.sent",
            "internal note.added",
            "outbound message.sent",
            "system case.closed"
        )
    );
    const auto opened = bench.mapped("issues").touchpoints.front();
    EXPECT_EQ(opened.subject, "Printer on fire");
    EXPECT_EQ(opened.snippet, "It burns.");
    ASSERT_THAT(opened.identities, SizeIs(2));
    const auto people = bench.mapped("users").facts;
    ASSERT_THAT(people, SizeIs(2)) << "and not of those who work here";
    EXPECT_EQ(people[0].value, "\"Ana Nunez\"");
    EXPECT_EQ(people[1].value, "\"ana@globex.test\"");
    EXPECT_EQ(people[0].identities[0].value, opened.identities[0].value);
}

TEST_F(Redmine, GivesAReaderTheIssuesAndRefusesThePeople) {
    open_issue("support", "For the reader");
    ConnectorBench bench(as(server().about("reader_key"), ""));
    const auto errors = bench.run();
    EXPECT_EQ(bench.records("issues").size(), count("issues.json?status_id=*"));
    ASSERT_THAT(errors, SizeIs(1));
    EXPECT_EQ(errors.at("users").code(), Code::denied);
    EXPECT_THAT(errors.at("users").text(), HasSubstr("administrators"));
}

TEST_F(Redmine, ShowsNoKeyOfAnybody) {
    ConnectorBench bench(everything());
    ASSERT_THAT(said(bench.run()), IsEmpty());
    for (const auto& [stream, records] : bench.records()) {
        for (const auto& [id, text] : records) {
            EXPECT_THAT(text, Not(HasSubstr("api_key")));
            EXPECT_THAT(text, Not(HasSubstr(server().about("admin_key"))));
        }
    }
}

TEST_F(Redmine, IsReadWholeWhenAnImportGaveAllOneSecond) {
    import_issues(120, "2026-10-01 09:00:00");
    ConnectorBench bench(everything());
    ASSERT_THAT(said(bench.run()), IsEmpty());
    EXPECT_EQ(bench.records("issues").size(), count("issues.json?status_id=*"));
    const Streams whole = bench.records();
    ASSERT_THAT(said(bench.run()), IsEmpty());
    EXPECT_EQ(bench.handed_over("issues"), 0u) << "what comes again as it was is not handed over";
    // The second page is that of the tie.
    bench.forget();
    bench.door().calls = 0;
    bench.door().dies_at = 110;
    bench.run();
    bench.door().dies_at.reset();
    bench.restart();
    ASSERT_THAT(said(bench.run()), IsEmpty());
    EXPECT_EQ(bench.records(), whole);
}

TEST_F(Redmine, MissesNothingThatChangesWhileItIsRead) {
    ConnectorBench bench(everything());
    int lists = 0;
    std::string id;
    bench.door().before_call = [&](const net::Request& request) {
        if (request.url.find("/issues.json?") == std::string::npos || ++lists != 2) return;
        // With offsets this would move a row of the second page to the first.
        id = bench.records("issues").begin()->first;
        change(id, R"({"subject": "Changed meanwhile"})");
    };
    ASSERT_THAT(said(bench.run()), IsEmpty());
    EXPECT_EQ(bench.records("issues").size(), count("issues.json?status_id=*"));
    EXPECT_THAT(bench.records("issues").at(id), HasSubstr("Changed meanwhile"));
}

TEST_F(Redmine, TellsOfDeletionsAtTheNextRead) {
    ConnectorBench bench(as(server().about("admin_key"), "tiny"));
    const std::string kept = open_issue("tiny", "Kept"), gone = open_issue("tiny", "Gone");
    mail("Cy <cy@hooli.test>", "Hello", "Hello");
    ASSERT_THAT(said(bench.run()), IsEmpty());
    const std::string cy = newest(bench.records("users"));
    send("DELETE", "/issues/" + gone + ".json");
    send("DELETE", "/users/" + cy + ".json");
    ASSERT_THAT(said(bench.run()), IsEmpty());
    EXPECT_EQ(bench.records("issues").at(gone), R"({"id":)" + gone + R"(,"deleted":true})");
    EXPECT_THAT(bench.records("issues").at(kept), Not(HasSubstr("deleted")));
    EXPECT_EQ(bench.records("users").at(cy), R"({"id":)" + cy + R"(,"deleted":true})");
    for (const auto& touchpoint : bench.mapped("issues").touchpoints)
        EXPECT_NE(touchpoint.subject, "Gone");
}

TEST_F(Redmine, TellsOfADeletionWithinADayWhenTheCountHidesIt) {
    ConnectorBench bench(as(server().about("admin_key"), "tiny"));
    const std::string gone = open_issue("tiny", "Gone");
    open_issue("tiny", "Newer, since SQLite gives the greatest number anew");
    ASSERT_THAT(said(bench.run()), IsEmpty());
    bench.door().before_call = [&](const net::Request& request) {
        if (request.url.find("limit=1&") == std::string::npos && !request.url.ends_with("limit=1"))
            return;
        bench.door().before_call = {};
        send("DELETE", "/issues/" + gone + ".json");
        open_issue("tiny", "New at this very moment");
    };
    ASSERT_THAT(said(bench.run()), IsEmpty());
    EXPECT_THAT(bench.records("issues").at(gone), Not(HasSubstr("deleted")));
    bench.pass(k_day);
    ASSERT_THAT(said(bench.run()), IsEmpty());
    EXPECT_THAT(bench.records("issues").at(gone), HasSubstr("deleted"));
}

TEST_F(Redmine, TakesABadKeyForNoEmptyAccount) {
    ConnectorBench stranger(as("wrong", ""));
    EXPECT_THAT(stranger.check(), StartsWith("error"));
    const auto errors = stranger.run();
    ASSERT_THAT(errors, SizeIs(2));
    EXPECT_EQ(errors.at("issues").code(), Code::auth);

    // Taken back in the middle of a sweep: lists become empty, and nothing is deleted for it.
    ConnectorBench bench(as(server().about("admin_key"), "tiny"));
    ASSERT_THAT(said(bench.run()), IsEmpty());
    const auto before = bench.records();
    bench.pass(k_day);
    bench.door().before_call = [&](const net::Request& request) {
        if (request.url.find("issue_id=") == std::string::npos) return;
        bench.door().before_call = {};
        sql("UPDATE tokens SET value = 'taken' WHERE value = '" + server().about("admin_key") + "'"
        );
    };
    const auto taken = bench.run();
    sql("UPDATE tokens SET value = '" + server().about("admin_key") + "' WHERE value = 'taken'");
    EXPECT_THAT(taken, SizeIs(2));
    EXPECT_EQ(bench.records(), before);
    ASSERT_THAT(said(bench.run()), IsEmpty());
    EXPECT_EQ(bench.records(), before);
}

TEST_F(Redmine, EndsTheSameWhereverItIsKilled) {
    for (int i = 0; i < 3; ++i) open_issue("tiny", "To be read");
    ConnectorBench tiny(as(server().about("admin_key"), "tiny"));
    EXPECT_THAT(after_kills(tiny, 20, 1), IsEmpty());
}

}  // namespace
}  // namespace touchline::integration
