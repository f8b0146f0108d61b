#include "touchline/base/digest.hpp"

#include "touchline/base/assert.hpp"

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/rand.h>

#include <cstdint>
#include <memory>

namespace touchline {
namespace {

const unsigned char* bytes_of(std::string_view text) {
    return reinterpret_cast<const unsigned char*>(text.data());
}

struct FreeDigest {
    void operator()(EVP_MD* algorithm) const { EVP_MD_free(algorithm); }
    void operator()(EVP_MD_CTX* context) const { EVP_MD_CTX_free(context); }
};

}  // namespace

Digest sha256(std::string_view bytes) {
    // OpenSSL's one-shot functions look the algorithm up on every call, which for a short record
    // costs more than the digest.
    static const std::unique_ptr<EVP_MD, FreeDigest> k_algorithm(
        EVP_MD_fetch(nullptr, "SHA256", nullptr)
    );
    thread_local const std::unique_ptr<EVP_MD_CTX, FreeDigest> t_context(EVP_MD_CTX_new());
    Digest digest;
    const bool done = EVP_DigestInit_ex2(t_context.get(), k_algorithm.get(), nullptr) == 1 &&
                      EVP_DigestUpdate(t_context.get(), bytes.data(), bytes.size()) == 1 &&
                      EVP_DigestFinal_ex(t_context.get(), digest.data(), nullptr) == 1;
    TOUCHLINE_ASSERT(done);
    return digest;
}

Digest hmac_sha256(std::string_view key, std::string_view bytes) {
    Digest digest;
    unsigned int size = 0;
    HMAC(
        EVP_sha256(),
        key.data(),
        static_cast<int>(key.size()),
        bytes_of(bytes),
        bytes.size(),
        digest.data(),
        &size
    );
    TOUCHLINE_ASSERT(size == digest.size());
    return digest;
}

std::string random_bytes(std::size_t count) {
    std::string bytes(count, '\0');
    const int done =
        RAND_bytes(reinterpret_cast<unsigned char*>(bytes.data()), static_cast<int>(count));
    TOUCHLINE_ASSERT(done == 1);
    return bytes;
}

double random_fraction() {
    std::uint32_t number = 0;
    for (const char byte : random_bytes(4))
        number = (number << 8) | static_cast<unsigned char>(byte);
    return number / 4294967296.0;
}

bool equal_constant_time(std::string_view a, std::string_view b) {
    return a.size() == b.size() && CRYPTO_memcmp(a.data(), b.data(), a.size()) == 0;
}

std::string to_hex(std::span<const unsigned char> bytes) {
    static constexpr char k_digits[] = "0123456789abcdef";
    std::string text;
    text.reserve(bytes.size() * 2);
    for (const unsigned char byte : bytes) {
        text.push_back(k_digits[byte >> 4]);
        text.push_back(k_digits[byte & 15]);
    }
    return text;
}

std::string to_base64(std::string_view bytes) {
    std::string text(4 * ((bytes.size() + 2) / 3) + 1, '\0');
    const int size = EVP_EncodeBlock(
        reinterpret_cast<unsigned char*>(text.data()),
        bytes_of(bytes),
        static_cast<int>(bytes.size())
    );
    text.resize(static_cast<std::size_t>(size));
    return text;
}

std::optional<std::string> from_base64(std::string_view text) {
    if (text.size() % 4 != 0) return std::nullopt;
    std::string bytes(text.size() / 4 * 3, '\0');
    const int size = EVP_DecodeBlock(
        reinterpret_cast<unsigned char*>(bytes.data()),
        bytes_of(text),
        static_cast<int>(text.size())
    );
    if (size < 0) return std::nullopt;
    std::size_t padding = 0;
    while (padding < 2 && padding < text.size() && text[text.size() - 1 - padding] == '=')
        ++padding;
    bytes.resize(static_cast<std::size_t>(size) - padding);
    return bytes;
}

std::string to_base32(std::span<const unsigned char> bytes) {
    static constexpr char k_digits[] = "0123456789abcdefghjkmnpqrstvwxyz";
    std::string text;
    text.reserve((bytes.size() * 8 + 4) / 5);
    unsigned int buffer = 0;
    int held = 0;
    for (const unsigned char byte : bytes) {
        buffer = (buffer << 8) | byte;
        held += 8;
        while (held >= 5) {
            held -= 5;
            text.push_back(k_digits[(buffer >> held) & 31]);
        }
        buffer &= (1U << held) - 1;
    }
    if (held > 0) text.push_back(k_digits[(buffer << (5 - held)) & 31]);
    return text;
}

}  // namespace touchline
