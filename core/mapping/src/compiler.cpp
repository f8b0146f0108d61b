#include "compiler.hpp"

#include "touchline/base/text.hpp"
#include "touchline/mapping/mapping.hpp"

#include <algorithm>
#include <array>

namespace touchline::mapping {
namespace {

constexpr std::array<std::string_view, 7> k_rule_keys{
    "emit", "each", "where", "part", "set", "fields", "description"};
constexpr std::array<std::string_view, 12> k_file_keys{
    "emit",
    "each",
    "where",
    "part",
    "set",
    "fields",
    "description",
    "version",
    "lookups",
    "tests",
    "rules",
    "$schema"};

std::optional<Emit> emit_from(std::string_view text) {
    if (text == "touchpoint") return Emit::touchpoint;
    if (text == "fact") return Emit::fact;
    if (text == "link") return Emit::link;
    return std::nullopt;
}

std::pair<int, int> where(const Error& problem) {
    const auto& place = problem.place();
    return place ? std::pair(place->line, place->column) : std::pair(0, 0);
}

}  // namespace

std::optional<Mapping> Mapping::compile(const json::Node& file, std::vector<Error>& problems) {
    const std::size_t before = problems.size();
    auto plan = std::make_shared<Plan>();
    Compiler(*plan, problems).file(file);
    // In the order of the file, however the checks went about it.
    std::stable_sort(
        problems.begin() + static_cast<std::ptrdiff_t>(before),
        problems.end(),
        [](const Error& a, const Error& b) { return where(a) < where(b); }
    );
    if (problems.size() > before) return std::nullopt;
    return Mapping(std::move(plan));
}

void Compiler::problem(int line, int column, std::string message, std::string cure) {
    problems_.push_back(
        Error(Code::config, std::move(message)).at({plan_.file, line, column}).cure(std::move(cure))
    );
}

void Compiler::problem(const json::Node& node, std::string message, std::string cure) {
    problem(node.line, node.column, std::move(message), std::move(cure));
}

bool Compiler::is_mapping(const json::Node& node, std::string_view path, std::string_view like) {
    if (node.is_mapping()) return true;
    problem(node, std::string(path) + " must be keys with values, like " + std::string(like));
    return false;
}

void Compiler::only_keys(
    const json::Node& node, std::span<const std::string_view> allowed, std::string_view where
) {
    for (const auto& [key, value] : node.members) {
        if (std::find(allowed.begin(), allowed.end(), key.text) != allowed.end()) continue;
        const auto meant = closest(key.text, allowed);
        std::string list;
        for (const std::string_view one : allowed)
            list.append(list.empty() ? "" : ", ").append(one);
        problem(
            key,
            "unknown key \"" + key.text + "\" in " + std::string(where),
            meant.empty() ? "the keys here are " + list
                          : "did you mean \"" + std::string(meant) + "\"?"
        );
    }
}

void Compiler::file(const json::Node& node) {
    plan_.file = node.file ? *node.file : std::string();
    if (!is_mapping(node, "a mapping file", "emit: touchpoint")) return;
    only_keys(node, k_file_keys, "the mapping");
    if (const auto* version = node.get("version"); version != nullptr && version->text != "1") {
        problem(*version, "version " + version->to_json() + " is unknown here", "write version: 1");
    }
    if (const auto* tables = node.get("lookups")) lookups(*tables);
    const json::Node* rules = node.get("rules");
    if (rules == nullptr) {
        rule(node, "", true);
    } else if (!rules->is_sequence() || rules->items.empty()) {
        problem(*rules, "rules must be a list of rules, each with emit and set");
    } else {
        for (const std::string_view key : k_rule_keys) {
            const auto* misplaced = key == "description" ? nullptr : node.get(key);
            if (misplaced == nullptr) continue;
            problem(
                *misplaced,
                std::string(key) + " stands beside rules",
                "move it into one of the rules"
            );
        }
        for (std::size_t i = 0; i < rules->items.size(); ++i) {
            rule(rules->items[i], "rules[" + std::to_string(i) + "].", false);
        }
    }
    if (const auto* tests = node.get("tests")) cases(*tests);
}

void Compiler::lookups(const json::Node& node) {
    if (!is_mapping(node, "lookups", "priority: {1: low, 2: high}")) return;
    for (const auto& [key, value] : node.members) {
        plan_.lookups.tables.emplace_back(key.text, table(value, "lookups." + key.text));
    }
}

Value Compiler::table(const json::Node& node, std::string_view path) {
    if (!is_mapping(node, path, "{voice: phone}")) return {};
    return literal(node);
}

void Compiler::rule(const json::Node& node, std::string path, bool alone) {
    const std::string where = alone ? "the mapping" : path.substr(0, path.size() - 1);
    if (!is_mapping(node, where, "emit: touchpoint")) return;
    if (!alone) only_keys(node, k_rule_keys, where);
    Rule rule;
    rule.path = std::move(path);
    const json::Node* emit = node.get("emit");
    const auto what = emit == nullptr ? std::nullopt : emit_from(emit->text);
    if (!what) {
        problem(
            emit == nullptr ? node : *emit,
            emit == nullptr ? where + " has no emit" : "\"" + emit->text + "\" cannot be emitted",
            "write emit: touchpoint, fact or link"
        );
    }
    rule.emit = what.value_or(Emit::touchpoint);
    if (const auto* each = node.get("each")) rule.each = expression_only(*each, rule.path + "each");
    if (const auto* condition = node.get("where")) {
        rule.where = expression_only(*condition, rule.path + "where");
    }
    if (const auto* part = node.get("part")) rule.part = term(*part, rule.path + "part");
    if (what) set(node, rule);
    plan_.rules.push_back(std::move(rule));
}

void Compiler::set(const json::Node& node, Rule& rule) {
    const std::string path = rule.path + "set";
    const json::Node* set = node.get("set");
    if (set == nullptr) {
        problem(
            node, path + " is missing", "write set: with the keys to fill, like kind: case.opened"
        );
        return;
    }
    if (!is_mapping(*set, path, "kind: case.opened")) return;
    std::vector<std::string_view> keys;
    for (const Shape& shape : shapes(rule.emit)) keys.push_back(shape.key);
    only_keys(*set, keys, path);
    rule.set.kind = Term::Kind::object;
    rule.set.line = set->line;
    rule.set.column = set->column;
    for (const Shape& shape : shapes(rule.emit)) {
        const json::Node* member = set->get(shape.key);
        if (member == nullptr) continue;
        const std::string name = path + "." + std::string(shape.key);
        Term value = term(*member, name);
        fits(value, *member, shape, name);
        rule.set.members.push_back({std::string(shape.key), std::move(value)});
    }
    if (const auto* fields = node.get("fields")) {
        const std::string name = rule.path + "fields";
        if (rule.emit != Emit::fact) {
            problem(*fields, name + " is for facts only", "write emit: fact, or remove it");
        } else if (is_mapping(*fields, name, "email: =email")) {
            // One level of fields; a value below may be an object of any form.
            rule.fields.kind = Term::Kind::object;
            for (const auto& [key, value] : fields->members) {
                rule.fields.members.push_back({key.text, term(value, name + "." + key.text)});
            }
        }
    }
    requirements(*set, rule);
}

void Compiler::requirements(const json::Node& node, const Rule& rule) {
    for (const Shape& shape : shapes(rule.emit)) {
        if (shape.required.empty() || node.get(shape.key) != nullptr) continue;
        problem(
            node,
            rule.path + "set." + std::string(shape.key) + " is missing",
            std::string(shape.required)
        );
    }
    if (rule.emit != Emit::fact) return;
    const bool one = node.get("field") != nullptr || node.get("value") != nullptr;
    if (rule.fields.given()) {
        if (one)
            problem(
                node, rule.path + "set has field or value beside fields", "use one of the two forms"
            );
    } else if (node.get("field") == nullptr || node.get("value") == nullptr) {
        problem(
            node,
            rule.path + "set has no field and value",
            "write both, or fields: {email: =email} beside set for several facts"
        );
    }
}

}  // namespace touchline::mapping
