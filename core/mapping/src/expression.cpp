#include "touchline/mapping/expression.hpp"

#include "evaluator.hpp"
#include "parser.hpp"

namespace touchline::mapping {

Result<Expression> Expression::compile(std::string_view text) {
    TOUCHLINE_TRY(auto program, parse_expression(text));
    return Expression(std::move(program));
}

Result<std::string> Expression::evaluate(json::View input) const {
    constexpr std::size_t k_most_bytes = std::size_t{16} << 20;
    Evaluator evaluator;
    Scope scope;
    scope.element = Value::of(input);
    TOUCHLINE_TRY(const Value value, evaluator.run(*program_, scope));
    std::string text;
    if (!write_json(text, value, k_most_bytes)) {
        return Error(Code::bad_data, "the result is larger than 16 MiB (invalid-value)");
    }
    return text;
}

}  // namespace touchline::mapping
