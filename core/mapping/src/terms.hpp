// Evaluates the terms of a rule over one scope. Like the evaluator it does not return errors but
// keeps the first.
#pragma once

#include "plan.hpp"

#include <optional>

namespace touchline::mapping {

class Terms {
public:
    Terms(Evaluator& evaluator, const Plan& plan) : evaluator_(evaluator), plan_(plan) {}

    /// Null after a failure. `path` is what a message calls the term.
    Value value(const Term& term, const Scope& scope);

    bool failed() const { return failure_.has_value(); }
    /// At the term, or inside its expression. Its message lacks the path, which the caller knows.
    Error take_failure() { return std::move(*failure_); }

private:
    Value run(const Term& term, const Scope& scope);
    Value choice(const Term& term, const Scope& scope);
    Value lookup(const Term& term, const Scope& scope);
    Value object(const Term& term, const Scope& scope);
    Value list(const Term& term, const Scope& scope);
    Value otherwise(const Term& term, const Scope& scope) {
        return term.otherwise.empty() ? Value() : value(term.otherwise.front(), scope);
    }

    Evaluator& evaluator_;
    const Plan& plan_;
    std::optional<Error> failure_;
};

}  // namespace touchline::mapping
