#include "directory.hpp"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <fstream>
#include <random>

namespace touchline::host {
namespace {

namespace fs = std::filesystem;

class FileDirectory : public ::testing::Test {
protected:
    FileDirectory()
        : folder_(
              fs::path(::testing::TempDir()) /
              ("touchline-dir-" + std::to_string(std::random_device()()))
          ) {
        fs::create_directories(folder_ / "in" / "deep" / "er");
        for (const char* name :
             {"in/b.csv",
              "in/a.csv",
              "in/.hidden.csv",
              "in/deep/c.csv",
              "in/deep/er/d.csv",
              "out.csv"}) {
            std::ofstream(folder_ / name) << "0123456789";
        }
        fs::create_symlink(folder_ / "out.csv", folder_ / "in" / "link.csv");
        fs::create_directory_symlink(folder_, folder_ / "in" / "up");
    }
    ~FileDirectory() override { fs::remove_all(folder_); }

    std::vector<std::string> names(std::string_view pattern) const {
        std::vector<std::string> list;
        const auto entries = Directory(folder_ / "in").list(pattern, {});
        for (const auto& entry : *entries) list.push_back(entry.name);
        return list;
    }

    fs::path folder_;
};

TEST_F(FileDirectory, ListsWhatThePatternNames) {
    using Names = std::vector<std::string>;
    EXPECT_EQ(names("*.csv"), (Names{"a.csv", "b.csv"}));
    EXPECT_EQ(names("**/*.csv"), (Names{"a.csv", "b.csv", "deep/c.csv", "deep/er/d.csv"}));
    EXPECT_EQ(names("deep/*"), (Names{"deep/c.csv"}));
    EXPECT_EQ(names("?.csv"), (Names{"a.csv", "b.csv"}));
    EXPECT_EQ(names(".hidden.csv"), (Names{".hidden.csv"}));
    EXPECT_EQ(names("*.txt"), (Names{}));
}

TEST_F(FileDirectory, ReadsParts) {
    const Directory directory(folder_ / "in");
    EXPECT_EQ(*directory.read("a.csv", 3, 4), "3456");
    EXPECT_EQ(*directory.read("deep/c.csv", 8, 100), "89");
    EXPECT_EQ(*directory.read("a.csv", 10, 4), "");
    EXPECT_EQ(*directory.digest("a.csv", 0, 100, {}), *directory.digest("b.csv", 0, 10, {}));
    EXPECT_NE(*directory.digest("a.csv", 0, 9, {}), *directory.digest("b.csv", 0, 10, {}));
}

TEST_F(FileDirectory, CannotBeLeft) {
    const Directory directory(folder_ / "in");
    for (const std::string name :
         {"../out.csv",
          "deep/../../out.csv",
          "/etc/passwd",
          "",
          ".",
          "link.csv",
          "up/out.csv",
          "deep//c.csv",
          "deep"}) {
        const auto bytes = directory.read(name, 0, 10);
        ASSERT_FALSE(bytes) << name;
        EXPECT_EQ(bytes.error().code(), Code::denied) << name << ": " << bytes.error().text();
    }
    EXPECT_EQ(directory.read("gone.csv", 0, 10).error().code(), Code::not_found);
}

TEST_F(FileDirectory, DoesNotWaitForAPipe) {
    ASSERT_EQ(mkfifo((folder_ / "in" / "pipe.csv").c_str(), 0600), 0);
    EXPECT_EQ(Directory(folder_ / "in").read("pipe.csv", 0, 10).error().code(), Code::denied);
}

TEST_F(FileDirectory, ThatIsNotThereIsAMatterOfConfiguration) {
    EXPECT_EQ(Directory(folder_ / "none").list("*", {}).error().code(), Code::config);
}

TEST(Pattern, MatchesNames) {
    EXPECT_TRUE(matches_pattern("a*b*c", "a1b2b3c"));
    EXPECT_FALSE(matches_pattern("a*b*c", "a1b2b3"));
    EXPECT_FALSE(matches_pattern("*", "a/b"));
    EXPECT_TRUE(matches_pattern("x/**/y", "x/y"));
    EXPECT_TRUE(matches_pattern("x/**/y", "x/1/2/y"));
    EXPECT_FALSE(matches_pattern("**/y", ".x/y"));
    EXPECT_FALSE(matches_pattern("", "a"));
    EXPECT_FALSE(matches_pattern(std::string(50, '*') + "b", std::string(200, 'a')));
}

}  // namespace
}  // namespace touchline::host
