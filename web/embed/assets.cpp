#include "asset_table.hpp"

#include <algorithm>
#include <array>
#include <string>

namespace touchline::web {

namespace {

/// The addresses that the app draws itself.
bool is_page(std::string_view path) {
    if (path == "/") return true;
    constexpr std::array<std::string_view, 11> k_places = {
        "/c",
        "/review",
        "/connections",
        "/dead-letters",
        "/destinations",
        "/mappings",
        "/plan",
        "/replay",
        "/tap",
        "/users",
        "/audit"};
    const std::string_view place = path.substr(0, path.find('/', 1));
    return std::find(k_places.begin(), k_places.end(), place) != k_places.end();
}

}  // namespace

const Asset* find_asset(std::string_view path) {
    std::string wanted(is_page(path) ? std::string_view("/index.html") : path);
    if (path == "/docs") wanted = "/docs/agents.html";
    if (path.starts_with("/docs/") && path.find('.') == std::string_view::npos) wanted += ".html";
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
