// Small texts of lines and words: lock files and the contents of bundles.
#pragma once

#include "touchline/base/digest.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace touchline::host {

/// Without their ends; the last line may lack its own.
std::vector<std::string_view> lines_of(std::string_view text);
/// At most `most` words; the last one keeps what follows it.
std::vector<std::string_view> words_of(std::string_view line, std::size_t most);

/// "sha256:" and 64 lower-case digits.
std::string digest_text(const Digest& digest);
std::optional<Digest> parse_digest(std::string_view text);

}  // namespace touchline::host
