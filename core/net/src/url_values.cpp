#include "touchline/net/url_values.hpp"

#include <algorithm>

namespace touchline::net {

std::string with_values(
    std::string_view url,
    const std::function<std::string(std::string_view name, std::string_view value)>& shown
) {
    const std::size_t mark = std::min(url.find('?'), url.size());
    std::string result(url.substr(0, mark));
    std::string_view rest = url.substr(mark);
    while (!rest.empty()) {
        const std::string_view pair = rest.substr(0, rest.find('&', 1));
        rest.remove_prefix(pair.size());
        const std::size_t is = pair.find('=');
        result += pair.substr(0, is);
        if (is == std::string_view::npos) continue;
        result += '=';
        result += shown(pair.substr(1, is - 1), pair.substr(is + 1));
    }
    return result;
}

}  // namespace touchline::net
