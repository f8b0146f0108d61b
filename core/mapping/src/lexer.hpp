// The tokens of JMESPath.
#pragma once

#include "touchline/base/result.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace touchline::mapping {

enum class Token : std::uint8_t {
    end,
    dot,
    star,
    left_bracket,
    right_bracket,
    left_brace,
    right_brace,
    left_paren,
    right_paren,
    comma,
    colon,
    pipe,
    logical_or,
    logical_and,
    negation,
    ampersand,
    current,
    equal,
    not_equal,
    less,
    less_equal,
    greater,
    greater_equal,
    filter,
    flatten,
    identifier,
    quoted_identifier,
    raw_string,
    literal,
    number,
};

struct Lexeme {
    Token token = Token::end;
    /// Decoded: the identifier, the text, the JSON of a literal, the digits.
    std::string text;
    /// Where it starts, in bytes.
    std::size_t offset = 0;
};

/// Ends in Token::end. Error: bad_data with the column.
Result<std::vector<Lexeme>> tokenize(std::string_view expression);

/// "message (syntax)" at the byte `offset`.
Error syntax_error(std::string message, std::size_t offset);

}  // namespace touchline::mapping
