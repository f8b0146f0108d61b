#include "places.hpp"

#include <initializer_list>
#include <string_view>
#include <system_error>

namespace touchline::app {
namespace {

/// The first of these below the program's prefix that exists.
std::filesystem::path find(std::initializer_list<std::string_view> candidates) {
    std::error_code ignored;
    const std::filesystem::path program = std::filesystem::read_symlink("/proc/self/exe", ignored);
    const std::filesystem::path prefix = program.parent_path().parent_path();
    for (const std::string_view candidate : candidates) {
        if (std::filesystem::is_directory(prefix / candidate, ignored)) return prefix / candidate;
    }
    return prefix / *candidates.begin();
}

}  // namespace

std::filesystem::path shipped_plugins() {
    return find({"lib/touchline/plugins", "plugins"});
}
std::filesystem::path demo_configuration() {
    return find({"share/touchline/demo"});
}
std::filesystem::path plugin_templates() {
    return find({"share/touchline/templates"});
}

}  // namespace touchline::app
