#include "touchline/config/secrets.hpp"

#include <gmock/gmock.h>

#include <filesystem>
#include <fstream>
#include <sstream>

namespace touchline::config {
namespace {

using testing::HasSubstr;
using testing::Not;

class SecretsOnDisk : public testing::Test {
protected:
    void write(const std::string& text) {
        std::ofstream(file_) << text;
        std::filesystem::permissions(
            file_, std::filesystem::perms::owner_read | std::filesystem::perms::owner_write
        );
    }
    ~SecretsOnDisk() override { std::filesystem::remove(file_); }

    std::filesystem::path file_ =
        std::filesystem::path(testing::TempDir()) /
        (std::string(testing::UnitTest::GetInstance()->current_test_info()->name()) + ".env");
};

SecretRef ref(std::string_view text) {
    return *parse_secret_ref(text, {"touchline.yaml", 4, 12});
}

std::optional<std::string> environment(const std::string& name) {
    return name == "HOOK" ? std::optional<std::string>("from outside") : std::nullopt;
}

TEST_F(SecretsOnDisk, GivesValuesByName) {
    write("# for the demo\n\nCRM_TOKEN=abc=def\n QUOTED = \"with space \" \n");
    const auto secrets = Secrets::load(file_, {}, environment);
    ASSERT_TRUE(secrets);
    EXPECT_TRUE(secrets->resolve(ref("${secret:CRM_TOKEN}"))->matches("abc=def"));
    EXPECT_TRUE(secrets->resolve(ref("${secret:QUOTED}"))->matches("with space "));
    EXPECT_TRUE(secrets->resolve(ref("${env:HOOK}"))->matches("from outside"));
    EXPECT_FALSE(secrets->readable_by_others());
}

TEST_F(SecretsOnDisk, GivesTheContentOfAFileAndWhatSystemdHandsOver) {
    write("hunter2\n");
    const std::string folder = file_.parent_path().string();
    const Secrets secrets([&](const std::string& name) {
        return name == "CREDENTIALS_DIRECTORY" ? std::optional(folder) : std::nullopt;
    });
    EXPECT_TRUE(secrets.resolve(config::ref("${file:" + file_.string() + "}"))->matches("hunter2"));
    std::filesystem::rename(file_, file_.parent_path() / "CRM_KEY");
    EXPECT_TRUE(secrets.resolve(ref("${credential:CRM_KEY}"))->matches("hunter2"));
    std::filesystem::remove(file_.parent_path() / "CRM_KEY");
    for (const char* gone : {"${credential:CRM_KEY}", "${file:/nowhere/at/all}"}) {
        const auto missing = secrets.resolve(ref(gone));
        ASSERT_FALSE(missing) << gone;
        EXPECT_EQ(missing.error().code(), Code::config);
    }
    const auto without = Secrets(environment).resolve(ref("${credential:CRM_KEY}"));
    EXPECT_THAT(without.error().cure(), HasSubstr("LoadCredential=CRM_KEY"));
    EXPECT_FALSE(parse_secret_ref("${file:relative}", {}));
}

TEST_F(SecretsOnDisk, NamesTheLineThatIsWrongButNotItsText) {
    write("A=1\nhunter2\n");
    const auto secrets = Secrets::load(file_, {}, environment);
    ASSERT_FALSE(secrets);
    EXPECT_EQ(secrets.error().place()->line, 2);
    EXPECT_THAT(secrets.error().text(), Not(HasSubstr("hunter2")));
}

TEST_F(SecretsOnDisk, TellsWhenOthersMayReadIt) {
    write("A=1\n");
    std::filesystem::permissions(
        file_, std::filesystem::perms::group_read, std::filesystem::perm_options::add
    );
    EXPECT_TRUE(Secrets::load(file_, {}, environment)->readable_by_others());
}

TEST(Secrets, SayWhereAMissingValueBelongs) {
    const Secrets secrets(environment);
    const auto missing = secrets.resolve(ref("${env:OTHER}"));
    ASSERT_FALSE(missing);
    EXPECT_EQ(missing.error().message(), "${env:OTHER} is not set in the environment");
    EXPECT_EQ(missing.error().place()->line, 4);
    EXPECT_THAT(
        secrets.resolve(ref("${secret:A}")).error().cure(),
        HasSubstr("secrets: {file: secrets.env}")
    );
    EXPECT_EQ(Secrets::load("/nowhere/secrets.env").error().code(), Code::not_found);
}

TEST(SecretReference, IsNothingElse) {
    for (const char* text :
         {"", "hunter2", "${secret:}", "${secret:A B}", "${A}", "x${env:A}", "${env:1A}"}) {
        const auto parsed = parse_secret_ref(text, {});
        ASSERT_FALSE(parsed) << text;
        EXPECT_THAT(parsed.error().text(), Not(HasSubstr("hunter2")));
    }
}

std::optional<std::string> key_at_hand(const std::string& name) {
    return name == "KEY" ? std::optional<std::string>("a long passphrase") : std::nullopt;
}

std::string text_of(const std::filesystem::path& file) {
    std::ostringstream text;
    text << std::ifstream(file).rdbuf();
    return text.str();
}

TEST_F(SecretsOnDisk, IsReadSealedWithTheKeyThatIsKeptElsewhere) {
    write("# of the CRM\nCRM=hunter2\n");
    const SecretsFile file(file_, Secret("a long passphrase"));
    ASSERT_TRUE(file.seal());
    EXPECT_THAT(text_of(file_), Not(HasSubstr("hunter2")));
    const auto opened = Secrets::load(file_, ref("${env:KEY}"), key_at_hand);
    ASSERT_TRUE(opened) << opened.error().text();
    EXPECT_TRUE(opened->sealed());
    EXPECT_TRUE(opened->resolve(ref("${secret:CRM}"))->matches("hunter2"));
    const auto without = Secrets::load(file_, {}, key_at_hand);
    ASSERT_FALSE(without);
    EXPECT_THAT(without.error().text(), HasSubstr("is sealed, and no key is named"));
    EXPECT_EQ(Secrets::load(file_, ref("${env:KEY}"), environment).error().code(), Code::config);
}

TEST_F(SecretsOnDisk, ChangesOneLineAndKeepsTheOthers) {
    write("# of the CRM\nCRM=old\nHOOK=abc");
    for (const bool sealed : {false, true}) {
        SCOPED_TRACE(sealed ? "sealed" : "plain");
        const SecretsFile file(file_, Secret("a long passphrase"));
        if (sealed) {
            ASSERT_TRUE(file.seal());
        }
        ASSERT_TRUE(file.set("CRM", Secret("new")));
        ASSERT_TRUE(file.set("DESK", Secret("d=e")));
        ASSERT_TRUE(file.remove("HOOK"));
        EXPECT_EQ(file.remove("HOOK").error().code(), Code::not_found);
        const auto secrets = Secrets::load(file_, ref("${env:KEY}"), key_at_hand);
        ASSERT_TRUE(secrets) << secrets.error().text();
        EXPECT_EQ(secrets->sealed(), sealed);
        EXPECT_EQ(secrets->names(), (std::vector<std::string>{"CRM", "DESK"}));
        EXPECT_TRUE(secrets->resolve(ref("${secret:CRM}"))->matches("new"));
        EXPECT_TRUE(secrets->resolve(ref("${secret:DESK}"))->matches("d=e"));
        EXPECT_FALSE(secrets->readable_by_others());
        ASSERT_TRUE(file.unseal());
        EXPECT_THAT(text_of(file_), HasSubstr("# of the CRM\n"));
        ASSERT_TRUE(file.set("HOOK", Secret("abc")));
    }
}

TEST_F(SecretsOnDisk, IsNotSealedWithoutAKey) {
    write("CRM=hunter2\n");
    EXPECT_EQ(SecretsFile(file_, std::nullopt).seal().error().code(), Code::config);
    EXPECT_EQ(text_of(file_), "CRM=hunter2\n");
}

}  // namespace
}  // namespace touchline::config
