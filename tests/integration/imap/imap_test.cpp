// The connector for mailboxes against a real Dovecot, in this process and in a runner.
#include "dovecot_server.hpp"
#include "reading.hpp"

#include "touchline/net/stream_client.hpp"

#include <gmock/gmock.h>

namespace touchline::imap_test {
namespace {

using integration::Configured;
using integration::ConnectorBench;
using integration::Housing;
using integration::Reading;
using integration::Records;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

#define ASSERT_FINE(...)                                        \
    do {                                                        \
        const auto fine_ = (__VA_ARGS__);                       \
        ASSERT_TRUE(fine_.has_value()) << fine_.error().text(); \
    } while (false)

constexpr const char* k_question =
    "From: =?utf-8?q?=C3=81na_N=C3=BA=C3=B1ez?= <Ana@Globex.test>\r\n"
    "To: Support <support@acme.test>\r\n"
    "Subject: =?iso-8859-1?q?Caf=E9_machine?= =?utf-8?b?IGlzIG9uIGZpcmUg4pi5?=\r\n"
    "Message-ID: <first@globex.test>\r\n"
    "Date: Fri, 23 Oct 2026 10:00:00 +0200\r\n"
    "MIME-Version: 1.0\r\n"
    "Content-Type: multipart/mixed; boundary=x\r\n\r\n"
    "--x\r\nContent-Type: text/plain; charset=iso-8859-1\r\n"
    "Content-Transfer-Encoding: quoted-printable\r\n\r\n"
    "It burns since the caf=E9 opened.\r\n"
    "--x\r\nContent-Type: image/png; name=fire.png\r\n"
    "Content-Disposition: attachment; filename*=utf-8''br%C3%BBl%C3%A9.png\r\n"
    "Content-Transfer-Encoding: base64\r\n\r\nVE9QU0VDUkVUSU1BR0U=\r\n--x--\r\n";
constexpr const char* k_html_only =
    "From: Bo <bo@initech.test>\r\nTo: support@acme.test\r\nSubject: Only HTML\r\n"
    "Message-ID: <html@initech.test>\r\nDate: Fri, 23 Oct 2026 11:00:00 +0000\r\n"
    "MIME-Version: 1.0\r\nContent-Type: text/html; charset=utf-8\r\n\r\n"
    "<html><body><p>Where is <b>my</b> order?</p></body></html>\r\n";
constexpr const char* k_answer =
    "From: support@acme.test\r\nTo: Ana <ana@globex.test>, bo@initech.test\r\n"
    "Subject: Re: fire\r\nMessage-ID: <answer@acme.test>\r\n"
    "In-Reply-To: <first@globex.test>\r\nReferences: <first@globex.test>\r\n"
    " <second@globex.test>\r\nDate: Fri, 23 Oct 2026 12:00:00 +0000\r\n\r\nPour water.\r\n";

/// One server for all tests: each has folders of its own.
class Mailboxes : public testing::TestWithParam<Housing> {
protected:
    static void SetUpTestSuite() {
        if (!DovecotServer::is_installed()) return;
        auto server = DovecotServer::start();
        ASSERT_TRUE(server) << server.error().text();
        dovecot_ = std::move(*server);
        net::ClientOptions options;
        options.ca_file = dovecot_->ca_file();
        auto streams = net::make_stream_client(options);
        ASSERT_TRUE(streams) << streams.error().text();
        streams_ = std::move(*streams);
    }
    static void TearDownTestSuite() {
        streams_.reset();
        dovecot_.reset();
    }
    void SetUp() override {
        if (!DovecotServer::is_installed())
            GTEST_SKIP() << "Dovecot is not installed: scripts/prepare test";
        ASSERT_TRUE(dovecot_);
        static int number = 0;
        folder_ = "Größe & Co " + std::to_string(++number);
        ASSERT_FINE(dovecot_->create(folder_));
    }

    Configured setup(std::string_view password = DovecotServer::k_password) const {
        Configured setup;
        setup.plugin = "imap";
        setup.settings = R"({"host": "localhost", "port": )" +
                         std::to_string(dovecot_->tls_port()) + R"(, "folders": [")" + folder_ +
                         R"("], "own_addresses": ["support@acme.test"]})";
        setup.credentials = net::BasicLogin{"ana", Secret(std::string(password))};
        setup.world.streams = streams_.get();
        setup.housing = GetParam();
        return setup;
    }
    static Result<std::unique_ptr<ConnectorBench>> open(Configured setup) {
        return ConnectorBench::open(std::move(setup));
    }
    std::unique_ptr<ConnectorBench> open() const {
        auto reader = open(setup());
        if (!reader) ADD_FAILURE() << reader.error().text();
        return reader ? std::move(*reader) : nullptr;
    }
    static Records news(ConnectorBench& reader) {
        auto records = reader.news("messages");
        if (!records) ADD_FAILURE() << records.error().text();
        return records ? std::move(*records) : Records();
    }

    static inline std::unique_ptr<DovecotServer> dovecot_;
    static inline std::unique_ptr<net::StreamClient> streams_;
    std::string folder_;
};

