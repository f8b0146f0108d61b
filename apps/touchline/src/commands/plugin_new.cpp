#include "../commands.hpp"
#include "../places.hpp"

#include "touchline/base/result.hpp"

#include <algorithm>
#include <cctype>
#include <fstream>
#include <iterator>
#include <map>
#include <vector>

namespace touchline::app {
namespace {

namespace fs = std::filesystem;

/// "acme-desk" is AcmeDesk to C++ and acme_desk to CMake.
std::map<std::string, std::string> words_for(const std::string& name) {
    std::string type, target;
    bool upper = true;
    for (const char c : name) {
        const bool letter = std::isalnum(static_cast<unsigned char>(c)) != 0;
        target += letter ? c : '_';
        if (letter)
            type += upper ? static_cast<char>(std::toupper(static_cast<unsigned char>(c))) : c;
        upper = !letter;
    }
    return {{"@name@", name}, {"@Class@", type}, {"@target@", target}};
}

std::string filled_in(std::string text, const std::map<std::string, std::string>& words) {
    for (const auto& [mark, word] : words) {
        for (auto at = text.find(mark); at != std::string::npos;
             at = text.find(mark, at + word.size()))
            text.replace(at, mark.size(), word);
    }
    return text;
}

Result<std::vector<std::string>> copy_template(
    const fs::path& from, const fs::path& to, const std::map<std::string, std::string>& words
) {
    std::vector<std::string> written;
    std::error_code failure;
    for (const fs::directory_entry& entry : fs::recursive_directory_iterator(from, failure)) {
        const fs::path relative = filled_in(fs::relative(entry.path(), from).string(), words);
        if (entry.is_directory()) {
            fs::create_directories(to / relative, failure);
            continue;
        }
        std::ifstream in(entry.path(), std::ios::binary);
        const std::string text{
            std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
        fs::create_directories((to / relative).parent_path(), failure);
        std::ofstream out(to / relative, std::ios::binary);
        out << filled_in(text, words);
        if (!out.flush())
            return Error(Code::unavailable, "cannot write " + (to / relative).string());
        written.push_back(relative.string());
    }
    std::ranges::sort(written);
    return written;
}

bool is_name(const std::string& name) {
    const auto fits = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
    };
    return !name.empty() && name.size() <= 64 && name.front() >= 'a' && name.front() <= 'z' &&
           name.back() != '-' && std::ranges::all_of(name, fits);
}

std::string templates_in(const fs::path& folder) {
    std::vector<std::string> names;
    std::error_code ignored;
    for (const fs::directory_entry& entry : fs::directory_iterator(folder, ignored)) {
        if (entry.is_directory()) names.push_back(entry.path().filename().string());
    }
    std::ranges::sort(names);
    std::string list;
    for (const std::string& name : names) list.append(list.empty() ? "" : ", ").append(name);
    return list;
}

}  // namespace

int plugin_new(Terminal& terminal, const NewArguments& arguments) {
    if (!is_name(arguments.name)) {
        terminal.fail(
            Error(Code::bad_data, "\"" + arguments.name + "\" cannot be a connector's name")
                .cure("Take lower-case letters, digits and hyphens: acme-desk")
        );
        return k_usage;
    }
    const fs::path from = plugin_templates() / arguments.kind;
    std::error_code ignored;
    if (arguments.kind.find('/') != std::string::npos || !fs::is_directory(from, ignored)) {
        terminal.fail(Error(Code::not_found, "there is no template \"" + arguments.kind + "\"")
                          .cure("There are " + templates_in(plugin_templates()) + "."));
        return k_usage;
    }
    const fs::path to = arguments.dir.empty() ? fs::path(arguments.name) : arguments.dir;
    if (fs::exists(to, ignored) && !fs::is_empty(to, ignored)) {
        return terminal.fail(Error(Code::conflict, to.string() + " is there already")
                                 .cure("Name another place with --dir."));
    }
    const auto written = copy_template(from, to, words_for(arguments.name));
    if (!written) return terminal.fail(written.error());
    for (const std::string& file : *written) terminal.print((to / file).string());
    terminal.say("next: cd " + to.string() + " && cmake -B build && cmake --build build");
    return k_ok;
}

}  // namespace touchline::app
