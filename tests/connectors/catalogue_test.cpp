// The catalogue is whole, and what people read of it is what is tried.
#include "catalogue.hpp"

#include <gmock/gmock.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>

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
