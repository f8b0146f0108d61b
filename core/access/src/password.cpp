#include "touchline/access/password.hpp"

#include "touchline/base/assert.hpp"
#include "touchline/base/digest.hpp"
#include "touchline/base/text.hpp"

#include <argon2.h>

namespace touchline::access {
namespace {

// 19 MiB and two passes: what OWASP's Password Storage Cheat Sheet asks for at least. A guess costs
// an attacker that much memory, a sign-in costs us some 40 ms.
constexpr std::uint32_t k_memory_kib = 19'456, k_passes = 2, k_lanes = 1;
constexpr std::size_t k_salt_bytes = 16, k_hash_bytes = 32;
constexpr std::size_t k_shortest = 10, k_longest_bytes = 1024;

}  // namespace

Result<void> check_password(const Secret& password) {
    const std::string_view text = password.reveal();
    if (!is_utf8(text) || text.size() > k_longest_bytes)
        return Error(Code::bad_data, "a password is text of at most 1,024 bytes");
    if (count_code_points(text) < k_shortest) {
        return Error(Code::bad_data, "the password is too short")
            .cure("Take at least 10 characters; a few words are easy to remember.");
    }
    return {};
}

std::string hash_password(const Secret& password) {
    const std::string salt = random_bytes(k_salt_bytes);
    const std::string_view text = password.reveal();
    std::string encoded(
        argon2_encodedlen(k_passes, k_memory_kib, k_lanes, k_salt_bytes, k_hash_bytes, Argon2_id),
        '\0'
    );
    const int fault = argon2id_hash_encoded(
        k_passes,
        k_memory_kib,
        k_lanes,
        text.data(),
        text.size(),
        salt.data(),
        salt.size(),
        k_hash_bytes,
        encoded.data(),
        encoded.size()
    );
    // Only memory can be missing, and without it nothing goes on anyway.
    TOUCHLINE_ASSERT(fault == ARGON2_OK);
    encoded.resize(encoded.find('\0'));
    return encoded;
}

bool verify_password(std::string_view hash, const Secret& password) {
    // Of nobody's password; made once, with the parameters of today.
    static const std::string k_nobody = hash_password(Secret(random_bytes(32)));
    const std::string wanted = hash.empty() ? k_nobody : std::string(hash);
    const std::string_view text = password.reveal();
    return argon2id_verify(wanted.c_str(), text.data(), text.size()) == ARGON2_OK && !hash.empty();
}

}  // namespace touchline::access
