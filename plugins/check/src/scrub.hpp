// Taking out of recorded traffic what must not be kept. Pure functions.
#pragma once

#include "touchline/base/secret.hpp"
#include "touchline/net/credentials.hpp"
#include "touchline/net/headers.hpp"

#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace touchline::check {

/// The URL without the query parameters that these credentials put there.
std::string without_credentials(std::string url, const net::Credentials& credentials);
/// The few fields of an answer that steer a connector; never cookies or credentials.
net::Headers steering_headers(const net::Headers& headers);

class Scrubber {
public:
    Scrubber(
        std::vector<Secret> secrets,
        std::vector<std::pair<std::string, std::string>> replace,
        bool keep_addresses
    );

    /// Replaces secrets, addresses and the given texts; the same address always by the same one.
    std::string clean(std::string text);
    /// Whether a secret is in the text, also as base64, percent-encoded or inside JSON.
    bool has_secret(std::string_view text) const;

    std::size_t secrets_removed() const { return secrets_removed_; }
    std::size_t addresses_masked() const { return addresses_masked_; }

private:
    std::string mask_addresses(const std::string& text);

    std::vector<Secret> secrets_;
    std::vector<std::pair<std::string, std::string>> replace_;
    bool keep_addresses_;
    std::map<std::string, std::string, std::less<>> masks_;
    std::size_t secrets_removed_ = 0, addresses_masked_ = 0;
};

}  // namespace touchline::check
