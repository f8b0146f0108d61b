// Literals, calls, indexes, slices, and the lists and objects that an expression builds.
#include "call.hpp"
#include "parser_state.hpp"

#include "touchline/base/text.hpp"

#include <algorithm>
#include <charconv>
#include <iterator>

namespace touchline::mapping {
Result<Parser::Index> Parser::first_bracket() {
    ++at_;
    if (token() == Token::number || token() == Token::colon)
        return index_or_slice(add(Op::current));
    if (token() == Token::star && ahead(1) == Token::right_bracket) {
        at_ += 2;
        return project(Op::project_array, add(Op::current), power(Token::star));
    }
    return list();
}

Result<Parser::Index> Parser::literal(const Lexeme& lexeme) {
    Value value;
    if (lexeme.token == Token::raw_string) {
        value = Value::of(program_.arena.copy(lexeme.text));
    } else {
        const auto document = json::Document::parse(lexeme.text);
        if (!document) {
            return syntax_error("this literal is not JSON; write text as 'text'", lexeme.offset);
        }
        value = deep_copy(Value::of(document->root()), program_.arena);
    }
    program_.literals.push_back(value);
    return add(
        {.op = Op::literal,
         .first = size32(program_.literals) - 1,
         .offset = static_cast<Index>(lexeme.offset)}
    );
}

Result<Parser::Index> Parser::argument() {
    // Bare numbers are ours: JMESPath itself wants `200`, which is a trap and hard to type in YAML.
    if (token() == Token::number && (ahead(1) == Token::comma || ahead(1) == Token::right_paren)) {
        Lexeme number = here();
        ++at_;
        return literal({Token::literal, number.text, number.offset});
    }
    if (token() != Token::ampersand) return expression(0);
    const Index where = offset();
    ++at_;
    TOUCHLINE_TRY(const Index inner, expression(0));
    return add({.op = Op::reference, .left = inner, .offset = where});
}

Result<Parser::Index> Parser::call(const Lexeme& name) {
    const auto fail = [&](std::string message) {
        return Error(Code::bad_data, std::move(message))
            .at({{}, 1, static_cast<int>(name.offset) + 1});
    };
    const Function* function = find_function(name.text);
    ++at_;
    std::vector<Child> arguments;
    while (token() != Token::right_paren) {
        if (!arguments.empty()) TOUCHLINE_CHECK(expect(Token::comma, ")"));
        TOUCHLINE_TRY(const Index child, argument());
        arguments.push_back({child, {}});
    }
    ++at_;
    if (function == nullptr) {
        auto error = fail("there is no function " + name.text + "() (unknown-function)");
        const auto meant = closest(name.text, function_names());
        return meant.empty()
                   ? std::move(error).cure("`touchline mapping functions` lists them all")
                   : std::move(error).cure("did you mean \"" + std::string(meant) + "\"?");
    }
    if (arguments.size() < function->least || arguments.size() > function->most) {
        return fail(
            name.text + "() is called with " + std::to_string(arguments.size()) +
            (arguments.size() == 1 ? " argument" : " arguments") + "; it is " +
            std::string(function->doc.signature) + " (invalid-arity)"
        );
    }
    const Index first_child = size32(program_.children);
    const Index count = size32(arguments);
    std::move(arguments.begin(), arguments.end(), std::back_inserter(program_.children));
    return add(
        {.op = Op::call,
         .first = first_child,
         .count = count,
         .function = function,
         .offset = static_cast<Index>(name.offset)}
    );
}

Result<Parser::Index> Parser::index_or_slice(Index left) {
    const Index where = offset();
    const auto number = [this]() -> std::int64_t {
        std::int64_t value = 0;
        const std::string& digits = lexemes_[at_++].text;
        std::from_chars(digits.data(), digits.data() + digits.size(), value);
        return value;
    };
    if (token() == Token::number && ahead(1) == Token::right_bracket) {
        const Index path = step(left, {.name = {}, .index = number(), .is_index = true});
        ++at_;
        return path;
    }
    Slice slice;
    for (int part = 0; token() != Token::right_bracket;) {
        if (token() == Token::colon) {
            if (++part > 2) return unexpected();
            ++at_;
        } else if (token() == Token::number) {
            const std::int64_t value = number();
            if (token() != Token::colon && token() != Token::right_bracket) return unexpected();
            (part == 0 ? slice.start : part == 1 ? slice.stop : slice.step) = value;
            slice.has_start |= part == 0;
            slice.has_stop |= part == 1;
        } else {
            return unexpected();
        }
    }
    ++at_;
    program_.slices.push_back(slice);
    const Index cut = add({.op = Op::slice, .first = size32(program_.slices) - 1, .offset = where});
    return project(Op::project_array, add(Op::chain, left, cut), power(Token::star));
}

Result<Parser::Index> Parser::list() {
    std::vector<Child> elements;
    const Index where = offset();
    for (;;) {
        TOUCHLINE_TRY(const Index element, expression(0));
        elements.push_back({element, {}});
        if (token() == Token::right_bracket) break;
        TOUCHLINE_CHECK(expect(Token::comma, "]"));
    }
    ++at_;
    const Index first_child = size32(program_.children);
    const Index count = size32(elements);
    std::move(elements.begin(), elements.end(), std::back_inserter(program_.children));
    return add({.op = Op::list, .first = first_child, .count = count, .offset = where});
}

Result<Parser::Index> Parser::hash() {
    std::vector<Child> members;
    const Index where = offset();
    for (;;) {
        if (token() != Token::identifier && token() != Token::quoted_identifier)
            return unexpected();
        const std::string key = here().text;
        ++at_;
        TOUCHLINE_CHECK(expect(Token::colon, ":"));
        TOUCHLINE_TRY(const Index member, expression(0));
        // A key that comes again counts in the place of the first.
        const auto same = std::find_if(members.begin(), members.end(), [&](const Child& c) {
            return c.key == key;
        });
        if (same != members.end()) {
            same->node = member;
        } else {
            members.push_back({member, key});
        }
        if (token() == Token::right_brace) break;
        TOUCHLINE_CHECK(expect(Token::comma, "}"));
    }
    ++at_;
    const Index first_child = size32(program_.children);
    const Index count = size32(members);
    std::move(members.begin(), members.end(), std::back_inserter(program_.children));
    return add({.op = Op::hash, .first = first_child, .count = count, .offset = where});
}

}  // namespace touchline::mapping
