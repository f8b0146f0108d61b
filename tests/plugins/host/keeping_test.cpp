// Connectors on disk: who may change them, whether they are the ones that were taken in, and what
// happens when another file takes a connector's name.
#include "world.hpp"

#include "touchline/host/lock_file.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <random>

namespace touchline::host {
namespace {

namespace fs = std::filesystem;

const fs::path k_first = TEST_PLUGINS "/first/test.edition.so";
const fs::path k_second = TEST_PLUGINS "/second/test.edition.so";

class KeptPlugins : public ::testing::Test {
protected:
    KeptPlugins()
        : folder_(
              fs::path(::testing::TempDir()) / ("kept-" + std::to_string(std::random_device()()))
          ),
          plugin_(folder_ / "test.edition.so") {
        fs::create_directories(folder_);
        put(k_first);
    }
    ~KeptPlugins() override { fs::remove_all(folder_); }

    /// As an installer does it: another file under the old name.
    void put(const fs::path& from) const {
        fs::copy_file(from, folder_ / "new");
        fs::rename(folder_ / "new", plugin_);
    }
    void lock(const LockFile& file) const {
        std::ofstream(folder_ / LockFile::k_name) << file.text();
    }
    LockFile taken_in() const {
        LockFile file;
        file.put({"test.edition", "1", must(must(PluginFile::open(plugin_))->sha256()), ""});
        return file;
    }
    std::unique_ptr<ingest::Source> open() {
        return must(
            make_source(must(PluginFile::open(plugin_)), isolation(), acme(), world_.services())
        );
    }

    World world_;
    fs::path folder_, plugin_;
};

TEST_F(KeptPlugins, InADirectoryThatEveryoneMayChangeAreRefused) {
    fs::permissions(folder_, fs::perms::others_write, fs::perm_options::add);
    const auto file = PluginFile::open(plugin_);
    ASSERT_FALSE(file);
    EXPECT_EQ(file.error().code(), Code::denied);
    EXPECT_EQ(file.error().cure(), "Run chmod go-w on it.");
    const fs::path folders[] = {folder_};
    const Discovery found = discover_plugins(folders);
    EXPECT_TRUE(found.plugins.empty());
    EXPECT_EQ(found.problems.size(), 1u);
}

TEST_F(KeptPlugins, OfAnotherUserAreRefused) {
    if (geteuid() != 0) GTEST_SKIP() << "only root can give files away";
    ASSERT_EQ(chown(plugin_.c_str(), 12345, 0), 0);
    const auto file = PluginFile::open(plugin_);
    ASSERT_FALSE(file);
    EXPECT_EQ(file.error().code(), Code::denied);
}

TEST_F(KeptPlugins, AreLoadedWhenTheLockFileHasThem) {
    lock(taken_in());
    EXPECT_TRUE(PluginFile::open(plugin_));
    EXPECT_TRUE(PluginLibrary::load(plugin_));
}

TEST_F(KeptPlugins, ThatAreNotTheOnesTakenInAreRefusedInBothModes) {
    lock(taken_in());
    put(k_second);
    EXPECT_EQ(PluginFile::open(plugin_).error().code(), Code::denied);
    EXPECT_EQ(PluginLibrary::load(plugin_).error().code(), Code::denied);
}

TEST_F(KeptPlugins, BesideADamagedLockFileAreRefused) {
    std::ofstream(folder_ / LockFile::k_name) << "not a lock file\n";
    EXPECT_EQ(PluginFile::open(plugin_).error().code(), Code::bad_data);
}

TEST_F(KeptPlugins, AreRenewedBetweenTwoCalls) {
    const auto source = open();
    EXPECT_EQ(*source->check({}), "This is 1.");
    put(k_second);
    EXPECT_EQ(*source->check({}), "This is 2.");
}

TEST_F(KeptPlugins, GoOnAsTheyWereWhileTheNewFileIsNoGood) {
    const auto source = open();
    lock(taken_in());
    put(k_second);
    EXPECT_EQ(*source->check({}), "This is 1.");
    put(TEST_PLUGINS "/test.probe.so");
    EXPECT_EQ(*source->check({}), "This is 1.");
}

TEST_F(KeptPlugins, ThatAreRewrittenInPlaceAreNotRunUnseen) {
    const auto source = open();
    lock(taken_in());
    std::ofstream(plugin_, std::ios::binary | std::ios::app) << "more";
    EXPECT_EQ(source->check({}).error().code(), Code::denied);
}

TEST(AllowedHosts, AreThoseThatTheSettingsOrTheOperatorName) {
    World world;
    ConnectionSetup setup = acme();
    setup.hosts = hosts_in(setup.settings);
    EXPECT_EQ(*setup.hosts, std::vector<std::string>{"acme.example"});
    const auto open = [&](std::vector<std::string> hosts) {
        setup.hosts = std::move(hosts);
        return open_source(
            Mode::in_process, TEST_PLUGINS "/test.probe.so", setup, world.services()
        );
    };
    EXPECT_TRUE(open({"acme.example"}));
    EXPECT_TRUE(open({"*.example"}));
    for (const char* other : {"other.example", "*.acme.example", "example", "*.ample"}) {
        const auto source = open({other});
        ASSERT_FALSE(source) << other;
        EXPECT_EQ(source.error().cure(), "If it may: hosts: [acme.example]");
    }
}

TEST(BodyView, NeedsConsent) {
    World world;
    ConnectionSetup setup;
    setup.id = "files";
    setup.settings = R"({"path": "inbox"})";
    setup.allow_body_view = false;
    const auto source =
        open_source(Mode::isolated, BUILT_PLUGINS "/file.so", setup, world.services());
    ASSERT_FALSE(source);
    EXPECT_EQ(source.error().cure(), "If it may: allow_body_view: true");
}

}  // namespace
}  // namespace touchline::host
