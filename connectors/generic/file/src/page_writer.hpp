// Gathers rows into pages, and hands each page over together with the checkpoint that stands after
// it.
#pragma once

#include "row_reader.hpp"

#include "touchline/sdk/plugin.hpp"

#include <cstdint>
#include <functional>
#include <string>

namespace file_connector {

inline constexpr std::uint32_t k_state_version = 1;

class PageWriter {
public:
    /// `state` says what the checkpoint holds at the moment of the call.
    PageWriter(touchline::sdk::Job& job, std::string stream, std::function<std::string()> state)
        : job_(&job), stream_(std::move(stream)), state_(std::move(state)) {}

    /// Whether the row still fits; if not, flush() first, while the state does not count it yet.
    bool fits(const Row& row) const {
        return rows_ == 0 ||
               (rows_ < k_page_rows && page_.size() + row.json.size() + 1 <= k_page_bytes);
    }
    touchline::sdk::Result<void> add(const std::string& file, const Row& row);
    /// A whole file that cannot be read.
    touchline::sdk::Result<void> bad_file(const std::string& file, const std::string& reason);
    touchline::sdk::Result<void> flush();
    /// There is something to remember even if no row came.
    void touch() { touched_ = true; }

private:
    touchline::sdk::Job* job_;
    std::string stream_;
    std::function<std::string()> state_;
    std::string page_;
    std::size_t rows_ = 0;  ///< bad ones too
    bool touched_ = false;
};

}  // namespace file_connector
