// The first line is an expression, the rest the JSON that it is asked of.
#include "touchline/mapping/expression.hpp"

#include "fuzz.hpp"

void touchline::fuzz::run(std::string_view input) {
    const auto [text, json] = first_line(input);
    const auto expression = mapping::Expression::compile(text);
    if (!expression) {
        const auto& place = expression.error().place();
        TOUCHLINE_ASSERT(place && place->column >= 1);
        TOUCHLINE_ASSERT(static_cast<std::size_t>(place->column) <= text.size() + 1);
        return;
    }
    const auto document = json::Document::parse(json);
    if (!document) return;
    const auto result = expression->evaluate(document->root());
    if (result) TOUCHLINE_ASSERT(json::Document::parse(*result).has_value());
}
