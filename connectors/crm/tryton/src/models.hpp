// Which of Tryton's models are read, and what of them.
#pragma once

#include <string_view>
#include <vector>

namespace tryton {

struct Model {
    std::string_view stream, name;
    /// A dot leads to the record that a field refers to: what comes from there is named with "_".
    std::vector<std::string_view> fields;
};

/// nullptr: there is none.
const Model* model_of(std::string_view stream);

}  // namespace tryton
