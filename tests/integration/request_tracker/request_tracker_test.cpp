// The connector against a real Request Tracker 5.
#include "reading.hpp"
#include "rt_server.hpp"

#include <gmock/gmock.h>

#include <algorithm>

namespace touchline::rt_test {
namespace {

using integration::ConnectorBench;
using integration::Records;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

#define ASSERT_FINE(...)                                        \
    do {                                                        \
        const auto fine_ = (__VA_ARGS__);                       \
        ASSERT_TRUE(fine_.has_value()) << fine_.error().text(); \
    } while (false)

class RequestTracker : public testing::Test {
protected:
    void SetUp() override {
        auto http = net::make_http_client();
        ASSERT_TRUE(http) << http.error().text();
        http_ = std::move(*http);
        auto server = RtServer::start(*http_);
        ASSERT_TRUE(server) << server.error().text();
        rt_ = std::move(*server);
        integration::Configured configured;
        configured.plugin = "request-tracker";
        configured.settings = R"({"url": ")" + rt_->url() + "\"}";
        configured.credentials =
            net::HeaderKey{"Authorization", Secret(rt_->reader_token()), "token "};
        configured.world.http = http_.get();
        auto reader = ConnectorBench::open(std::move(configured));
        ASSERT_TRUE(reader) << reader.error().text();
        reader_ = std::move(*reader);
    }

    /// What is new since the last call for the stream.
    Records news(const std::string& stream) {
        auto records = reader_->news(stream);
        if (!records) ADD_FAILURE() << records.error().text();
        return records ? std::move(*records) : Records();
    }
    mapping::Output mapped(const std::string& stream, const Records& records) {
        auto output = reader_->map(stream, records);
        if (!output) ADD_FAILURE() << output.error().text();
        return output ? std::move(*output) : mapping::Output();
    }
    mapping::Output mapped_news(const std::string& stream) { return mapped(stream, news(stream)); }

