#include "plan.hpp"

#include <charconv>

namespace touchline::mapping {
namespace {

// `rest` without `key` at its front, if that is a whole part of the path.
bool consume(std::string_view& rest, std::string_view key) {
    if (!rest.starts_with(key)) return false;
    if (rest.size() > key.size() && rest[key.size()] != '.' && rest[key.size()] != '[')
        return false;
    rest.remove_prefix(key.size());
    return true;
}

const Term& nearest(const Term& term, std::string_view rest) {
    if (rest.starts_with('.')) {
        rest.remove_prefix(1);
        for (const auto& [key, member] : term.members) {
            if (consume(rest, key)) return nearest(member, rest);
        }
    } else if (rest.starts_with('[') && term.kind == Term::Kind::list) {
        std::size_t index = 0;
        const auto read = std::from_chars(rest.data() + 1, rest.data() + rest.size(), index);
        if (index < term.branches.size()) {
            rest.remove_prefix(static_cast<std::size_t>(read.ptr - rest.data()) + 1);
            return nearest(term.branches[index].value, rest);
        }
    }
    return term;
}

}  // namespace

const Term* Term::member(std::string_view key) const {
    for (const auto& [name, term] : members) {
        if (name == key) return &term;
    }
    return nullptr;
}

const Term& locate(const Rule& rule, std::string_view path) {
    if (consume(path, "each")) return rule.each;
    if (consume(path, "where")) return rule.where;
    if (consume(path, "part")) return rule.part;
    if (consume(path, "fields")) return nearest(rule.fields, path);
    consume(path, "set");
    return nearest(rule.set, path);
}

}  // namespace touchline::mapping
