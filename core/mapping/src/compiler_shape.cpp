// Holds what a rule sets against the keys there are.
#include "compiler.hpp"

#include "touchline/base/text.hpp"

#include <algorithm>

namespace touchline::mapping {

void Compiler::fits(
    const Term& term, const json::Node& node, const Shape& shape, const std::string& path
) {
    switch (term.kind) {
        case Term::Kind::absent:
        case Term::Kind::expression:
            return;
        case Term::Kind::literal:
            words(term, shape, path);
            if (shape.members.empty() || term.literal.is_null()) return;
            problem(
                node,
                path + " must be " + (shape.list ? "a list" : "keys with values") + ", not " +
                    excerpt(term.literal)
            );
            return;
        case Term::Kind::choice:
            for (const auto& branch : term.branches) {
                if (branch.value.kind == Term::Kind::literal) words(branch.value, shape, path);
            }
            for (const Term& otherwise : term.otherwise) words(otherwise, shape, path);
            return;
        case Term::Kind::lookup:
            term.table.each_member([&](std::string_view, const Value& value) {
                Term entry = term;
                entry.literal = value;
                words(entry, shape, path);
                return true;
            });
            for (const Term& otherwise : term.otherwise) words(otherwise, shape, path);
            return;
        case Term::Kind::object:
            if (shape.list) {
                problem(node, path + " must be a list", "put [ ] around it, or \"- \" before it");
            } else if (shape.members.empty() && shape.key != "ext" && shape.key != "value") {
                problem(node, path + " must be one value, not keys with values");
            } else if (!shape.members.empty()) {
                fits_members(term, node, shape, path);
            }
            return;
        case Term::Kind::list:
            if (!shape.list) {
                if (shape.key != "value") problem(node, path + " must not be a list");
                return;
            }
            for (std::size_t i = 0; i < node.items.size(); ++i) {
                const std::string name = path + "[" + std::to_string(i) + "]";
                const Term& element = term.branches[i].value;
                if (element.kind == Term::Kind::object) {
                    fits_members(element, node.items[i], shape, name);
                } else if (element.kind == Term::Kind::literal) {
                    problem(
                        node.items[i],
                        name + " must be keys with values, not " + excerpt(element.literal)
                    );
                }
            }
            return;
    }
}

void Compiler::fits_members(
    const Term& term, const json::Node& node, const Shape& shape, const std::string& path
) {
    only_keys(node, shape.members, path);
    // The first two keys of claims, references, amounts and measurements make the thing; the others
    // qualify it.
    if (shape.key == "owner" || shape.key == "privacy") return;
    for (const std::string_view key : shape.members.first(2)) {
        if (term.member(key) == nullptr)
            problem(node, path + "." + std::string(key) + " is missing");
    }
}

void Compiler::words(const Term& term, const Shape& shape, const std::string& path) {
    if (shape.words.empty() || term.literal.is_null() ||
        (term.kind != Term::Kind::literal && term.kind != Term::Kind::lookup))
        return;
    const std::string_view word = term.literal.string();
    if (term.literal.is_string() &&
        std::find(shape.words.begin(), shape.words.end(), word) != shape.words.end()) {
        return;
    }
    std::string list;
    for (const std::string_view one : shape.words)
        list.append(list.empty() ? "" : ", ").append(one);
    const auto meant = closest(word, shape.words);
    problem(
        term.line,
        term.column,
        path + ": " + excerpt(term.literal) + " is not one of " + list,
        meant.empty() ? "" : "did you mean \"" + std::string(meant) + "\"?"
    );
}

}  // namespace touchline::mapping
