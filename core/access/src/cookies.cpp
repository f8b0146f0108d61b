#include "cookies.hpp"

#include "touchline/base/text.hpp"

#include <algorithm>

namespace touchline::access {

std::optional<std::string_view> cookie_value(std::string_view field, std::string_view name) {
    while (!field.empty()) {
        const std::size_t end = std::min(field.find(';'), field.size());
        const std::string_view pair = trim(field.substr(0, end));
        const std::size_t mark = pair.find('=');
        if (mark != std::string_view::npos && pair.substr(0, mark) == name)
            return pair.substr(mark + 1);
        field.remove_prefix(std::min(end + 1, field.size()));
    }
    return std::nullopt;
}

std::string text_of(const Cookie& cookie) {
    std::string text = cookie.name + "=" + cookie.value + "; Path=" + cookie.path +
                       "; Max-Age=" + std::to_string(cookie.life.count()) +
                       "; HttpOnly; SameSite=" + cookie.same_site;
    if (cookie.secure) text += "; Secure";
    if (cookie.partitioned) text += "; Partitioned";
    return text;
}

}  // namespace touchline::access
