// 48 bits that stand for a file or for a content in the state: among ten thousand files the chance
// that a new one is taken for another is one in thirty thousand million.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace file_connector {

using Fingerprint = std::uint64_t;

/// Of a digest's first bytes.
Fingerprint fingerprint_of_digest(std::string_view digest);
/// Of a text: FNV-1a with a final mix.
Fingerprint fingerprint_of_text(std::string_view text);

/// Eight characters each (base64url).
std::string to_text(const std::vector<Fingerprint>& list);
/// Ignores what does not read as such.
std::vector<Fingerprint> fingerprints_from(std::string_view text);

}  // namespace file_connector
