// One JMESPath expression (jmespath.org, the whole specification) with our own functions, see
// functions.hpp.
#pragma once

#include "touchline/base/result.hpp"
#include "touchline/json/view.hpp"

#include <memory>
#include <string>
#include <string_view>

namespace touchline::mapping {

struct Program;

/// Compiled once, then evaluated as often as you like. Immutable: copies share the program, threads
/// share the copies.
class Expression {
public:
    /// Error: bad_data; `place().column` counts bytes of `text` from 1. The message ends in the
    /// specification's name for the fault: "(syntax)", "(invalid-arity)" or "(unknown-function)".
    static Result<Expression> compile(std::string_view text);

    /// JSON text. Error: bad_data, "(invalid-type)" or "(invalid-value)", or a result beyond all
    /// measure.
    Result<std::string> evaluate(json::View input) const;

private:
    explicit Expression(std::shared_ptr<const Program> program) : program_(std::move(program)) {}

    std::shared_ptr<const Program> program_;
};

}  // namespace touchline::mapping
