// The built program, as people run it, against simulated systems.
#include "simulator.hpp"
#include "store_state.hpp"

#include "touchline/net/http_client.hpp"
#include "touchline/net/url.hpp"

#include <gmock/gmock.h>
#include <openssl/bio.h>
#include <openssl/evp.h>
#include <openssl/pem.h>

#include <cstdlib>
#include <map>
#include <set>

namespace touchline::simulated {
namespace {

namespace fs = std::filesystem;
using e2e::Child;
using e2e::read_file;
using e2e::write_file;

/// What must be nowhere but where it was put.
const std::vector<std::string> k_secrets{
    "zd-secret",
    "sk_test_secret",
    "shpat_secret",
    "oauth-client-s3cret",
    "access-s3cret",
    "refresh-s3cret"};

class Program : public testing::Test {
protected:
    Program() {
        auto http = net::make_http_client();
        EXPECT_TRUE(http);
        http_ = std::move(*http);
        for (const char* vendor : {"hubspot", "shopify", "stripe", "zendesk"}) {
            auto simulator = Simulator::start(*http_, vendor);
            EXPECT_TRUE(simulator) << vendor;
            simulators_.emplace(vendor, std::move(*simulator));
            simulators_.at(vendor)->tell("seed", R"({"count": 40})");
        }
    }

    /// A folder that is configured for all simulators, with each kind of reference to a secret.
    fs::path installation(
        const std::string& name, const std::string& grant = "client-credentials"
    ) {
        const fs::path where = folder_.path() / name;
        write_file(where / "secrets.env", "ZENDESK=zd-secret\nOAUTH=oauth-client-s3cret\n");
        write_file(where / "stripe-key", "sk_test_secret\n");
        write_file(where / "credentials/SHOPIFY", "shpat_secret");
        fs::permissions(where / "secrets.env", fs::perms::owner_read | fs::perms::owner_write);
        ::setenv("CREDENTIALS_DIRECTORY", (where / "credentials").c_str(), 1);
        const auto url = [&](const char* vendor) { return simulators_.at(vendor)->url(); };
        write_file(
            where / "touchline.yaml",
            "version: 1\nstorage: {dir: data}\nsecrets: {file: secrets.env}\nconnections:\n"
            "  crm:\n    plugin: hubspot\n    allow_private_network: true\n"
            "    settings: {url: \"" +
                url("hubspot") +
                "\"}\n"
                "    auth: {kind: oauth2, grant: " +
                grant + ", client_id: touchline, secret: \"${secret:OAUTH}\", token_url: \"" +
                url("hubspot") + "/oauth/token\", authorize_url: \"" + url("hubspot") +
                "/oauth/authorize\"}\n"
                "  desk:\n    plugin: zendesk\n    allow_private_network: true\n"
                "    settings: {url: \"" +
                url("zendesk") +
                "\"}\n"
                "    auth: {kind: basic, user: agent@acme.test/token, secret: "
                "\"${secret:ZENDESK}\"}\n"
                "  payments:\n    plugin: stripe\n    allow_private_network: true\n"
                "    settings: {url: \"" +
                url("stripe") +
                "\"}\n"
                "    auth: {kind: bearer, secret: \"${file:" +
                (where / "stripe-key").string() +
                "}\"}\n"
                "  shop:\n    plugin: shopify\n    allow_private_network: true\n"
                "    settings: {url: \"" +
                url("shopify") +
                "\"}\n"
                "    auth: {kind: header, name: X-Shopify-Access-Token, secret: "
                "\"${credential:SHOPIFY}\"}\n"
        );
        return where;
    }
    static int run(const fs::path& where, std::vector<std::string> arguments) {
        Child child(e2e::touchline(std::move(arguments)), where);
        const std::string output = child.output();
        std::ofstream(where / "stdout.txt", std::ios::app) << output;
        return child.wait();
    }
    /// Every file below the folder that holds one of the secrets.
    static std::set<std::string> files_with_secrets(const fs::path& where) {
        std::set<std::string> found;
        for (const auto& entry : fs::recursive_directory_iterator(where)) {
            if (!entry.is_regular_file()) continue;
            const std::string text = read_file(entry.path());
            for (const std::string& secret : k_secrets) {
                if (text.find(secret) != std::string::npos)
                    found.insert(fs::relative(entry.path(), where).string());
            }
        }
        return found;
    }

