#include "slots.hpp"

#include <regex>

namespace touchline::abi_gate {

namespace {

std::string without_comments(std::string_view header) {
    return std::regex_replace(std::string(header), std::regex(R"(/\*[\s\S]*?\*/)"), " ");
}

/// One space between words, none elsewhere.
std::string plain(const std::string& text) {
    std::string out = std::regex_replace(text, std::regex(R"(\s+)"), " ");
    out = std::regex_replace(out, std::regex(R"(\s*([(),;*{}=])\s*)"), "$1");
    return std::regex_replace(out, std::regex(R"(^\s+|\s+$)"), "");
}

std::vector<std::string> members_of(const std::string& body) {
    std::vector<std::string> members;
    std::string::size_type begin = 0;
    for (auto end = body.find(';'); end != std::string::npos; end = body.find(';', begin)) {
        members.push_back(plain(body.substr(begin, end - begin)));
        begin = end + 1;
    }
    return members;
}

}  // namespace

Declarations read_declarations(std::string_view header) {
    Declarations out;
    const std::string text = without_comments(header);
    const std::regex structs(R"(typedef struct (tl_\w+) \{([^}]*)\} tl_\w+;)");
    for (std::sregex_iterator it(text.begin(), text.end(), structs), end; it != end; ++it)
        out.structs[(*it)[1]] = members_of((*it)[2]);
    const std::regex enumerators(R"((TL_\w+)\s*=\s*([^,}]+))");
    for (std::sregex_iterator it(text.begin(), text.end(), enumerators), end; it != end; ++it)
        out.constants[(*it)[1]] = plain((*it)[2]);
    const std::regex defines(R"(#define (TL_\w+) ([^\n]+))");
    for (std::sregex_iterator it(text.begin(), text.end(), defines), end; it != end; ++it)
        out.constants[(*it)[1]] = plain((*it)[2]);
    return out;
}

std::vector<std::string> broken_promises(const Declarations& old, const Declarations& now) {
    std::vector<std::string> broken;
    for (const auto& [name, members] : old.structs) {
        const auto found = now.structs.find(name);
        if (found == now.structs.end()) {
            broken.push_back(name + " is gone");
            continue;
        }
        for (std::size_t i = 0; i < members.size(); ++i) {
            const std::string is = i < found->second.size() ? found->second[i] : "nothing";
            if (is != members[i])
                broken.push_back(
                    name + ": where \"" + members[i] + "\" was there is now \"" + is + "\""
                );
        }
        // Without a size nobody can tell whether the new member is there.
        const bool sized = !members.empty() && members.front() == "uint32_t size";
        if (!sized && found->second.size() > members.size())
            broken.push_back(name + " has no size, so it may not grow");
    }
    for (const auto& [name, value] : old.constants) {
        if (name == "TL_ABI_MINOR") continue;  // it is there to grow
        const auto found = now.constants.find(name);
        if (found == now.constants.end() || found->second != value)
            broken.push_back(name + " was " + value);
    }
    return broken;
}

}  // namespace touchline::abi_gate
