#include "touchline/config/load.hpp"

#include "check.hpp"
#include "mask.hpp"
#include "read.hpp"

#include "touchline/config/yaml.hpp"

#include <algorithm>
#include <tuple>

namespace touchline::config {

bool Loaded::ok() const {
    return std::none_of(problems.begin(), problems.end(), [](const Problem& problem) {
        return problem.severity == Severity::error;
    });
}

Loaded load(const std::filesystem::path& path) {
    auto text = read_text_file(path);
    if (!text) {
        Loaded failed;
        failed.problems.push_back(to_problem(text.error()));
        return failed;
    }
    std::error_code failed;
    const auto absolute = std::filesystem::absolute(path, failed);
    return load_text(*std::move(text), path.string(), absolute.parent_path());
}

Loaded load_text(std::string text, std::string file_name, const std::filesystem::path& folder) {
    Loaded loaded;
    const auto root = read_yaml(text, std::move(file_name));
    loaded.source = mask_secrets(std::move(text));
    if (!root) {
        loaded.problems.push_back(to_problem(root.error()));
        return loaded;
    }
    check(*root, loaded.problems);
    loaded.config = read(*root, folder.lexically_normal());
    cross_check(*root, loaded.config, loaded.problems);
    std::stable_sort(
        loaded.problems.begin(),
        loaded.problems.end(),
        [](const Problem& a, const Problem& b) {
            return std::tie(a.place.line, a.place.column) < std::tie(b.place.line, b.place.column);
        }
    );
    return loaded;
}

}  // namespace touchline::config
