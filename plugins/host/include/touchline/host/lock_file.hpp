// plugins.lock: which connectors an operator has taken in, by the hash of their file. Beside it, a
// connector whose bytes differ is not loaded. One line per connector:
//
//     # touchline plugins.lock 1
//     acme.crm 1.2.0 sha256:9f86d0…a08 ed25519:11qYAYKx…
//
// The last part is the key that signed the bundle it came in, or "unsigned".
#pragma once

#include "touchline/base/digest.hpp"
#include "touchline/base/result.hpp"

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace touchline::host {

struct LockedPlugin {
    std::string id, version;
    Digest sha256{};     ///< of the .so file
    std::string signer;  ///< as PublicKey::text(); empty: it came unsigned
};

class LockFile {
public:
    static constexpr std::string_view k_name = "plugins.lock";

    /// Error bad_data: at the line that is wrong.
    static Result<LockFile> parse(std::string_view text);
    /// A file that is not there is an error: not_found.
    static Result<LockFile> read(const std::filesystem::path& file);

    /// Sorted by id; parse() reads it back.
    std::string text() const;
    /// Null when the connector is not locked.
    const LockedPlugin* find(std::string_view id) const;
    /// Takes a connector in, in place of the one with its id.
    void put(LockedPlugin plugin);
    /// Whether it was there.
    bool remove(std::string_view id);
    const std::vector<LockedPlugin>& plugins() const { return plugins_; }

    /// Error denied: not locked, or with another hash; says how to take it in.
    Result<void> check(std::string_view id, const Digest& sha256) const;

private:
    std::vector<LockedPlugin> plugins_;  ///< by id
};

}  // namespace touchline::host
