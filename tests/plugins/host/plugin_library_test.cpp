#include "touchline/host/plugin_library.hpp"

#include <gtest/gtest.h>

#include <fstream>
#include <random>
#include <sstream>

namespace touchline::host {
namespace {

namespace fs = std::filesystem;

const fs::path k_probe = TEST_PLUGINS "/test.probe.so";

class PluginFiles : public ::testing::Test {
protected:
    PluginFiles()
        : folder_(
              fs::path(::testing::TempDir()) /
              ("touchline-" + std::to_string(std::random_device()()))
          ) {
        fs::create_directories(folder_);
    }
    ~PluginFiles() override { fs::remove_all(folder_); }

    fs::path write(const std::string& name, const std::string& bytes) const {
        std::ofstream(folder_ / name, std::ios::binary) << bytes;
        return folder_ / name;
    }
    static std::string bytes_of(const fs::path& file) {
        std::ostringstream out;
        out << std::ifstream(file, std::ios::binary).rdbuf();
        return out.str();
    }

    fs::path folder_;
};

TEST_F(PluginFiles, HoldTheirManifestWithoutBeingRun) {
    const auto manifest = read_manifest(k_probe);
    ASSERT_TRUE(manifest) << manifest.error().text();
    EXPECT_EQ(manifest->id, "test.probe");
    EXPECT_TRUE(manifest->can("tl.source/1"));
}

TEST_F(PluginFiles, AreLoadedWhenTableAndManifestAgree) {
    const auto library = PluginLibrary::load(k_probe);
    ASSERT_TRUE(library) << library.error().text();
    EXPECT_EQ((*library)->manifest().version, "0.1.0");
}

TEST_F(PluginFiles, ForAnotherAbiAreRefusedBeforeTheirCodeRuns) {
    const auto library = PluginLibrary::load(TEST_PLUGINS "/test.future.so");
    ASSERT_FALSE(library);
    EXPECT_EQ(
        library.error().message(),
        "this connector was built for plugin ABI 2, and this host speaks ABI 1"
    );
    EXPECT_EQ(
        library.error().cure(), "Upgrade Touchline, or install an older release of the connector."
    );
    EXPECT_EQ(library.error().code(), Code::config);
}

TEST_F(PluginFiles, ThatAreNoLibrariesSaySo) {
    for (const std::string& bytes :
         {std::string("hello"),
          std::string(100'000, 'x'),
          std::string("\x7f"
                      "EL")}) {
        const auto manifest = read_manifest(write("a.so", bytes));
        ASSERT_FALSE(manifest);
        EXPECT_EQ(manifest.error().message(), "this is not a 64-bit ELF shared library");
        EXPECT_EQ(manifest.error().place()->file, (folder_ / "a.so").string());
    }
    EXPECT_EQ(read_manifest(write("a.so", "")).error().message(), "this file is empty");
    EXPECT_FALSE(read_manifest(folder_ / "missing.so"));
    EXPECT_FALSE(read_manifest(folder_));
}

TEST_F(PluginFiles, OfOtherProgramsAreNoConnectors) {
    const auto manifest = read_manifest("/proc/self/exe");
    ASSERT_FALSE(manifest);
    EXPECT_EQ(
        manifest.error().message(), "this library has no Touchline note, so it is not a connector"
    );
}

TEST_F(PluginFiles, ThatEveryoneMayChangeAreRefused) {
    const auto file = write("a.so", bytes_of(k_probe));
    fs::permissions(file, fs::perms::others_write, fs::perm_options::add);
    const auto manifest = read_manifest(file);
    ASSERT_FALSE(manifest);
    EXPECT_EQ(manifest.error().code(), Code::denied);
}

TEST_F(PluginFiles, CutOffAnywhereAreErrorsAndNotCrashes) {
    const std::string whole = bytes_of(k_probe);
    for (std::size_t length = 0; length < whole.size(); length += 1 + length / 20) {
        const auto manifest = read_manifest(write("cut.so", whole.substr(0, length)));
        // What follows the loaded parts, such as debug information, may be missing.
        if (manifest) {
            EXPECT_GE(length, whole.size() / 20);
            EXPECT_EQ(manifest->id, "test.probe");
        }
    }
}

TEST_F(PluginFiles, DamagedAnywhereNearTheirHeadersAreNoCrashes) {
    const std::string whole = bytes_of(k_probe);
    std::mt19937 random(7);
    for (int round = 0; round < 2000; ++round) {
        std::string bytes = whole.substr(0, 8192);
        for (int i = 0; i < 4; ++i) bytes[random() % 1024] = static_cast<char>(random());
        const auto manifest = read_manifest(write("damaged.so", bytes));
        EXPECT_TRUE(!manifest || !manifest->id.empty());
    }
}

TEST_F(PluginFiles, AreFoundInDirectoriesAndProblemsNamed) {
    fs::copy(k_probe, folder_ / "probe.so");
    write("broken.so", "x");
    write("notes.txt", "x");
    const fs::path folders[] = {folder_, folder_ / "missing"};
    const Discovery found = discover_plugins(folders);
    ASSERT_EQ(found.plugins.size(), 1u);
    EXPECT_EQ(found.plugins[0].manifest.id, "test.probe");
    EXPECT_EQ(found.problems.size(), 2u);
}

}  // namespace
}  // namespace touchline::host