    const e2e::Folder folder_;
    std::unique_ptr<net::HttpClient> http_;
    std::map<std::string, std::unique_ptr<Simulator>> simulators_;
};

TEST_F(Program, WritesSecretsNowhereButIntoTheFileOfTheSignIn) {
    const fs::path where = installation("whole");
    for (const char* connection : {"crm", "desk", "payments", "shop"}) {
        EXPECT_EQ(run(where, {"-v", "connections", "test", connection}), 0) << connection;
    }
    // Good runs, runs that fail in every way that a system can make them fail, and good ones again.
    for (const char* kind : {"none", "500", "cut", "expired", "none"}) {
        for (const auto& [vendor, simulator] : simulators_) {
            if (std::string_view(kind) != "none")
                simulator->tell(
                    "fault", R"({"kind": ")" + std::string(kind) + R"(", "at": [1, 2, 3]})"
                );
        }
        run(where, {"-v", "connections", "run"});
    }
    // An endpoint that shows in its error what it was sent.
    write_file(where / "secrets.env", "ZENDESK=zd-secret\nOAUTH=oauth-client-s3cret-old\n");
    simulators_.at("hubspot")->tell("take_back");
    fs::remove_all(where / "data/sign-in");
    EXPECT_NE(run(where, {"-v", "connections", "run", "crm"}), 0);
    run(where, {"config", "check"});
    write_file(where / "secrets.env", "ZENDESK=zd-secret\nOAUTH=oauth-client-s3cret\n");
    EXPECT_EQ(run(where, {"-v", "connections", "run", "crm"}), 0);
    EXPECT_EQ(run(where, {"doctor"}), 0);
    EXPECT_THAT(
        files_with_secrets(where),
        testing::UnorderedElementsAre(
            "secrets.env", "stripe-key", "credentials/SHOPIFY", "data/sign-in/crm.json"
        )
    );
    const auto mode = fs::status(where / "data/sign-in/crm.json").permissions();
    EXPECT_EQ(mode & (fs::perms::group_all | fs::perms::others_all), fs::perms::none);
}

TEST_F(Program, HasNoMemoryInItsCoreDumps) {
    const fs::path where = installation("dumps");
    Child child(e2e::touchline({"serve", "--dev", "--listen", "127.0.0.1:0"}), where);
    child.line_after("ready: ");
    const fs::path process = fs::path("/proc") / std::to_string(child.id());
    EXPECT_EQ(read_file(process / "coredump_filter"), "00000000\n");
    EXPECT_THAT(read_file(process / "limits"), testing::ContainsRegex("Max core file size +0 +0 "));
}

TEST_F(Program, SignsInWithABrowserAndRenewsItselfAfterwards) {
    const fs::path where = installation("browser", "sign-in");
    EXPECT_NE(run(where, {"connections", "run", "crm"}), 0) << "nobody has signed in yet";
    EXPECT_THAT(
        read_file(where / "stderr.txt"), testing::HasSubstr("touchline connections auth crm")
    );

    Child child(e2e::touchline({"connections", "auth", "crm"}), where);
    const std::string url = child.line_after("  ");
    const auto query = net::parse_query(url.substr(url.find('?') + 1));
    ASSERT_TRUE(query) << url;
    const std::map<std::string, std::string> fields(query->begin(), query->end());
    simulators_.at("hubspot")->tell(
        "challenge", R"({"challenge": ")" + fields.at("code_challenge") + R"("})"
    );
    net::SendOptions options;
    options.allow_private_network = true;
    const std::string back = fields.at("redirect_uri");
    // Somebody who only guesses gets nowhere.
    const auto forged =
        http_->send({"GET", back + "?code=evil&state=guessed", {}, ""}, options, {});
    ASSERT_TRUE(forged) << forged.error().text();
    EXPECT_EQ(forged->status, 404);
    const auto landed = http_->send(
        {"GET", back + "?code=good-c0de&state=" + fields.at("state"), {}, ""}, options, {}
    );
    ASSERT_TRUE(landed) << landed.error().text();
    ASSERT_EQ(landed->status, 200) << landed->body;
    EXPECT_EQ(child.wait(), 0) << read_file(where / "stderr.txt");

    EXPECT_EQ(run(where, {"-q", "connections", "run", "crm"}), 0)
        << read_file(where / "stderr.txt");
    // Taken back early: renewed with the rotated token, twice in two processes.
    for (int renewal = 0; renewal < 2; ++renewal) {
        simulators_.at("hubspot")->tell("take_back");
        EXPECT_EQ(run(where, {"-q", "connections", "run", "crm"}), 0)
            << read_file(where / "stderr.txt");
    }
}

/// A private key as Salesforce's administrators make one.
std::string private_key() {
    const std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)> key(
        EVP_RSA_gen(2048), &EVP_PKEY_free
    );
    const std::unique_ptr<BIO, decltype(&BIO_free)> out(BIO_new(BIO_s_mem()), &BIO_free);
    PEM_write_bio_PrivateKey(out.get(), key.get(), nullptr, nullptr, 0, nullptr, nullptr);
    char* text = nullptr;
    const long size = BIO_get_mem_data(out.get(), &text);
    return {text, static_cast<std::size_t>(size)};
}

TEST_F(Program, SignsInWithASignedAssertionAndReadsInBulk) {
    auto started = Simulator::start(*http_, "salesforce");
    ASSERT_TRUE(started) << started.error().text();
    Simulator& salesforce = **started;
    salesforce.tell("seed", R"({"count": 60})");
    const fs::path where = folder_.path() / "assertion";
    write_file(where / "salesforce.pem", private_key());
    write_file(
        where / "touchline.yaml",
        "version: 1\nstorage: {dir: data}\nconnections:\n"
        "  crm:\n    plugin: salesforce\n    allow_private_network: true\n"
        "    settings: {url: \"" +
            salesforce.url() +
            "\"}\n"
            "    auth: {kind: oauth2, grant: jwt-bearer, client_id: 3MVG9, subject: "
            "integration@acme.test, audience: \"https://login.salesforce.com\", token_url: \"" +
            salesforce.url() + "/services/oauth2/token\", secret: \"${file:" +
            (where / "salesforce.pem").string() + "}\"}\n"
    );
    EXPECT_EQ(run(where, {"-v", "connections", "run"}), 0) << read_file(where / "stderr.txt");
    const e2e::State first = e2e::state_of(where / "data/touchline.db");
    EXPECT_GT(first.customers.size(), 60U);
    EXPECT_EQ(first.dead_letters.size(), 0U);
    // The token is taken back; Salesforce never says how long one lives.
    salesforce.tell("take_back");
    salesforce.tell("step");
    EXPECT_EQ(run(where, {"-v", "connections", "run"}), 0) << read_file(where / "stderr.txt");
    EXPECT_GT(e2e::state_of(where / "data/touchline.db").customers.size(), first.customers.size());
    EXPECT_THAT(
        files_with_secrets(where), testing::IsSubsetOf({std::string("data/sign-in/crm.json")})
    );
}

TEST_F(Program, EndsLikeOneThatWasNotInterruptedWheneverItIsKilled) {
    const std::vector<std::string> run_all{"-q", "connections", "run"};
    const fs::path whole = installation("uninterrupted");
    std::chrono::nanoseconds used{0};
    {
        Child child(e2e::touchline(run_all), whole);
        ASSERT_EQ(child.wait(), 0) << read_file(whole / "stderr.txt");
        used = child.cpu_time();
    }
    const e2e::State expected = e2e::state_of(whole / "data/touchline.db");
    EXPECT_GT(expected.customers.size(), 250U);
    EXPECT_EQ(expected.dead_letters.size(), 0U);
    constexpr int k_moments = 8;
    int killed = 0;
    for (int moment = 0; moment < k_moments; ++moment) {
        SCOPED_TRACE("killed at moment " + std::to_string(moment));
        const fs::path where = installation("killed" + std::to_string(moment));
        {
            Child child(e2e::touchline(run_all), where);
            const auto until = used * (2 * moment + 1) / (2 * k_moments);
            while (child.cpu_time() < until && !child.ends_within(std::chrono::microseconds(300))) {
            }
            child.signal(SIGKILL);
            if (child.wait() == -SIGKILL) ++killed;
        }
        ASSERT_EQ(run(where, run_all), 0) << read_file(where / "stderr.txt");
        const e2e::State found = e2e::state_of(where / "data/touchline.db");
        EXPECT_EQ(found.counts, expected.counts);
        EXPECT_TRUE(found.customers_of_record == expected.customers_of_record);
        if (HasFailure()) break;
    }
    EXPECT_GE(killed, k_moments - 2);
}

}  // namespace
}  // namespace touchline::simulated
