// What is remembered of dropped files: those that were read, and how far the current one is. Always
// fits a checkpoint.
#pragma once

#include "fingerprint.hpp"
#include "row_reader.hpp"

#include "touchline/sdk/plugin.hpp"

#include <cstdint>
#include <deque>
#include <string>
#include <unordered_set>
#include <utility>
#include <vector>

namespace file_connector {

/// Files in the order in which they are read.
using FileOrder = std::pair<std::int64_t, std::string>;  ///< modified, name

class DroppedState {
public:
    /// Of the file that is being read.
    struct Current {
        std::string name;
        Fingerprint file = 0, content = 0;
        Position position;
    };

    static touchline::sdk::Result<DroppedState> parse(
        touchline::sdk::Job& job, const std::string& text
    );
    /// `listed` are all files there are now, in order: what is gone need not be remembered.
    std::string text(const std::vector<std::pair<FileOrder, Fingerprint>>& listed);

    bool was_read(const FileOrder& order, Fingerprint file) const {
        return order <= forgotten_ || files_.count(file) > 0;
    }
    bool has_content(Fingerprint content) const { return content_set_.count(content) > 0; }
    void add_file(Fingerprint file) { files_.insert(file); }
    void add_content(Fingerprint content);

    Current current;

private:
    std::unordered_set<Fingerprint> files_;  ///< by name, size and time of change
    std::deque<Fingerprint> contents_;       ///< oldest first
    std::unordered_set<Fingerprint> content_set_;
    /// Files up to this one count as read although each of them is no longer remembered.
    FileOrder forgotten_{INT64_MIN, ""};
};

}  // namespace file_connector
