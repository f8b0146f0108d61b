// Digests, message authentication, random bytes and the text forms of bytes. OpenSSL does the
// cryptography.
#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace touchline {

using Digest = std::array<unsigned char, 32>;

Digest sha256(std::string_view bytes);
Digest hmac_sha256(std::string_view key, std::string_view bytes);
/// From the operating system's generator; terminates the process if that fails.
std::string random_bytes(std::size_t count);
/// In [0, 1), from the same generator; any thread.
double random_fraction();
/// Takes the same time wherever the texts differ.
bool equal_constant_time(std::string_view a, std::string_view b);

std::string to_hex(std::span<const unsigned char> bytes);
std::string to_base64(std::string_view bytes);
std::optional<std::string> from_base64(std::string_view text);
/// Crockford's base 32 in lower case: 128 bits become 26 characters.
std::string to_base32(std::span<const unsigned char> bytes);

}  // namespace touchline