TEST_P(Mailboxes, AreReadWholeAndThenOnlyWhatIsNew) {
    ASSERT_FINE(dovecot_->deliver(k_question, folder_));
    ASSERT_FINE(dovecot_->deliver(k_html_only, folder_));
    ASSERT_FINE(dovecot_->deliver(k_answer, folder_));
    const auto reader = open();
    ASSERT_TRUE(reader);
    const auto sentence = reader->checked();
    ASSERT_TRUE(sentence) << sentence.error().text();
    EXPECT_EQ(*sentence, "The mailbox is open: 3 mails in 1 folder.");

    const Records all = news(*reader);
    ASSERT_THAT(all, SizeIs(3));
    const std::string& question = all.begin()->second;
    EXPECT_THAT(question, HasSubstr("\"subject\":\"Café machine is on fire ☹\""));
    EXPECT_THAT(question, HasSubstr("\"name\":\"Ána Núñez\",\"address\":\"ana@globex.test\""));
    EXPECT_THAT(question, HasSubstr("It burns since the café opened."));
    EXPECT_THAT(question, HasSubstr("\"name\":\"brûlé.png\",\"type\":\"image/png\""));
    EXPECT_THAT(question, HasSubstr("\"occurred\":\"2026-10-23T08:00:00Z\""));
    EXPECT_THAT(question, Not(HasSubstr("VE9QU0VDUkVU"))) << "attachments are listed, not read";
    EXPECT_THAT(question, Not(HasSubstr("TOPSECRETIMAGE")));

    auto output = reader->map("messages", all);
    ASSERT_TRUE(output) << output.error().text();
    ASSERT_EQ(output->touchpoints.size(), 4u) << "two in, and one out to two people";
    EXPECT_EQ(output->touchpoints[0].direction, model::Direction::inbound);
    EXPECT_EQ(output->touchpoints[1].snippet, "Where is my order?");
    EXPECT_EQ(output->touchpoints[2].direction, model::Direction::outbound);
    EXPECT_EQ(output->touchpoints[3].identities[0].value, "bo@initech.test");
    for (const std::size_t in_thread : {0U, 2U, 3U})
        EXPECT_EQ(output->touchpoints[in_thread].refs[0].id, "first@globex.test");

    // A search from the next number on finds the last mail again, on any server.
    EXPECT_THAT(news(*reader), IsEmpty());
    ASSERT_FINE(dovecot_->deliver(k_html_only, folder_));
    EXPECT_THAT(news(*reader), SizeIs(1)) << "the same Message-ID twice is two mails";
    EXPECT_THAT(news(*reader), IsEmpty());
}

TEST_P(Mailboxes, TellOfChangedFlagsAndOfWhatIsGone) {
    for (int i = 0; i < 3; ++i) ASSERT_FINE(dovecot_->deliver(k_html_only, folder_));
    const auto reader = open();
    ASSERT_TRUE(reader);
    EXPECT_THAT(news(*reader), SizeIs(3));
    ASSERT_FINE(dovecot_->flag("\\Answered", folder_, 1));
    ASSERT_FINE(dovecot_->expunge(folder_, 2));

    const Records changed = news(*reader);
    ASSERT_THAT(changed, SizeIs(2));
    const std::string& answered = changed.begin()->second;
    EXPECT_THAT(answered, HasSubstr("\"answered\":true"));
    EXPECT_THAT(answered, HasSubstr("Where is <b>my</b> order?")) << "it comes whole";
    const std::string& gone = changed.rbegin()->second;
    EXPECT_THAT(gone, HasSubstr("\"uid\":2,\"deleted\":true"));
    auto output = reader->map("messages", {{"x", gone}});
    ASSERT_TRUE(output);
    EXPECT_THAT(output->touchpoints, IsEmpty());
    EXPECT_THAT(news(*reader), IsEmpty());
}

TEST_P(Mailboxes, ThatWereMadeAnewAreTakenBackAndReadAgain) {
    for (int i = 0; i < 3; ++i) ASSERT_FINE(dovecot_->deliver(k_html_only, folder_));
    const auto reader = open();
    ASSERT_TRUE(reader);
    const Records before = news(*reader);
    ASSERT_FINE(dovecot_->remove(folder_));
    ASSERT_FINE(dovecot_->create(folder_));
    ASSERT_FINE(dovecot_->deliver(k_question, folder_));

    const Records after = news(*reader);
    ASSERT_THAT(after, SizeIs(4));
    for (const auto& [id, text] : before)
        EXPECT_THAT(after.at(id), HasSubstr("\"deleted\":true")) << id;
    int there = 0;
    for (const auto& [id, text] : after) there += before.count(id) == 0 ? 1 : 0;
    EXPECT_EQ(there, 1);
    EXPECT_THAT(news(*reader), IsEmpty());
}

