#include "touchline/base/sealed.hpp"

#include "touchline/base/assert.hpp"
#include "touchline/base/digest.hpp"

#include <openssl/crypto.h>
#include <openssl/evp.h>

#include <array>
#include <memory>

namespace touchline {
namespace {

constexpr std::string_view k_head = "touchline-sealed-1\n";
constexpr std::size_t k_salt = 16, k_nonce = 12, k_tag = 16, k_line = 76;

// What OWASP's password storage cheat sheet asks of scrypt: 128 MiB and about 0.3 s.
constexpr std::uint64_t k_cost = 1U << 17U, k_block = 8, k_parallel = 1;
constexpr std::uint64_t k_memory = 256U << 20U;

struct FreeCipher {
    void operator()(EVP_CIPHER_CTX* context) const { EVP_CIPHER_CTX_free(context); }
};
using Cipher = std::unique_ptr<EVP_CIPHER_CTX, FreeCipher>;

/// Wiped when it goes.
struct Key {
    std::array<unsigned char, 32> bytes{};
    Key() = default;
    Key(const Key&) = delete;
    Key& operator=(const Key&) = delete;
    ~Key() { OPENSSL_cleanse(bytes.data(), bytes.size()); }
};

unsigned char* bytes_of(std::string& text) {
    return reinterpret_cast<unsigned char*>(text.data());
}

const unsigned char* bytes_of(std::string_view text) {
    return reinterpret_cast<const unsigned char*>(text.data());
}

void derive(Key& key, const Secret& secret, std::string_view salt) {
    const std::string_view from = secret.reveal();
    const int done = EVP_PBE_scrypt(
        from.data(),
        from.size(),
        bytes_of(salt),
        salt.size(),
        k_cost,
        k_block,
        k_parallel,
        k_memory,
        key.bytes.data(),
        key.bytes.size()
    );
    TOUCHLINE_ASSERT(done == 1);
}

/// The head is authenticated too: a later format cannot be passed off as this one.
Cipher begin(const Key& key, std::string_view nonce, bool encrypts) {
    Cipher cipher(EVP_CIPHER_CTX_new());
    int size = 0;
    const bool done =
        EVP_CipherInit_ex(
            cipher.get(), EVP_aes_256_gcm(), nullptr, key.bytes.data(), bytes_of(nonce), encrypts
        ) == 1 &&
        EVP_CipherUpdate(
            cipher.get(), nullptr, &size, bytes_of(k_head), static_cast<int>(k_head.size())
        ) == 1;
    TOUCHLINE_ASSERT(done);
    return cipher;
}

std::string in_lines(const std::string& text) {
    std::string lines;
    for (std::size_t from = 0; from < text.size(); from += k_line)
        lines += text.substr(from, k_line) + "\n";
    return lines;
}

std::string without_line_ends(std::string_view text) {
    std::string joined;
    for (const char c : text) {
        if (c != '\n' && c != '\r') joined += c;
    }
    return joined;
}

}  // namespace

std::string seal(std::string_view text, const Secret& key) {
    const std::string salt = random_bytes(k_salt), nonce = random_bytes(k_nonce);
    Key derived;
    derive(derived, key, salt);
    const Cipher cipher = begin(derived, nonce, true);
    std::string sealed(text.size(), '\0'), tag(k_tag, '\0');
    int size = 0;
    const bool done =
        EVP_CipherUpdate(
            cipher.get(), bytes_of(sealed), &size, bytes_of(text), static_cast<int>(text.size())
        ) == 1 &&
        EVP_CipherFinal_ex(cipher.get(), nullptr, &size) == 1 &&
        EVP_CIPHER_CTX_ctrl(
            cipher.get(), EVP_CTRL_GCM_GET_TAG, static_cast<int>(k_tag), tag.data()
        ) == 1;
    TOUCHLINE_ASSERT(done);
    return std::string(k_head) + in_lines(to_base64(salt + nonce + tag + sealed));
}

bool is_sealed(std::string_view text) {
    return text.starts_with(k_head);
}

Result<Secret> unseal(std::string_view sealed, const Secret& key) {
    if (!is_sealed(sealed)) return Error(Code::bad_data, "this is not sealed text");
    const auto bytes = from_base64(without_line_ends(sealed.substr(k_head.size())));
    if (!bytes || bytes->size() < k_salt + k_nonce + k_tag)
        return Error(Code::bad_data, "the sealed text is damaged");
    const std::string_view all = *bytes;
    Key derived;
    derive(derived, key, all.substr(0, k_salt));
    const Cipher cipher = begin(derived, all.substr(k_salt, k_nonce), false);
    std::string tag(all.substr(k_salt + k_nonce, k_tag));
    const std::string_view body = all.substr(k_salt + k_nonce + k_tag);
    std::string text(body.size(), '\0');
    int size = 0;
    const bool done =
        EVP_CipherUpdate(
            cipher.get(), bytes_of(text), &size, bytes_of(body), static_cast<int>(body.size())
        ) == 1 &&
        EVP_CIPHER_CTX_ctrl(
            cipher.get(), EVP_CTRL_GCM_SET_TAG, static_cast<int>(k_tag), tag.data()
        ) == 1 &&
        EVP_CipherFinal_ex(cipher.get(), nullptr, &size) == 1;
    Secret secret(std::move(text));
    if (!done) return Error(Code::denied, "the key is another one, or the sealed text was changed");
    return secret;
}

}  // namespace touchline
