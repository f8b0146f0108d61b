// The catalogue is whole, and what people read of it is what is tried.
#include "catalogue.hpp"

#include "touchline/json/view.hpp"

#include <gmock/gmock.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>
#include <string>
#include <vector>

namespace touchline::connectors {
namespace {

namespace fs = std::filesystem;

std::string text_of(const fs::path& file) {
    std::ifstream in(file, std::ios::binary);
    std::stringstream text;
    text << in.rdbuf();
    return text.str();
}

TEST(Catalogue, HasARowForEveryConnectorThatReads) {
    std::set<std::string> there, listed;
    for (const auto& entry : fs::recursive_directory_iterator(CONNECTORS_DIR)) {
        if (entry.path().filename() != "manifest.json") continue;
        if (text_of(entry.path()).find("tl.source/") == std::string::npos) continue;
        there.insert(fs::relative(entry.path().parent_path(), CONNECTORS_DIR).string());
    }
    for (const Row& row : catalogue()) listed.insert(row.connector);
    EXPECT_EQ(listed, there);
}

/// The lines of what CTest knows of a folder of the build and those below it.
std::vector<std::string> lines_for_ctest(const fs::path& folder) {
    std::vector<std::string> lines;
    for (const auto& entry : fs::recursive_directory_iterator(folder)) {
        if (entry.path().filename() != "CTestTestfile.cmake") continue;
        std::ifstream in(entry.path());
        for (std::string line; std::getline(in, line);) lines.push_back(line);
    }
    return lines;
}

TEST(Catalogue, EveryConnectorIsGradedAtItsBest) {
    const auto lines = lines_for_ctest(CONNECTORS_BUILD_DIR);
    std::size_t connectors = 0;
    for (const auto& entry : fs::recursive_directory_iterator(CONNECTORS_DIR)) {
        if (entry.path().filename() != "manifest.json") continue;
        ++connectors;
        const auto manifest = json::Document::parse(text_of(entry.path()));
        ASSERT_TRUE(manifest) << entry.path();
        const auto named = json::find(manifest->root(), "/id");
        ASSERT_TRUE(named) << entry.path();
        const std::string id(named->as_string().value());
        const std::string check = "\"plugin\" \"check\"", library = "/" + id + ".so\"",
                          grade = "\"--grade\" \"A\"";
        const auto graded = std::ranges::find_if(lines, [&](const std::string& line) {
            return line.find(check) != std::string::npos &&
                   line.find(library) != std::string::npos && line.find(grade) != std::string::npos;
        });
        ASSERT_NE(graded, lines.end()) << id << " has no test that wants grade A of it";
        const std::string name = graded->substr(0, graded->find(' '));  // add_test([=[x_check]=]
        const std::string properties =
            "set_tests_properties" + name.substr(std::string("add_test").size());
        for (const std::string& line : lines) {
            if (!line.starts_with(properties)) continue;
            for (const char* const excuse : {"DISABLED", "WILL_FAIL", "SKIP_"})
                EXPECT_EQ(line.find(excuse), std::string::npos) << line;
        }
    }
    EXPECT_GT(connectors, 20u) << "the folder was not found";
}

TEST(Catalogue, IsShownAsItIsTried) {
    const fs::path file = fs::path(CONNECTORS_DIR) / "README.md";
    const std::string begin = "<!-- what is tried: written by catalogue_test -->\n",
                      end = "<!-- end of what is tried -->\n";
    std::string page = text_of(file);
    const auto from = page.find(begin), to = page.find(end);
    ASSERT_TRUE(from != std::string::npos && to != std::string::npos);
    const std::string current = begin + matrix() + "\n" + end;
    if (std::getenv("TOUCHLINE_UPDATE") != nullptr) {
        page.replace(from, to + end.size() - from, current);
        std::ofstream(file, std::ios::binary) << page;
        return;
    }
    EXPECT_EQ(page.substr(from, to + end.size() - from), current)
        << "write it anew with: TOUCHLINE_UPDATE=1 catalogue_test";
}

}  // namespace
}  // namespace touchline::connectors
