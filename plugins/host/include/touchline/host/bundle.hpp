// What a bundle of a connector contains, as the text that is signed: the hash of every file that
// is in it. The text stands in the bundle as CONTENTS, its signature beside it as CONTENTS.sig:
//
//     touchline-bundle 1                       ed25519:11qYAYKx… c2lnbmF0dXJl…
//     plugin acme.crm 1.2.0
//     file sha256:9f86d0…a08 242880 acme.crm.so
//     file sha256:b5bb9d…44c 1200 acme.crm/mappings/contacts.yaml
#pragma once

#include "touchline/base/digest.hpp"
#include "touchline/base/result.hpp"
#include "touchline/host/signing.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace touchline::host {

struct BundledFile {
    std::string path;  ///< relative, with "/"; never leads out of the bundle
    Digest sha256{};
    std::uint64_t bytes = 0;
};

struct BundleContents {
    static constexpr std::string_view k_name = "CONTENTS";
    static constexpr std::string_view k_signature_name = "CONTENTS.sig";

    std::string id, version;
    std::vector<BundledFile> files;

    /// Error bad_data: at the line that is wrong; a path that leads out of the bundle or stands
    /// there twice.
    static Result<BundleContents> parse(std::string_view text);
    /// Sorted by path: the same contents always give the same text.
    std::string text() const;
    /// Adds a file with the hash of its bytes. Error bad_data: a path that is not allowed.
    Result<void> add(std::string path, std::string_view bytes);
    /// Error denied: the file is not among the contents, or differs.
    Result<void> check(std::string_view path, std::string_view bytes) const;
    const BundledFile* find(std::string_view path) const;
};

/// What CONTENTS.sig holds.
std::string sign_contents(std::string_view contents, const SigningKey& key);
/// The key that signed the contents. Error denied: the signature does not fit; bad_data: it is not
/// one.
Result<PublicKey> verify_contents(std::string_view contents, std::string_view signature_file);

}  // namespace touchline::host
