#include "framing.hpp"

#include "touchline/base/text.hpp"

#include <algorithm>

namespace touchline::net {

namespace {

bool is_number(std::string_view text) {
    return !text.empty() && text.size() <= 18 &&
           std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

}  // namespace

std::optional<std::string> framing_fault(int minor, const Headers& headers) {
    const auto lengths = headers.all("content-length");
    const auto codings = headers.all("transfer-encoding");
    if (lengths.size() > 1) return "Content-Length is given more than once";
    if (!lengths.empty() && !is_number(trim(lengths.front()))) {
        return "Content-Length is not a number";
    }
    if (codings.empty()) return std::nullopt;
    if (!lengths.empty()) return "Content-Length and Transfer-Encoding are both given";
    if (minor == 0) return "HTTP/1.0 has no Transfer-Encoding";
    // No other coding is understood here, and a list could end in something that is not "chunked".
    if (codings.size() > 1 || !same_name(trim(codings.front()), "chunked")) {
        return "Transfer-Encoding is not \"chunked\"";
    }
    return std::nullopt;
}

std::optional<std::string> host_fault(int minor, const Headers& headers) {
    const std::size_t hosts = headers.count("host");
    if (hosts > 1) return "Host is given more than once";
    if (hosts == 0 && minor > 0) return "Host is missing";
    return std::nullopt;
}

}  // namespace touchline::net
