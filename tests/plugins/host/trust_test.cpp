// What an operator takes in: keys, the contents of a bundle, and the lock file.
#include "touchline/host/bundle.hpp"
#include "touchline/host/lock_file.hpp"

#include <gtest/gtest.h>

namespace touchline::host {
namespace {

std::string raw_text(std::string_view hex) {
    std::string bytes;
    for (std::size_t i = 0; i + 1 < hex.size(); i += 2)
        bytes.push_back(static_cast<char>(std::stoi(std::string(hex.substr(i, 2)), nullptr, 16)));
    return bytes;
}

TEST(SigningKey, SignsAsRfc8032Says) {
    // Section 7.1, test 2.
    const std::string seed =
        raw_text("4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb");
    const auto key = SigningKey::parse(Secret("ed25519-secret:" + to_base64(seed)));
    ASSERT_TRUE(key);
    EXPECT_EQ(
        key->public_key().text(),
        "ed25519:" +
            to_base64(raw_text("3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c"))
    );
    EXPECT_EQ(
        key->sign("\x72"),
        to_base64(raw_text("92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
                           "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"))
    );
}

TEST(SigningKey, MadeHereVerifiesItsOwnSignaturesAndNoOthers) {
    const SigningKey key = SigningKey::generate();
    const auto again = SigningKey::parse(key.text());
    ASSERT_TRUE(again);
    EXPECT_EQ(again->public_key(), key.public_key());
    const std::string signature = key.sign("the contents");
    EXPECT_TRUE(key.public_key().verifies("the contents", signature));
    EXPECT_FALSE(key.public_key().verifies("The contents", signature));
    EXPECT_FALSE(key.public_key().verifies("the contents", to_base64("short")));
    EXPECT_FALSE(SigningKey::generate().public_key().verifies("the contents", signature));
}

TEST(PublicKey, IsReadFromItsTextOnly) {
    EXPECT_FALSE(PublicKey::parse("ed25519:AAAA"));
    EXPECT_FALSE(PublicKey::parse("rsa:" + to_base64(std::string(32, 'x'))));
    const auto key = PublicKey::parse("ed25519:" + to_base64(std::string(32, 'x')));
    ASSERT_TRUE(key);
    EXPECT_EQ(key->text(), "ed25519:" + to_base64(std::string(32, 'x')));
}

TEST(BundleContents, SayTheSameWhateverTheOrderOfTheirFiles) {
    BundleContents one{"acme.crm", "1.2.0", {}}, other = one;
    ASSERT_TRUE(one.add("acme.crm.so", "code"));
    ASSERT_TRUE(one.add("acme.crm/mappings/my contacts.yaml", "map"));
    ASSERT_TRUE(other.add("acme.crm/mappings/my contacts.yaml", "map"));
    ASSERT_TRUE(other.add("acme.crm.so", "code"));
    EXPECT_EQ(one.text(), other.text());
    const auto read = BundleContents::parse(one.text());
    ASSERT_TRUE(read) << read.error().text();
    EXPECT_EQ(read->text(), one.text());
    EXPECT_EQ(read->id, "acme.crm");
    EXPECT_TRUE(read->check("acme.crm.so", "code"));
    EXPECT_EQ(read->check("acme.crm.so", "cod3").error().code(), Code::denied);
    EXPECT_EQ(read->check("other.so", "code").error().code(), Code::denied);
}

TEST(BundleContents, NeverLeadOutOfTheBundle) {
    BundleContents contents{"a", "1", {}};
    for (const char* path : {"", "/etc/x", "../x", "a/../x", "a//x", "a/.", "a\\x", "a\nx"}) {
        EXPECT_FALSE(contents.add(path, "")) << path;
    }
    const std::string digest = "sha256:" + std::string(64, '0');
    const std::string head = "touchline-bundle 1\nplugin a 1\n";
    EXPECT_TRUE(BundleContents::parse(head + "file " + digest + " 3 a.so\n"));
    const auto escaping = BundleContents::parse(head + "file " + digest + " 3 ../a.so\n");
    ASSERT_FALSE(escaping);
    EXPECT_EQ(escaping.error().place()->line, 3);
    const std::string twice = "file " + digest + " 3 a.so\n";
    EXPECT_FALSE(BundleContents::parse(head + twice + twice));
}

TEST(BundleContents, AreOnlyAsGoodAsTheirSignature) {
    BundleContents contents{"acme.crm", "1.2.0", {}};
    ASSERT_TRUE(contents.add("acme.crm.so", "code"));
    const SigningKey key = SigningKey::generate();
    const std::string signature = sign_contents(contents.text(), key);
    const auto signer = verify_contents(contents.text(), signature);
    ASSERT_TRUE(signer) << signer.error().text();
    EXPECT_EQ(*signer, key.public_key());
    EXPECT_EQ(verify_contents(contents.text() + " ", signature).error().code(), Code::denied);
    EXPECT_EQ(verify_contents(contents.text(), "x").error().code(), Code::bad_data);
}

TEST(LockFile, IsReadAsItIsWritten) {
    LockFile file;
    file.put({"zeta", "2.0.0", sha256("z"), ""});
    file.put({"acme.crm", "1.2.0", sha256("a"), SigningKey::generate().public_key().text()});
    const auto read = LockFile::parse(file.text());
    ASSERT_TRUE(read) << read.error().text();
    EXPECT_EQ(read->text(), file.text());
    ASSERT_EQ(read->plugins().size(), 2u);
    EXPECT_EQ(read->plugins()[0].id, "acme.crm");
    file.put({"zeta", "2.0.1", sha256("z2"), ""});
    EXPECT_EQ(file.find("zeta")->version, "2.0.1");
    EXPECT_TRUE(file.remove("zeta"));
    EXPECT_EQ(file.find("zeta"), nullptr);
}

TEST(LockFile, NamesTheLineThatIsWrong) {
    const std::string head = "# touchline plugins.lock 1\n";
    const std::string digest = "sha256:" + std::string(64, 'a');
    EXPECT_FALSE(LockFile::parse(""));
    EXPECT_TRUE(LockFile::parse(head + "a 1 " + digest + " unsigned\n"));
    for (const std::string& line :
         {std::string("a 1"),
          std::string("a 1 sha256:abc unsigned"),
          "a 1 " + digest + " nobody",
          "a 1 " + digest + " unsigned more"}) {
        const auto file = LockFile::parse(head + "\n" + line + "\n");
        ASSERT_FALSE(file) << line;
        EXPECT_EQ(file.error().place()->line, 3);
    }
}

TEST(LockFile, LetsOnlyTheFileInThatWasInstalled) {
    LockFile file;
    file.put({"acme.crm", "1.2.0", sha256("code"), ""});
    EXPECT_TRUE(file.check("acme.crm", sha256("code")));
    EXPECT_EQ(file.check("acme.crm", sha256("c0de")).error().code(), Code::denied);
    const auto stranger = file.check("stranger", sha256("code"));
    ASSERT_FALSE(stranger);
    EXPECT_NE(stranger.error().cure().find("plugin install"), std::string::npos);
}

}  // namespace
}  // namespace touchline::host
