// From the tree of a mapping file to a Plan; collects every problem on the way.
#pragma once

#include "plan.hpp"
#include "shape.hpp"

#include "touchline/json/node.hpp"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace touchline::mapping {

class Compiler {
public:
    Compiler(Plan& plan, std::vector<Error>& problems) : plan_(plan), problems_(problems) {}

    void file(const json::Node& node);

private:
    void lookups(const json::Node& node);
    Value table(const json::Node& node, std::string_view path);
    void rule(const json::Node& node, std::string path, bool alone);
    void set(const json::Node& node, Rule& rule);
    void requirements(const json::Node& node, const Rule& rule);
    void fits(
        const Term& term, const json::Node& node, const Shape& shape, const std::string& path
    );
    void fits_members(
        const Term& term, const json::Node& node, const Shape& shape, const std::string& path
    );
    void words(const Term& term, const Shape& shape, const std::string& path);

    /// `path` names the value in messages: "set.kind".
    Term term(const json::Node& node, const std::string& path);
    Term expression_only(const json::Node& node, const std::string& path);
    void expression(Term& into, const json::Node& node, const std::string& path);
    /// !a.b is (!a).b, which is never anything.
    void negations_hold_what_follows(
        const Program& program, const Term& term, const std::string& path
    );
    void tables_exist(const Program& program, const Term& term, const std::string& path);
    Term choice(const json::Node& node, const std::string& path);
    Term from_table(const json::Node& node, const std::string& path);
    Value literal(const json::Node& node);

    void cases(const json::Node& node);
    void one_case(const json::Node& node);

    void problem(const json::Node& node, std::string message, std::string cure = {});
    void problem(int line, int column, std::string message, std::string cure = {});
    bool is_mapping(const json::Node& node, std::string_view path, std::string_view like);
    /// Reports every key of `node` that is not in `allowed`.
    void only_keys(
        const json::Node& node, std::span<const std::string_view> allowed, std::string_view where
    );

    Plan& plan_;
    std::vector<Error>& problems_;
};

}  // namespace touchline::mapping
