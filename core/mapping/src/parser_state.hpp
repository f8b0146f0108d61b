// The parser's state and what it knows how to read; parser.cpp has the grammar's spine,
// parser_forms.cpp its leaves.
#pragma once

#include "lexer.hpp"
#include "program.hpp"

#include "touchline/base/result.hpp"

#include <algorithm>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace touchline::mapping {

/// How tightly a token binds what stands to its left (jmespath.org gives the order, the numbers
/// only express it).
int power(Token token);

// Pratt's method: each token says what it means at the start of an expression and after one.
class Parser {
public:
    using Index = std::uint32_t;

    Parser(std::vector<Lexeme> lexemes, Program& program)
        : lexemes_(std::move(lexemes)), program_(program) {}

    Result<void> run();

private:
    const Lexeme& here() const { return lexemes_[at_]; }
    Token token() const { return here().token; }
    Token ahead(std::size_t by) const {
        return lexemes_[std::min(at_ + by, lexemes_.size() - 1)].token;
    }

    /// What stands here cannot.
    Error unexpected() const;
    Error too_deep() const;
    Result<void> expect(Token wanted, std::string_view name);

    Index add(Node node);
    Index add(Op op, Index left = 0, Index right = 0) {
        return add({.op = op, .left = left, .right = right, .offset = offset()});
    }
    Index offset() const { return static_cast<Index>(here().offset); }

    Index step(Index left, Step next);
    template <typename T>
    static Index size32(const std::vector<T>& list) {
        return static_cast<Index>(list.size());
    }

    Result<Index> expression(int binding);
    Result<Index> first();
    Result<Index> further(Index left);
    Result<Index> first_bracket();
    Result<Index> literal(const Lexeme& lexeme);
    Result<Index> call(const Lexeme& name);
    Result<Index> argument();
    Result<Index> after_dot(int binding);
    Result<Index> after_projection(int binding);
    Result<Index> index_or_slice(Index left);
    Result<Index> list();
    Result<Index> hash();
    Result<Index> project(Op op, Index left, int binding, Index condition = 0);
    Result<Index> comparison(Index left, Comparison how, int binding);
    Result<Index> binary(Op op, Index left, int binding);
    void mark_root(Index index);

    std::vector<Lexeme> lexemes_;
    Program& program_;
    std::size_t at_ = 0;
    std::size_t depth_ = 0;
    std::vector<std::size_t> depths_;  // of each node
};

}  // namespace touchline::mapping
