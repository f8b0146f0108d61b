#include "touchline/mapping/functions.hpp"

#include "call.hpp"
#include "evaluator.hpp"

#include <algorithm>
#include <array>

namespace touchline::mapping {
namespace {

std::array<std::span<const Function>, 7> groups() {
    return {
        array_functions(),
        number_functions(),
        object_functions(),
        text_functions(),
        mail_functions(),
        time_functions(),
        lookup_functions()};
}

}  // namespace

Value Call::text(std::string_view text) const {
    return Value::of(evaluator.arena().copy(text));
}

Value Call::fail(std::string message) const {
    return evaluator.fail(
        std::string(function.doc.name) + "(): " + std::move(message), "invalid-value"
    );
}

const Function* find_function(std::string_view name) {
    for (const auto group : groups()) {
        for (const Function& function : group) {
            if (function.doc.name == name) return &function;
        }
    }
    return nullptr;
}

std::vector<std::string_view> function_names() {
    std::vector<std::string_view> names;
    for (const FunctionDoc& doc : functions()) names.push_back(doc.name);
    return names;
}

std::vector<FunctionDoc> functions() {
    std::vector<FunctionDoc> docs;
    for (const auto group : groups()) {
        for (const Function& function : group) docs.push_back(function.doc);
    }
    std::sort(docs.begin(), docs.end(), [](const auto& a, const auto& b) {
        return a.name < b.name;
    });
    return docs;
}

}  // namespace touchline::mapping
