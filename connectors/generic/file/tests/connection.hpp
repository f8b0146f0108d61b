// What the tests of both modes share: a directory in memory, and the records that came out of it.
#pragma once

#include "touchline/sdk/testing/fake_host.hpp"

#include <sstream>
#include <string>
#include <vector>

namespace file_connector {

using touchline::sdk::testing::FakeConnection;
using touchline::sdk::testing::FakeHost;

inline std::string settings(const std::string& more = {}) {
    return R"({"path": "inbox", "pattern": "*", "stream": "rows", "settle_seconds": 0)" + more +
           "}";
}

/// The lines of the pages from `first` on.
inline std::vector<std::string> records(
    const FakeHost& host, std::size_t first = 0, std::size_t last = SIZE_MAX
) {
    std::vector<std::string> lines;
    for (std::size_t i = first; i < std::min(last, host.pages.size()); ++i) {
        std::istringstream page(host.pages[i].bytes);
        for (std::string line; std::getline(page, line);) lines.push_back(line);
    }
    return lines;
}

/// "id\n<prefix>0\n<prefix>1\n…"
inline std::string csv_of(const std::string& prefix, int rows) {
    std::string text = "id,text\n";
    for (int i = 0; i < rows; ++i) text += prefix + std::to_string(i) + ",\"line one\nline two\"\n";
    return text;
}

}  // namespace file_connector
