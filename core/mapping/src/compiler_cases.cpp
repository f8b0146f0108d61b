// The tests of a mapping file.
#include "compiler.hpp"

#include <array>

namespace touchline::mapping {
namespace {

using namespace std::string_view_literals;

constexpr std::array k_case_keys{
    "name"sv, "in"sv, "out"sv, "exact"sv, "error"sv, "settings"sv, "source"sv, "department"sv};
constexpr std::array k_source_keys{
    "connection"sv, "system"sv, "stream"sv, "external_id"sv, "version"sv, "url"sv};

}  // namespace

void Compiler::cases(const json::Node& node) {
    if (!node.is_sequence()) {
        problem(node, "tests must be a list, each with name, in and out");
        return;
    }
    for (const json::Node& test : node.items) one_case(test);
}

void Compiler::one_case(const json::Node& node) {
    if (!is_mapping(node, "a test", "name: what it shows")) return;
    only_keys(node, k_case_keys, "a test");
    Case test;
    test.line = node.line;
    test.column = node.column;
    if (const auto* name = node.get("name")) {
        test.name = name->text;
    } else {
        problem(node, "this test has no name", "say in a few words what it shows");
    }
    const json::Node* in = node.get("in");
    if (in == nullptr) {
        problem(node, "this test has no record", "write in: and the record, or in: {file: path}");
    } else if (const auto* file = in->get("file");
               file != nullptr && file->is_scalar() && in->members.size() == 1) {
        test.input_file = file->text;
    } else {
        test.input = in->to_json();
    }
    const json::Node* out = node.get("out");
    const json::Node* error = node.get("error");
    if ((out == nullptr) == (error == nullptr)) {
        problem(
            node,
            "a test has either out or error",
            "write out: [] for a record that becomes nothing"
        );
    } else if (out != nullptr && !out->is_sequence()) {
        problem(*out, "out must be a list, even of one", "put [ ] around it");
    }
    if (out != nullptr) test.expected = out->to_json();
    if (error != nullptr) test.expected_error = error->text;
    if (const auto* exact = node.get("exact")) {
        test.exact = exact->text == "true";
        if (exact->text != "true" && exact->text != "false")
            problem(*exact, "exact is true or false");
    }
    if (const auto* settings = node.get("settings")) test.settings = settings->to_json();
    if (const auto* source = node.get("source")) {
        if (is_mapping(*source, "source", "{connection: zendesk-eu}"))
            only_keys(*source, k_source_keys, "source");
        test.source = source->to_json();
    }
    if (const auto* department = node.get("department")) test.department = department->text;
    plan_.cases.push_back(std::move(test));
}

}  // namespace touchline::mapping
