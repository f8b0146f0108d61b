// The connector for Bluesky against its own server (PDS), in this process and in a runner.
#include "pds.hpp"
#include "reading.hpp"

#include "touchline/net/stream_client.hpp"

#include <gmock/gmock.h>

#include <thread>

namespace touchline::bluesky_test {
namespace {

using integration::Configured;
using integration::ConnectorBench;
using integration::Housing;
using integration::Reading;
using integration::Records;
using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Key;
using ::testing::Not;
using ::testing::Pair;
using ::testing::SizeIs;

#define ASSERT_FINE(...)                                        \
    do {                                                        \
        const auto fine_ = (__VA_ARGS__);                       \
        ASSERT_TRUE(fine_.has_value()) << fine_.error().text(); \
    } while (false)

/// One server for all tests: each has accounts of its own, and others' posts beside them.
class Firehose : public testing::TestWithParam<Housing> {
protected:
    static void SetUpTestSuite() {
        if (!Pds::is_installed()) return;
        auto http = net::make_http_client();
        auto streams = net::make_stream_client();
        ASSERT_TRUE(http && streams);
        http_ = std::move(*http);
        streams_ = std::move(*streams);
        auto pds = Pds::start(*http_);
        ASSERT_TRUE(pds) << pds.error().text();
        pds_ = std::move(*pds);
    }
    static void TearDownTestSuite() {
        pds_.reset();
        streams_.reset();
        http_.reset();
    }
    void SetUp() override {
        if (!Pds::is_installed()) GTEST_SKIP() << "the server of the AT Protocol is not installed";
        ASSERT_TRUE(pds_);
        const std::string number = std::to_string(++number_);
        auto acme = pds_->sign_up("acme" + number);
        ASSERT_TRUE(acme) << acme.error().text();
        acme_ = *acme;
        auto ana = pds_->sign_up("ana" + number);
        ASSERT_TRUE(ana) << ana.error().text();
        ana_ = *ana;
    }

    Configured setup(const char* watch) const {
        Configured setup;
        setup.plugin = "bluesky";
        setup.settings = R"({"url": ")" + pds_->url() + R"(", "firehose": ")" + pds_->firehose() +
                         R"(", "account": ")" + acme_.did + R"(", "watch": ")" + watch + "\"}";
        setup.world = {http_.get(), streams_.get(), nullptr};
        setup.housing = GetParam();
        return setup;
    }
    Result<std::unique_ptr<ConnectorBench>> open(const char* watch = "all") const {
        return ConnectorBench::open(setup(watch));
    }
    static Records news(ConnectorBench& reader) {
        auto records = reader.news("posts");
        if (!records) ADD_FAILURE() << records.error().text();
        return records ? std::move(*records) : Records();
    }
    static std::string uri(const Account& account, const std::string& rkey) {
        return "at://" + account.did + "/app.bsky.feed.post/" + rkey;
    }
    std::string mention() const {
        return R"(, "facets": [{"index": {"byteStart": 0, "byteEnd": 5}, "features": [)"
               R"({"$type": "app.bsky.richtext.facet#mention", "did": ")" +
               acme_.did + R"("}]}])";
    }

    static inline std::unique_ptr<net::HttpClient> http_;
    static inline std::unique_ptr<net::StreamClient> streams_;
    static inline std::unique_ptr<Pds> pds_;
    static inline int number_ = 0;
    Account acme_, ana_;
};

TEST_P(Firehose, IsReadAfterTheRepositoriesAndThenOnlyWhatIsNew) {
    const auto first = pds_->post(ana_, "Hello Größe ☹");
    ASSERT_TRUE(first) << first.error().text();
    ASSERT_FINE(pds_->set_name(ana_, "Ana Nunez"));
    auto reader = open();
    ASSERT_TRUE(reader) << reader.error().text();
    ASSERT_FINE((*reader)->checked());
    const Records all = news(**reader);
    EXPECT_THAT(all, Contains(Pair(uri(ana_, *first), HasSubstr("Hello Größe ☹"))));
    EXPECT_THAT(all, Contains(Pair("at://" + ana_.did, HasSubstr("\"name\":\"Ana Nunez\""))));
    EXPECT_THAT(news(**reader), IsEmpty());

    const auto second = pds_->post(ana_, "More");
    ASSERT_TRUE(second);
    const Records more = news(**reader);
    EXPECT_THAT(more, SizeIs(1));
    EXPECT_THAT(more, Contains(Pair(uri(ana_, *second), HasSubstr("\"text\":\"More\""))));
    EXPECT_THAT(news(**reader), IsEmpty());
}