TEST_P(Mailboxes, GiveTheSameFromEveryCheckpoint) {
    ASSERT_FINE(
        dovecot_->deliver_many(120, "Gr&APYA3w-e &- Co " + folder_.substr(folder_.rfind(' ') + 1))
    );
    const auto reader = open();
    ASSERT_TRUE(reader);
    const auto whole = integration::read(reader->source(), "messages");
    ASSERT_TRUE(whole) << whole.error().text();
    ASSERT_THAT(whole->records, SizeIs(120));
    EXPECT_THAT(whole->checkpoints, SizeIs(4));
    for (const auto& [point, before] : whole->checkpoints) {
        const auto rest = integration::read(reader->source(), "messages", point);
        ASSERT_TRUE(rest) << rest.error().text();
        Records both = before;
        for (const auto& [id, text] : rest->records) both[id] = text;
        EXPECT_EQ(both, whole->records);
    }
}

TEST_P(Mailboxes, AreReadTheSameHoweverOftenTheReaderIsKilled) {
    ASSERT_FINE(
        dovecot_->deliver_many(400, "Gr&APYA3w-e &- Co " + folder_.substr(folder_.rfind(' ') + 1))
    );
    const auto reader = open();
    ASSERT_TRUE(reader);
    const auto whole = integration::read(reader->source(), "messages");
    ASSERT_TRUE(whole) << whole.error().text();
    const auto killed = integration::read_with_kills([this] { return open(setup()); }, "messages");
    ASSERT_TRUE(killed) << killed.error().text();
    EXPECT_GT(killed->killed, 0);
    EXPECT_EQ(killed->records, whole->records);
}

TEST_P(Mailboxes, SayThatThePasswordIsWrongAndNotWhatItIs) {
    auto reader = open(setup("wr0ng-and-secret"));
    ASSERT_TRUE(reader) << reader.error().text();
    const auto checked = (*reader)->checked();
    ASSERT_FALSE(checked);
    EXPECT_EQ(checked.error().code(), Code::auth);
    EXPECT_THAT(checked.error().text(), HasSubstr("refuses the user or the password"));
    EXPECT_THAT(checked.error().text(), Not(HasSubstr("wr0ng")));
    const auto read = integration::read((*reader)->source(), "messages");
    ASSERT_FALSE(read);
    EXPECT_EQ(read.error().code(), Code::auth);
}

TEST_P(Mailboxes, AreOpenedOverStarttlsToo) {
    auto connection = setup();
    connection.settings = R"({"host": "localhost", "security": "imap", "port": )" +
                          std::to_string(dovecot_->plain_port()) + "}";
    auto reader = open(std::move(connection));
    ASSERT_TRUE(reader) << reader.error().text();
    ASSERT_FINE((*reader)->checked());
}

TEST_P(Mailboxes, OfServersWithAnUnknownCertificateAreNotOpened) {
    auto trusting_nobody = net::make_stream_client();
    ASSERT_TRUE(trusting_nobody);
    auto connection = setup();
    connection.world.streams = trusting_nobody->get();
    auto reader = open(std::move(connection));
    ASSERT_TRUE(reader);
    const auto checked = (*reader)->checked();
    ASSERT_FALSE(checked);
    EXPECT_EQ(checked.error().code(), Code::config);
    EXPECT_THAT(checked.error().text(), HasSubstr("certificate"));
}

TEST_P(Mailboxes, InPrivateNetworksWantTheOperatorsWord) {
    auto connection = setup();
    connection.private_network = false;
    auto reader = open(std::move(connection));
    ASSERT_TRUE(reader);
    const auto checked = (*reader)->checked();
    ASSERT_FALSE(checked);
    EXPECT_EQ(checked.error().code(), Code::denied);
}

TEST_P(Mailboxes, WithoutSuchAFolderSayWhichOne) {
    ASSERT_FINE(dovecot_->remove(folder_));
    const auto reader = open();
    ASSERT_TRUE(reader);
    const auto read = integration::read(reader->source(), "messages");
    ASSERT_FALSE(read);
    EXPECT_EQ(read.error().code(), Code::config);
    EXPECT_THAT(read.error().text(), HasSubstr(folder_));
}

INSTANTIATE_TEST_SUITE_P(
    Both,
    Mailboxes,
    testing::Values(Housing::in_process, Housing::isolated),
    [](const auto& mode) { return mode.param == Housing::isolated ? "Isolated" : "InProcess"; }
);

}  // namespace
}  // namespace touchline::imap_test