    std::unique_ptr<net::HttpClient> http_;
    std::unique_ptr<RtServer> rt_;
    std::unique_ptr<ConnectorBench> reader_;
};

std::vector<std::string> kinds(const mapping::Output& output) {
    std::vector<std::string> kinds;
    for (const auto& touchpoint : output.touchpoints) {
        kinds.push_back(
            std::string(model::to_string(touchpoint.direction)) + " " + touchpoint.kind
        );
    }
    return kinds;
}

std::vector<std::string> refs(const model::Touchpoint& touchpoint) {
    std::vector<std::string> refs;
    for (const auto& ref : touchpoint.refs) refs.push_back(ref.rel + " " + ref.id);
    return refs;
}

TEST_F(RequestTracker, IsReadAsCasesMessagesAndPeopleAndOnlyOnce) {
    ASSERT_FINE(reader_->checked());
    ASSERT_FINE(rt_->mail("Ana Nunez <ana@globex.test>", "Printer on fire", "It burns."));
    ASSERT_FINE(rt_->send(
        "POST", "ticket/1/correspond", R"({"Content":"Pour water.","ContentType":"text/plain"})"
    ));
    ASSERT_FINE(rt_->mail(
        "ana@globex.test",
        "Re: [test #1] Printer on fire",
        "Thanks!\n\nOn Monday staff wrote:\n> Pour water."
    ));
    ASSERT_FINE(rt_->send(
        "POST", "ticket/1/comment", R"({"Content":"Check the fuse.","ContentType":"text/plain"})"
    ));
    ASSERT_FINE(rt_->send("PUT", "ticket/1", R"({"Status":"resolved"})"));
    ASSERT_FINE(rt_->send("PUT", "ticket/1", R"({"Status":"open"})"));

    const auto happened = mapped_news("transactions");
    EXPECT_THAT(
        kinds(happened),
        ElementsAre(
            "inbound message.sent",
            "outbound message.sent",
            "inbound message.sent",
            "internal note.added",
            "system case.solved",
            "system case.reopened"
        )
    );
    ASSERT_THAT(happened.touchpoints, SizeIs(6));
    const auto& reply = happened.touchpoints[2];
    EXPECT_EQ(reply.subject, "Printer on fire");
    EXPECT_EQ(reply.snippet, "Thanks!");
    EXPECT_THAT(refs(reply), ElementsAre("case 1"));
    EXPECT_TRUE(reply.refs[0].url.starts_with(rt_->url() + "/Ticket/Display.html?id=1#txn-"));
    ASSERT_THAT(reply.identities, SizeIs(2));
    EXPECT_EQ(reply.identities[0].ns, "rt.user");
    EXPECT_EQ(reply.identities[1].value, "ana@globex.test");

    const auto cases = mapped_news("tickets");
    EXPECT_THAT(kinds(cases), ElementsAre("inbound case.opened"));

    const auto people = mapped_news("users");
    ASSERT_THAT(people.facts, SizeIs(2));
    EXPECT_EQ(people.facts[0].value, "\"Ana Nunez\"");
    EXPECT_EQ(people.facts[1].value, "\"ana@globex.test\"");

    for (const char* stream : {"transactions", "tickets", "users"})
        EXPECT_THAT(news(stream), IsEmpty()) << stream;
}

TEST_F(RequestTracker, TellsOfUpdatesMergesAndDeletions) {
    ASSERT_FINE(rt_->mail("Ana <ana@globex.test>", "Printer on fire", "It burns."));
    ASSERT_FINE(rt_->mail("Ana <ana@home.test>", "Still on fire", "Hello?"));
    ASSERT_FINE(rt_->mail("Spam <spam@spam.test>", "Buy now", "Cheap!"));
    for (const char* stream : {"transactions", "tickets", "users"})
        EXPECT_THAT(news(stream), SizeIs(3)) << stream;

    ASSERT_FINE(rt_->send("PUT", "ticket/1", R"({"Subject":"Printer smokes"})"));
    auto cases = mapped_news("tickets");
    ASSERT_THAT(cases.touchpoints, SizeIs(1));
    EXPECT_EQ(cases.touchpoints[0].subject, "Printer smokes");

    ASSERT_FINE(rt_->send("PUT", "ticket/2", R"({"MergeInto":1})"));
    cases = mapped("tickets", {{"2", news("tickets").at("2")}});
    ASSERT_FALSE(cases.touchpoints.empty());
    for (const auto& opened : cases.touchpoints)
        EXPECT_THAT(refs(opened), ElementsAre("case 2", "parent 1"));

    ASSERT_FINE(rt_->send("DELETE", "ticket/3"));
    cases = mapped_news("tickets");
    ASSERT_THAT(cases.touchpoints, SizeIs(1));
    EXPECT_EQ(cases.touchpoints[0].state, model::State::retracted);

    const auto survivor = rt_->user_id("ana@globex.test");
    const auto absorbed = rt_->user_id("ana@home.test");
    ASSERT_TRUE(survivor && absorbed);
    ASSERT_FINE(rt_->send(
        "PUT",
        "user/" + *survivor,
        R"({"Comments":"ana@home.test ()" + *absorbed + R"() merged into this user"})"
    ));
    const auto people = mapped_news("users");
    ASSERT_THAT(people.links, SizeIs(1));
    EXPECT_EQ(people.links[0].a.value, "request-tracker/" + *survivor);
    EXPECT_EQ(people.links[0].b.value, "request-tracker/" + *absorbed);
    EXPECT_EQ(people.links[0].polarity, model::Polarity::same);
}

TEST_F(RequestTracker, GivesTheSameRecordsFromEveryCheckpoint) {
    ASSERT_FINE(rt_->mail("Ana <ana@globex.test>", "Printer on fire", "It burns."));
    ASSERT_FINE(rt_->add_comments("1", 130));
    for (const char* stream : {"transactions", "tickets", "users"}) {
        const auto whole = integration::read(reader_->source(), stream);
        ASSERT_TRUE(whole) << whole.error().text();
        ASSERT_FALSE(whole->checkpoints.empty());
        for (const auto& [point, before] : whole->checkpoints) {
            const auto rest = integration::read(reader_->source(), stream, point);
            ASSERT_TRUE(rest) << rest.error().text();
            Records both = before;
            for (const auto& [id, text] : rest->records) both[id] = text;
            EXPECT_EQ(both, whole->records) << stream;
        }
    }
    const auto transactions = integration::read(reader_->source(), "transactions");
    ASSERT_TRUE(transactions);
    EXPECT_THAT(transactions->records, SizeIs(131));
    EXPECT_THAT(transactions->checkpoints, SizeIs(2));
}

}  // namespace
}  // namespace touchline::rt_test
