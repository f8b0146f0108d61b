// The connection's settings, read once.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

namespace file_connector {

enum class Format { csv, jsonl };
enum class Mode { dropped, growing };
enum class Encoding { utf8, latin1 };

struct Options {
    std::string pattern;
    Format format = Format::csv;
    Mode mode = Mode::dropped;
    Encoding encoding = Encoding::utf8;
    char delimiter = ',';
    std::int64_t settle_ms = 5000;
};

inline constexpr std::size_t k_page_bytes = 512U << 10U;
inline constexpr std::size_t k_page_rows = 1000;
/// A row that is longer is bad: nearly always it is a quote that was never closed.
inline constexpr std::size_t k_row_bytes = 512U << 10U;
inline constexpr std::size_t k_chunk_bytes = 256U << 10U;

}  // namespace file_connector
