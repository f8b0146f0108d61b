#include "places.hpp"

#include <initializer_list>
#include <string_view>
#include <system_error>

namespace touchline::app {
namespace {

std::filesystem::path below(const std::filesystem::path& folder, std::string_view file) {
    return file.empty() ? folder : folder / file;
}

/// The first of these folders below the program's prefix that exists, and has `file` where one is
/// named.
std::filesystem::path find(
    std::initializer_list<std::string_view> candidates, std::string_view file = {}
) {
    std::error_code ignored;
    const std::filesystem::path program = std::filesystem::read_symlink("/proc/self/exe", ignored);
    const std::filesystem::path prefix = program.parent_path().parent_path();
    for (const std::string_view candidate : candidates) {
        const std::filesystem::path found = below(prefix / candidate, file);
        if (std::filesystem::exists(found, ignored)) return found;
    }
    return below(prefix / *candidates.begin(), file);
}

}  // namespace

std::filesystem::path shipped_plugins() {
    return find({"lib/touchline/plugins", "plugins"});
}
std::filesystem::path runner_program() {
    return find({"libexec/touchline", "bin"}, "touchline-runner");
}
std::filesystem::path demo_configuration() {
    return find({"share/touchline/demo"});
}
std::filesystem::path plugin_templates() {
    return find({"share/touchline/templates"});
}

}  // namespace touchline::app
