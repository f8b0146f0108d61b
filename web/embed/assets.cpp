#include "asset_table.hpp"

#include <algorithm>

namespace touchline::web {

namespace {

bool is_page(std::string_view path) {
    return path == "/" || path == "/c" || path.substr(0, 3) == "/c/";
}

}  // namespace

const Asset* find_asset(std::string_view path) {
    const std::string_view wanted = is_page(path) ? std::string_view("/index.html") : path;
    const auto table = asset_table();
    const auto found = std::lower_bound(
        table.begin(),
        table.end(),
        wanted,
        [](const Asset& asset, std::string_view name) { return asset.path < name; }
    );
    return found != table.end() && found->path == wanted ? &*found : nullptr;
}

}  // namespace touchline::web
