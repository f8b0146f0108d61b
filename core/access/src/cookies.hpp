// Cookies (RFC 6265): reading those of a request, writing one.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace touchline::access {

/// The value of the first cookie of that name in a Cookie field.
std::optional<std::string_view> cookie_value(std::string_view field, std::string_view name);

struct Cookie {
    std::string name, value, path = "/";
    std::string same_site = "Strict";
    std::chrono::seconds life{0};  ///< 0: it ends now
    bool secure = false;
    bool partitioned = false;  ///< of this site within that one frame's site only
};
/// A Set-Cookie value. Scripts never see it.
std::string text_of(const Cookie& cookie);

}  // namespace touchline::access
