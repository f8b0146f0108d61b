#include "touchline/host/bundle_file.hpp"

#include "tar.hpp"

#include "touchline/host/lock_file.hpp"
#include "touchline/host/plugin_library.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

namespace touchline::host {
namespace {

namespace fs = std::filesystem;

const fs::path k_probe = std::string(TEST_PLUGINS) + "/test.probe.so";

class BundleFile : public testing::Test {
protected:
    BundleFile() : folder_(fs::temp_directory_path() / ("bundle-" + std::to_string(getpid()))) {
        fs::create_directories(folder_);
    }
    ~BundleFile() override { fs::remove_all(folder_); }
    const fs::path folder_;
    const SigningKey key_ = SigningKey::generate();
};

TEST_F(BundleFile, SaysWhoSignedIt) {
    const auto bytes = pack_bundle(k_probe, &key_);
    ASSERT_TRUE(bytes) << bytes.error().text();
    const auto bundle = open_bundle(*bytes);
    ASSERT_TRUE(bundle) << bundle.error().text();
    EXPECT_EQ(bundle->contents.id, "test.probe");
    EXPECT_EQ(bundle->signer, key_.public_key());
}

TEST_F(BundleFile, IsTheSameBytesForTheSameFiles) {
    EXPECT_EQ(*pack_bundle(k_probe, &key_), *pack_bundle(k_probe, &key_));
}

TEST_F(BundleFile, IsRefusedWhenOneByteDiffers) {
    const std::string good = *pack_bundle(k_probe, &key_);
    for (const std::size_t at : {std::size_t{600}, good.size() / 2, good.size() - 3000}) {
        std::string bad = good;
        bad[at] = static_cast<char>(bad[at] ^ 1);
        EXPECT_FALSE(open_bundle(bad)) << at;
    }
    for (const std::size_t length : {std::size_t{0}, std::size_t{511}, good.size() / 2})
        EXPECT_FALSE(open_bundle(std::string_view(good).substr(0, length))) << length;
}

TEST_F(BundleFile, IsRefusedWithAFileThatItsContentsDoNotName) {
    auto files = *read_tar(*pack_bundle(k_probe, &key_));
    files["test.probe/mappings/more.yaml"] = "version: 1\n";
    EXPECT_FALSE(open_bundle(write_tar(files)));
    files.erase("test.probe/mappings/more.yaml");
    files.erase("test.probe.so");
    EXPECT_FALSE(open_bundle(write_tar(files)));
}

TEST_F(BundleFile, IsUnsignedOnceItsSignatureIsTakenOut) {
    auto files = *read_tar(*pack_bundle(k_probe, &key_));
    files.erase(std::string(BundleContents::k_signature_name));
    const auto bundle = open_bundle(write_tar(files));
    ASSERT_TRUE(bundle);
    EXPECT_FALSE(bundle->signer);
}

TEST_F(BundleFile, IsInstalledWithItsLineInTheLock) {
    const auto bundle = open_bundle(*pack_bundle(k_probe, &key_));
    ASSERT_TRUE(install_bundle(*bundle, folder_));
    ASSERT_TRUE(install_bundle(*bundle, folder_)) << "an upgrade goes over what is there";
    const auto lock = LockFile::read(folder_ / LockFile::k_name);
    ASSERT_TRUE(lock) << lock.error().text();
    ASSERT_NE(lock->find("test.probe"), nullptr);
    EXPECT_EQ(lock->find("test.probe")->signer, key_.public_key().text());
    EXPECT_TRUE(read_manifest(folder_ / "test.probe.so"));
}

TEST(Tar, ReadsBackWhatItWrites) {
    const std::map<std::string, std::string> files{
        {"a", ""}, {"b/c", std::string(512, 'x')}, {"d", std::string(513, '\0')}};
    const auto again = read_tar(write_tar(files));
    ASSERT_TRUE(again) << again.error().text();
    EXPECT_EQ(*again, files);
}

}  // namespace
}  // namespace touchline::host
