#include "touchline/config/yaml.hpp"

#include "yaml_text.hpp"
#include "yaml_tree.hpp"

#include "touchline/base/text.hpp"

#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/parser.h>

#include <fstream>
#include <sstream>
#include <system_error>

namespace touchline::config {
namespace {

constexpr std::uintmax_t k_max_file_bytes = 16u << 20;

struct Plain {
    std::string_view parser_says, message, cure;
};

// The parser's words, in plainer ones.
constexpr Plain k_plain[] = {
    {"end of map not found",
     "this line does not fit the mapping around it",
     "Check the indentation, and that \"key: value\" has a space after the colon."},
    {"end of map flow not found", "the closing } is missing", "Close the mapping with }."},
    {"end of sequence not found",
     "this line does not fit the list around it",
     "Check the indentation; every item begins with \"- \"."},
    {"end of sequence flow not found", "the closing ] is missing", "Close the list with ]."},
    {"illegal map value",
     "a \": \" where no mapping can begin",
     "Check the indentation; if the colon is part of a text, put the text in quotes."},
    {"illegal EOF in scalar", "the closing quote is missing", "Close the text with its quote."},
    {"the referenced anchor is not defined",
     "this alias names nothing that was marked before",
     "Mark the value with &name first, or write it out."},
    {"unknown token", "this character cannot begin a value", "Put the value in quotes."},
};

bool is_indented_with_tab(std::string_view line) {
    const auto first = line.find_first_not_of(" \t");
    return line.substr(0, first).find('\t') != std::string_view::npos;
}

/// Between braces and brackets "?" marks a key, wherever it stands before or after one of them.
bool is_a_question_in_braces(std::string_view line, int column) {
    const auto at = static_cast<std::size_t>(std::max(column, 1) - 1);
    const std::string_view before = line.substr(0, std::min(at, line.size()));
    const std::string_view near = line.substr(std::min(line.size(), at < 2 ? 0 : at - 2));
    return near.substr(0, 4).find('?') != std::string_view::npos &&
           before.find_first_of("{[") != std::string_view::npos;
}

Error syntax_error(const YAML::Exception& e, const YamlText& text) {
    Place place =
        e.mark.is_null() ? Place{text.file_name(), 0, 0} : text.place(e.mark.line, e.mark.column);
    if (place.line > text.end().line) place = text.end();
    // The parser often notices only a line or two later that a tab stood where it saw no
    // indentation.
    for (int line = std::max(place.line - 2, 1); line <= place.line; ++line) {
        const std::string_view shown = text.line(line);
        if (!is_indented_with_tab(shown)) continue;
        return Error(Code::config, "a tab is used for indentation")
            .at({text.file_name(), line, static_cast<int>(shown.find('\t')) + 1})
            .cure("Indent with spaces.");
    }
    if (is_a_question_in_braces(text.line(place.line), place.column)) {
        return Error(Code::config, "a \"?\" between braces or brackets begins a key in YAML")
            .at(place)
            .cure("Put the value in quotes, as in {where: \"=items[?open]\"}.");
    }
    for (const Plain& plain : k_plain) {
        if (plain.parser_says == e.msg) {
            return Error(Code::config, std::string(plain.message))
                .at(place)
                .cure(std::string(plain.cure));
        }
    }
    return Error(Code::config, "this is not valid YAML: " + e.msg).at(place);
}

Result<void> check_bytes(std::string_view text, const YamlText& places) {
    if (!is_utf8(text)) {
        std::size_t good = 0;
        while (good < text.size() && is_utf8(text.substr(good, text.find('\n', good) - good))) {
            good = text.find('\n', good) + 1;
        }
        return Error(Code::config, "this line is not UTF-8")
            .at(places.place_of_offset(good))
            .cure("Save the file as UTF-8.");
    }
    if (const auto nul = text.find('\0'); nul != std::string_view::npos) {
        return Error(Code::config, "a NUL byte stands here")
            .at(places.place_of_offset(nul))
            .cure("Remove it; the file may have been saved as UTF-16.");
    }
    return {};
}

}  // namespace

Result<json::Node> read_yaml(std::string_view text, std::string file_name) {
    if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
    const YamlText places(text, std::move(file_name));
    TOUCHLINE_CHECK(check_bytes(text, places));
    try {
        std::istringstream stream{std::string(text)};
        YAML::Parser parser(stream);
        YamlTree tree(places);
        while (parser.HandleNextDocument(tree)) {
        }
        return tree.take();
    } catch (const YAML::Exception& e) {
        return syntax_error(e, places);
    } catch (YamlStop& stop) {
        return std::move(stop.error);
    }
}

Result<json::Node> read_yaml_file(const std::filesystem::path& path) {
    TOUCHLINE_TRY(const std::string text, read_text_file(path));
    return read_yaml(text, path.string());
}

Result<std::string> read_text_file(const std::filesystem::path& path) {
    std::error_code failed;
    if (!std::filesystem::exists(path, failed)) {
        return Error(Code::not_found, "there is no file " + path.string());
    }
    if (!std::filesystem::is_regular_file(path, failed)) {
        return Error(Code::config, path.string() + " is not a file");
    }
    if (const auto bytes = std::filesystem::file_size(path, failed);
        failed || bytes > k_max_file_bytes) {
        return Error(Code::config, path.string() + " is larger than 16 MiB");
    }
    std::ifstream in(path, std::ios::binary);
    std::ostringstream text;
    text << in.rdbuf();
    if (!in) {
        return Error(Code::config, path.string() + " cannot be read")
            .cure("Check that the user who runs touchline may read it.");
    }
    return std::move(text).str();
}

}  // namespace touchline::config