TEST_P(Firehose, SaysTheSameAsTheRepositories) {
    auto reader = open();
    ASSERT_TRUE(reader);
    static_cast<void>(news(**reader));
    const auto rkey = pds_->post(ana_, "Once", mention() + R"(, "langs": ["en"])");
    ASSERT_TRUE(rkey);
    const Records heard = news(**reader);
    auto again = open();
    ASSERT_TRUE(again);
    const Records listed = news(**again);
    ASSERT_TRUE(heard.contains(uri(ana_, *rkey)) && listed.contains(uri(ana_, *rkey)));
    EXPECT_EQ(heard.at(uri(ana_, *rkey)), listed.at(uri(ana_, *rkey)));
}

TEST_P(Firehose, TellsOfEditsDeletionsNamesAndAccounts) {
    ASSERT_FINE(pds_->put_post(ana_, "3jzfcijpj2z2b", "Typo"));
    const auto second = pds_->post(ana_, "Wrong");
    ASSERT_TRUE(second);
    auto reader = open();
    ASSERT_TRUE(reader);
    static_cast<void>(news(**reader));

    ASSERT_FINE(pds_->put_post(ana_, "3jzfcijpj2z2b", "No typo"));
    ASSERT_FINE(pds_->remove_post(ana_, *second));
    ASSERT_FINE(pds_->rename(ana_, "anna" + std::to_string(number_)));
    Records changed = news(**reader);
    EXPECT_THAT(changed, Contains(Pair(uri(ana_, "3jzfcijpj2z2b"), HasSubstr("No typo"))));
    EXPECT_THAT(changed, Contains(Pair(uri(ana_, *second), HasSubstr("\"deleted\":true"))));
    EXPECT_THAT(changed, Contains(Pair("at://" + ana_.did, HasSubstr("\"handle\":\"anna"))));
    auto gone = (*reader)->map("posts", {{"x", changed.at(uri(ana_, *second))}});
    ASSERT_TRUE(gone) << gone.error().text();
    EXPECT_THAT(gone->touchpoints, IsEmpty());

    ASSERT_FINE(pds_->deactivate(ana_));
    changed = news(**reader);
    EXPECT_THAT(
        changed, Contains(Pair("at://" + ana_.did, HasSubstr("\"status\":\"deactivated\"")))
    );
    EXPECT_THAT(changed, SizeIs(1)) << "that an account rests does not take its posts back";
    // The back-fill of another connection is not stopped by it either.
    auto fresh = open();
    ASSERT_TRUE(fresh);
    EXPECT_THAT(news(**fresh), Contains(Pair("at://" + ana_.did, HasSubstr("\"active\":false"))));
}

TEST_P(Firehose, IsNotLedAstrayByTimesAndKeysThatAuthorsChoose) {
    auto reader = open();
    ASSERT_TRUE(reader);
    static_cast<void>(news(**reader));
    ASSERT_FINE(pds_->put_post(ana_, "3jzfcijpj2z2a", "an old key", "2009-01-01T00:00:00.000Z"));
    ASSERT_FINE(pds_->put_post(ana_, "3zzzzzzzzzzza", "a future key", "2031-01-01T00:00:00.000Z"));
    const Records strange = news(**reader);
    EXPECT_THAT(
        strange, Contains(Pair(uri(ana_, "3jzfcijpj2z2a"), HasSubstr("\"occurred\":\"2009-01-01")))
    );
    EXPECT_THAT(
        strange, Contains(Pair(uri(ana_, "3zzzzzzzzzzza"), Not(HasSubstr("\"occurred\":\"2031"))))
    );
    const auto usual = pds_->post(ana_, "as usual");
    ASSERT_TRUE(usual);
    const Records next = news(**reader);
    EXPECT_THAT(next, SizeIs(1));
    EXPECT_THAT(next, Contains(Key(uri(ana_, *usual))));
}

