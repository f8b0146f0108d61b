#include "mapping_file.hpp"

#include "touchline/base/digest.hpp"
#include "touchline/config/yaml.hpp"

namespace touchline::app {

std::optional<MappingFile> load_mapping(
    const std::filesystem::path& file, std::vector<FileProblem>& problems
) {
    auto text = config::read_text_file(file);
    if (!text) {
        problems.push_back({config::to_problem(text.error()), ""});
        return std::nullopt;
    }
    return compile_mapping(std::move(*text), file, problems);
}

std::optional<MappingFile> compile_mapping(
    std::string text, const std::filesystem::path& file, std::vector<FileProblem>& problems
) {
    const auto node = config::read_yaml(text, file.string());
    if (!node) {
        problems.push_back({config::to_problem(node.error()), text});
        return std::nullopt;
    }
    std::vector<Error> faults;
    auto mapping = mapping::Mapping::compile(*node, faults);
    for (const Error& fault : faults) problems.push_back({config::to_problem(fault), text});
    if (!mapping) return std::nullopt;
    const Digest digest = sha256(text);
    std::string name = file.filename().string() + "@" + to_hex(std::span(digest).first<4>());
    return MappingFile{std::move(*mapping), std::move(name), std::move(text)};
}

}  // namespace touchline::app
