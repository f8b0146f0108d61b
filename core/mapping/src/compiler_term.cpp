// Values of a mapping file: literals, expressions, choices, tables, and objects and lists of these.
#include "compiler.hpp"
#include "parser.hpp"

#include "touchline/base/text.hpp"

#include <array>

namespace touchline::mapping {
namespace {

using namespace std::string_view_literals;

Term at(const json::Node& node, Term::Kind kind) {
    Term term;
    term.kind = kind;
    term.line = node.line;
    term.column = node.column;
    return term;
}

bool is_expression(const json::Node& node) {
    return node.is_scalar() && node.text.starts_with('=');
}

}  // namespace

Value Compiler::literal(const json::Node& node) {
    const auto document = json::Document::parse(node.to_json());
    if (!document) {
        problem(node, "this value cannot be read: " + document.error().message());
        return {};
    }
    return deep_copy(Value::of(document->root()), plan_.arena);
}

Term Compiler::term(const json::Node& node, const std::string& path) {
    if (is_expression(node)) {
        Term term = at(node, Term::Kind::expression);
        expression(term, node, path);
        return term;
    }
    if (node.is_mapping() && node.get("when") != nullptr) return choice(node, path);
    if (node.is_mapping() && node.get("from") != nullptr && node.get("lookup") != nullptr) {
        return from_table(node, path);
    }
    if (node.is_mapping()) {
        Term object = at(node, Term::Kind::object);
        for (const auto& [key, value] : node.members) {
            object.members.push_back({key.text, term(value, path + "." + key.text)});
        }
        return object;
    }
    if (node.is_sequence()) {
        Term list = at(node, Term::Kind::list);
        for (std::size_t i = 0; i < node.items.size(); ++i) {
            list.branches.push_back({{}, term(node.items[i], path + "[" + std::to_string(i) + "]")}
            );
        }
        return list;
    }
    Term literal_term = at(node, Term::Kind::literal);
    literal_term.literal = literal(node);
    return literal_term;
}

Term Compiler::expression_only(const json::Node& node, const std::string& path) {
    if (is_expression(node)) return term(node, path);
    problem(node, path + " must be an expression", "write = before it, as in =status == 'open'");
    return {};
}

void Compiler::expression(Term& into, const json::Node& node, const std::string& path) {
    // The text follows the quote, if there is one, and the "=".
    into.program_line = node.line;
    into.program_column = node.column + (node.quoted ? 2 : 1);
    auto program = parse_expression(std::string_view(node.text).substr(1));
    if (program) {
        into.program = *program;
        tables_exist(*into.program, into, path);
        negations_hold_what_follows(*into.program, into, path);
        for (const Node& part : into.program->nodes) {
            if (part.op == Op::path && part.root &&
                into.program->steps[part.first].name == "source") {
                plan_.uses_source = true;
            }
        }
        return;
    }
    const Error& error = program.error();
    const bool one_line = node.text.find('\n') == std::string::npos;
    const int column = one_line ? into.program_column + error.place()->column - 1 : node.column;
    problem(node.line, column, path + ": " + error.message(), error.cure());
}

void Compiler::negations_hold_what_follows(
    const Program& program, const Term& term, const std::string& path
) {
    for (const Node& node : program.nodes) {
        const bool looks_inside =
            node.op == Op::flatten || node.op == Op::project_array ||
            node.op == Op::project_object || node.op == Op::filter || node.op == Op::slice ||
            (node.op == Op::chain && program.nodes[node.right].op == Op::path);
        if (!looks_inside || program.nodes[node.left].op != Op::negation) continue;
        problem(
            term.program_line,
            term.program_column + static_cast<int>(program.nodes[node.left].offset),
            path + ": \"!\" takes only the name after it, and nothing is inside of true or false",
            "write parentheses, as in !(record.deleted)"
        );
    }
}

void Compiler::tables_exist(const Program& program, const Term& term, const std::string& path) {
    for (const Node& node : program.nodes) {
        if (node.op != Op::call || node.function->doc.name != "lookup") continue;
        const Node& argument = program.nodes[program.children[node.first + 1].node];
        if (argument.op != Op::literal || !program.literals[argument.first].is_string()) continue;
        const std::string_view name = program.literals[argument.first].string();
        if (plan_.lookups.find(name) != nullptr) continue;
        std::vector<std::string_view> names;
        for (const auto& table : plan_.lookups.tables) names.push_back(table.first);
        const auto meant = closest(name, names);
        problem(
            term.program_line,
            term.program_column + static_cast<int>(argument.offset),
            path + ": there is no table \"" + std::string(name) + "\" under lookups",
            meant.empty() ? "" : "did you mean \"" + std::string(meant) + "\"?"
        );
    }
}

Term Compiler::choice(const json::Node& node, const std::string& path) {
    static constexpr std::array k_keys{"when"sv, "else"sv};
    only_keys(node, k_keys, path);
    Term choice = at(node, Term::Kind::choice);
    const json::Node& when = *node.get("when");
    if (!when.is_sequence()) {
        problem(when, path + ".when must be a list of [=condition, value]");
        return choice;
    }
    for (std::size_t i = 0; i < when.items.size(); ++i) {
        const json::Node& pair = when.items[i];
        const std::string name = path + ".when[" + std::to_string(i) + "]";
        if (!pair.is_sequence() || pair.items.size() != 2) {
            problem(pair, name + " must be [=condition, value]");
            continue;
        }
        choice.branches.push_back({expression_only(pair.items[0], name), term(pair.items[1], name)}
        );
    }
    if (const auto* otherwise = node.get("else"))
        choice.otherwise.push_back(term(*otherwise, path + ".else"));
    return choice;
}

Term Compiler::from_table(const json::Node& node, const std::string& path) {
    static constexpr std::array k_keys{"from"sv, "lookup"sv, "else"sv};
    only_keys(node, k_keys, path);
    Term lookup = at(node, Term::Kind::lookup);
    const json::Node& from = *node.get("from");
    if (is_expression(from)) {
        expression(lookup, from, path + ".from");
    } else {
        problem(from, path + ".from must be an expression", "write = before it, as in =status");
    }
    const json::Node& table_node = *node.get("lookup");
    if (!table_node.is_scalar()) {
        lookup.table = table(table_node, path + ".lookup");
    } else if (const Value* named = plan_.lookups.find(table_node.text)) {
        lookup.table = *named;
    } else {
        std::vector<std::string_view> names;
        for (const auto& known : plan_.lookups.tables) names.push_back(known.first);
        const auto meant = closest(table_node.text, names);
        problem(
            table_node,
            path + ": there is no table \"" + table_node.text + "\" under lookups",
            meant.empty() ? "" : "did you mean \"" + std::string(meant) + "\"?"
        );
    }
    if (const auto* otherwise = node.get("else"))
        lookup.otherwise.push_back(term(*otherwise, path + ".else"));
    return lookup;
}

}  // namespace touchline::mapping
