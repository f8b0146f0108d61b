#include "terms.hpp"

namespace touchline::mapping {

Value Terms::value(const Term& term, const Scope& scope) {
    if (failure_) return {};
    switch (term.kind) {
        case Term::Kind::absent:
            return {};
        case Term::Kind::literal:
            return term.literal;
        case Term::Kind::expression:
            return run(term, scope);
        case Term::Kind::choice:
            return choice(term, scope);
        case Term::Kind::lookup:
            return lookup(term, scope);
        case Term::Kind::object:
            return object(term, scope);
        case Term::Kind::list:
            return list(term, scope);
    }
    return {};
}

Value Terms::run(const Term& term, const Scope& scope) {
    auto value = evaluator_.run(*term.program, scope);
    if (value) return *value;
    const Error& error = value.error();
    const bool one_line = term.program->text.find('\n') == std::string::npos;
    const int column = one_line ? term.program_column + error.place()->column - 1 : term.column;
    failure_ = Error(error.code(), error.message()).at({plan_.file, term.program_line, column});
    return {};
}

Value Terms::choice(const Term& term, const Scope& scope) {
    for (const auto& branch : term.branches) {
        const bool holds = value(branch.condition, scope).truthy();
        if (failure_) return {};
        if (holds) return value(branch.value, scope);
    }
    return otherwise(term, scope);
}

Value Terms::lookup(const Term& term, const Scope& scope) {
    const Value from = run(term, scope);
    if (failure_ || from.is_null()) return otherwise(term, scope);
    const auto found = term.table.get(evaluator_.text_of(from));
    return found ? *found : otherwise(term, scope);
}

// Members that come out null are left out, as if the key were not there; so is an object of nothing
// else.
Value Terms::object(const Term& term, const Scope& scope) {
    const auto members = evaluator_.arena().array<Entry>(term.members.size());
    std::size_t count = 0;
    for (const auto& [key, member] : term.members) {
        const Value made = value(member, scope);
        if (!made.is_null()) members[count++] = {key, made};
    }
    if (count == 0 && !term.members.empty()) return {};
    return Value::of(std::span<const Entry>(members.first(count)));
}

Value Terms::list(const Term& term, const Scope& scope) {
    const auto elements = evaluator_.arena().array<Value>(term.branches.size());
    std::size_t count = 0;
    for (const auto& branch : term.branches) {
        const Value made = value(branch.value, scope);
        if (made.is_null() || (made.is_object() && made.size() == 0)) continue;
        elements[count++] = made;
    }
    return Value::of(std::span<const Value>(elements.first(count)));
}

}  // namespace touchline::mapping
