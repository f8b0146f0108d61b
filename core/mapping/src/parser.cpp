#include "parser.hpp"

#include "parser_state.hpp"

#include "touchline/base/text.hpp"

#include <algorithm>

namespace touchline::mapping {
namespace {

// What binds less than this ends a projection.
constexpr int k_projection_stop = 10;
constexpr std::size_t k_deepest = 200;
constexpr std::size_t k_longest = 64 * 1024;

bool uses_left(Op op) {
    return op != Op::current && op != Op::path && op != Op::literal && op != Op::list &&
           op != Op::hash && op != Op::call && op != Op::slice;
}
bool uses_right(Op op) {
    return uses_left(op) && op != Op::flatten && op != Op::negation && op != Op::reference;
}

}  // namespace

int power(Token token) {
    switch (token) {
        case Token::pipe:
            return 1;
        case Token::logical_or:
            return 2;
        case Token::logical_and:
            return 3;
        case Token::equal:
        case Token::not_equal:
        case Token::less:
        case Token::less_equal:
        case Token::greater:
        case Token::greater_equal:
            return 5;
        case Token::flatten:
            return 9;
        case Token::star:
            return 20;
        case Token::filter:
            return 21;
        case Token::dot:
            return 40;
        case Token::negation:
            return 45;
        case Token::left_brace:
            return 50;
        case Token::left_bracket:
            return 55;
        case Token::left_paren:
            return 60;
        default:
            return 0;
    }
}
Result<void> Parser::run() {
    TOUCHLINE_TRY(const Index root, expression(0));
    if (here().token != Token::end) return unexpected();
    TOUCHLINE_ASSERT(root + 1 == program_.nodes.size());
    mark_root(root);
    return {};
}

Error Parser::unexpected() const {
    if (token() == Token::end) return syntax_error("the expression ends too early", here().offset);
    if (token() == Token::number) {
        return syntax_error(
            "a number is written in backticks here: `" + here().text + "`", here().offset
        );
    }
    if (token() == Token::identifier || token() == Token::quoted_identifier) {
        return syntax_error("\"" + here().text + "\" cannot stand here", here().offset);
    }
    const std::size_t length = std::max<std::size_t>(1, lexemes_[at_ + 1].offset - here().offset);
    const auto text = trim(std::string_view(program_.text).substr(here().offset, length));
    return syntax_error("\"" + truncate_text(text, 20) + "\" cannot stand here", here().offset);
}

Error Parser::too_deep() const {
    return syntax_error("the expression is nested too deeply", here().offset);
}

Result<void> Parser::expect(Token wanted, std::string_view name) {
    if (token() != wanted) {
        if (token() == Token::end) {
            return syntax_error(
                "the expression ends without \"" + std::string(name) + "\"", here().offset
            );
        }
        return syntax_error("\"" + std::string(name) + "\" is missing here", here().offset);
    }
    ++at_;
    return {};
}

Parser::Index Parser::add(Node node) {
    program_.nodes.push_back(node);
    std::size_t depth = 0;
    const auto below = [&](Index child) { depth = std::max(depth, depths_[child]); };
    if (uses_left(node.op)) below(node.left);
    if (uses_right(node.op)) below(node.right);
    if (node.op == Op::filter) below(node.third);
    if (node.op == Op::list || node.op == Op::hash || node.op == Op::call) {
        for (Index i = 0; i < node.count; ++i) below(program_.children[node.first + i].node);
    }
    depths_.push_back(depth + 1);
    return static_cast<Index>(program_.nodes.size() - 1);
}

// A path grows as long as it is the newest thing in the program; that keeps its steps together.
Parser::Index Parser::step(Index left, Step next) {
    Node& node = program_.nodes[left];
    const bool newest = left + 1 == program_.nodes.size();
    if (newest && node.op == Op::path && node.first + node.count == program_.steps.size()) {
        program_.steps.push_back(std::move(next));
        ++node.count;
        return left;
    }
    const Index path =
        add({.op = Op::path, .first = size32(program_.steps), .count = 1, .offset = offset()});
    program_.steps.push_back(std::move(next));
    return program_.nodes[left].op == Op::current ? path : add(Op::chain, left, path);
}

Result<Parser::Index> Parser::expression(int binding) {
    if (++depth_ > k_deepest) return too_deep();
    TOUCHLINE_TRY(Index left, first());
    while (power(token()) > binding) {
        TOUCHLINE_TRY(left, further(left));
        if (depths_[left] > k_deepest) return too_deep();
    }
    --depth_;
    return left;
}

Result<Parser::Index> Parser::project(Op op, Index left, int binding, Index condition) {
    TOUCHLINE_TRY(const Index right, after_projection(binding));
    return add({.op = op, .left = left, .right = right, .third = condition, .offset = offset()});
}

Result<Parser::Index> Parser::comparison(Index left, Comparison how, int binding) {
    const Index where = offset();
    ++at_;
    TOUCHLINE_TRY(const Index right, expression(binding));
    return add({.op = Op::compare, .comparison = how, .left = left, .right = right, .offset = where}
    );
}

Result<Parser::Index> Parser::binary(Op op, Index left, int binding) {
    const Index where = offset();
    ++at_;
    TOUCHLINE_TRY(const Index right, expression(binding));
    return add({.op = op, .left = left, .right = right, .offset = where});
}

Result<Parser::Index> Parser::first() {
    const Lexeme lexeme = here();
    switch (lexeme.token) {
        case Token::identifier:
            ++at_;
            if (token() == Token::left_paren) return call(lexeme);
            return step(add(Op::current), {.name = lexeme.text});
        case Token::quoted_identifier:
            ++at_;
            if (token() == Token::left_paren) {
                return syntax_error("the name of a function takes no quotes", lexeme.offset);
            }
            return step(add(Op::current), {.name = lexeme.text});
        case Token::literal:
        case Token::raw_string:
            ++at_;
            return literal(lexeme);
        case Token::current:
            ++at_;
            return add(Op::current);
        case Token::star:
            ++at_;
            return project(Op::project_object, add(Op::current), power(Token::star));
        case Token::filter:
        case Token::flatten:
            return further(add(Op::current));
        case Token::left_brace:
            ++at_;
            return hash();
        case Token::left_bracket:
            return first_bracket();
        case Token::left_paren: {
            ++at_;
            TOUCHLINE_TRY(const Index inner, expression(0));
            TOUCHLINE_CHECK(expect(Token::right_paren, ")"));
            return inner;
        }
        case Token::negation: {
            ++at_;
            TOUCHLINE_TRY(const Index operand, expression(power(Token::negation)));
            return add(Op::negation, operand);
        }
        case Token::ampersand:
            return syntax_error(
                "\"&\" stands only before an argument of a function", lexeme.offset
            );
        default:
            return unexpected();
    }
}

Result<Parser::Index> Parser::further(Index left) {
    switch (const Token op = token(); op) {
        case Token::dot:
            ++at_;
            if (token() == Token::star) {
                ++at_;
                return project(Op::project_object, left, power(Token::dot));
            }
            if ((token() == Token::identifier || token() == Token::quoted_identifier) &&
                ahead(1) != Token::left_paren) {
                const Index path = step(left, {.name = here().text});
                ++at_;
                return path;
            } else {
                TOUCHLINE_TRY(const Index right, after_dot(power(Token::dot)));
                return add(Op::chain, left, right);
            }
        case Token::pipe:
            return binary(Op::chain, left, power(op));
        case Token::logical_or:
            return binary(Op::logical_or, left, power(op));
        case Token::logical_and:
            return binary(Op::logical_and, left, power(op));
        case Token::equal:
            return comparison(left, Comparison::equal, power(op));
        case Token::not_equal:
            return comparison(left, Comparison::not_equal, power(op));
        case Token::less:
            return comparison(left, Comparison::less, power(op));
        case Token::less_equal:
            return comparison(left, Comparison::less_equal, power(op));
        case Token::greater:
            return comparison(left, Comparison::greater, power(op));
        case Token::greater_equal:
            return comparison(left, Comparison::greater_equal, power(op));
        case Token::flatten:
            ++at_;
            return project(Op::project_array, add(Op::flatten, left), power(op));
        case Token::filter: {
            ++at_;
            TOUCHLINE_TRY(const Index condition, expression(0));
            TOUCHLINE_CHECK(expect(Token::right_bracket, "]"));
            return project(Op::filter, left, power(op), condition);
        }
        case Token::left_bracket:
            ++at_;
            if (token() == Token::number || token() == Token::colon) return index_or_slice(left);
            if (token() == Token::star) {
                ++at_;
                TOUCHLINE_CHECK(expect(Token::right_bracket, "]"));
                return project(Op::project_array, left, power(Token::star));
            }
            return unexpected();
        default:
            return unexpected();
    }
}

Result<Parser::Index> Parser::after_dot(int binding) {
    switch (token()) {
        case Token::identifier:
        case Token::quoted_identifier:
        case Token::star:
            return expression(binding);
        case Token::left_bracket:
            ++at_;
            return list();
        case Token::left_brace:
            ++at_;
            return hash();
        default:
            return unexpected();
    }
}

Result<Parser::Index> Parser::after_projection(int binding) {
    if (power(token()) < k_projection_stop) return add(Op::current);
    switch (token()) {
        case Token::left_bracket:
        case Token::filter:
            return expression(binding);
        case Token::dot:
            ++at_;
            return after_dot(binding);
        default:
            return unexpected();
    }
}

// Finds the paths that start where the whole expression starts: there a name may also mean
// `record`, `settings`, ...
void Parser::mark_root(Index index) {
    Node& node = program_.nodes[index];
    switch (node.op) {
        case Op::path:
            node.root = true;
            break;
        case Op::current:
        case Op::literal:
        case Op::slice:
        case Op::reference:
            break;
        case Op::chain:
        case Op::flatten:
        case Op::negation:
        case Op::project_array:
        case Op::project_object:
        case Op::filter:
            mark_root(node.left);
            break;
        case Op::logical_or:
        case Op::logical_and:
        case Op::compare:
            mark_root(node.left);
            mark_root(node.right);
            break;
        case Op::list:
        case Op::hash:
        case Op::call:
            for (Index i = 0; i < node.count; ++i)
                mark_root(program_.children[node.first + i].node);
            break;
    }
}

Result<std::shared_ptr<const Program>> parse_expression(std::string_view text) {
    if (text.size() > k_longest) return syntax_error("the expression is too long", 0);
    TOUCHLINE_TRY(auto lexemes, tokenize(text));
    auto program = std::make_shared<Program>();
    program->text = text;
    TOUCHLINE_CHECK(Parser(std::move(lexemes), *program).run());
    return std::shared_ptr<const Program>(std::move(program));
}

}  // namespace touchline::mapping