TEST_P(Firehose, CanBeCutDownToWhatConcernsTheCompany) {
    const auto own = pds_->post(acme_, "We are here");
    ASSERT_TRUE(own);
    auto reader = open("ours");
    ASSERT_TRUE(reader);
    EXPECT_THAT(news(**reader), Contains(Key(uri(acme_, *own))));
    const auto other = pds_->post(ana_, "nothing to do with it");
    const auto mentioned = pds_->post(ana_, "@acme my bike squeaks", mention());
    ASSERT_TRUE(other && mentioned);
    Records concerns = news(**reader);
    EXPECT_THAT(concerns, Contains(Key(uri(ana_, *mentioned))));
    EXPECT_THAT(concerns, Contains(Key("at://" + ana_.did)));
    EXPECT_THAT(concerns, SizeIs(2));
    auto output = (*reader)->map("posts", concerns);
    ASSERT_TRUE(output) << output.error().text();
    ASSERT_THAT(output->touchpoints, SizeIs(1));
    EXPECT_EQ(output->touchpoints[0].identities[0].value, ana_.did);
    ASSERT_FINE(pds_->remove_post(ana_, *other));
    ASSERT_FINE(pds_->remove_post(ana_, *mentioned));
    concerns = news(**reader);
    EXPECT_THAT(concerns, SizeIs(1)) << "only the one that was handed over";
    EXPECT_THAT(concerns, Contains(Key(uri(ana_, *mentioned))));
}

TEST_P(Firehose, StaysOpenAndStopsWhenItIsAskedTo) {
    auto reader = open();
    ASSERT_TRUE(reader);
    const auto reached = integration::read((*reader)->source(), "posts");
    ASSERT_TRUE(reached) << reached.error().text();
    std::thread author([&] {
        for (int i = 0; i < 3; ++i) EXPECT_TRUE(pds_->post(ana_, "live " + std::to_string(i)));
    });
    const auto stayed =
        integration::stay((*reader)->source(), "posts", reached->last, [](const Reading& reading) {
            return reading.records.size() >= 3 && !reading.checkpoints.empty() &&
                   reading.checkpoints.back().second.size() >= 3;
        });
    author.join();
    ASSERT_TRUE(stayed) << stayed.error().text();
    EXPECT_THAT(stayed->records, SizeIs(3));
    // What is after its last checkpoint is nothing: it goes on from there.
    const auto rest = integration::read((*reader)->source(), "posts", stayed->last);
    ASSERT_TRUE(rest);
    EXPECT_THAT(rest->records, IsEmpty());
}

TEST_P(Firehose, OfAServerThatWasResetIsReadFromTheBeginning) {
    const auto rkey = pds_->post(ana_, "still here");
    ASSERT_TRUE(rkey);
    auto reader = open();
    ASSERT_TRUE(reader);
    auto reading = integration::read(
        (*reader)->source(), "posts", {1, R"({"floor": "2zzzzzzzzzzzz", "seq": "99999999"})"}
    );
    ASSERT_TRUE(reading) << reading.error().text();
    EXPECT_THAT(reading->records, Contains(Key(uri(ana_, *rkey))));
    EXPECT_THAT(reading->last.state, Not(HasSubstr("99999999")));
}

TEST_P(Firehose, GivesTheSameHoweverOftenTheReaderIsKilled) {
    for (int i = 0; i < 30; ++i) ASSERT_TRUE(pds_->post(ana_, "number " + std::to_string(i)));
    auto reader = open();
    ASSERT_TRUE(reader);
    const auto whole = integration::read((*reader)->source(), "posts");
    ASSERT_TRUE(whole) << whole.error().text();
    // Each reader connects for itself: what this process keeps open is not for two to share.
    const auto afresh = [this] {
        http_ = std::move(net::make_http_client()).value();
        return open();
    };
    const auto killed = integration::read_with_kills(afresh, "posts");
    ASSERT_TRUE(killed) << killed.error().text();
    EXPECT_GT(killed->killed, 0);
    EXPECT_EQ(killed->records, whole->records);
}

INSTANTIATE_TEST_SUITE_P(
    Both,
    Firehose,
    testing::Values(Housing::in_process, Housing::isolated),
    [](const auto& mode) { return mode.param == Housing::isolated ? "Isolated" : "InProcess"; }
);

}  // namespace
}  // namespace touchline::bluesky_test
