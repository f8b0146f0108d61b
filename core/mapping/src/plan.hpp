// A compiled mapping file: what Mapping shares and Runner follows.
#pragma once

#include "evaluator.hpp"
#include "program.hpp"

#include "touchline/base/error.hpp"

#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace touchline::mapping {

/// How one value of the file is made.
struct Term {
    enum class Kind {
        absent,
        literal,
        expression,  ///< program
        choice,      ///< the first of branches whose condition holds, else `otherwise`
        lookup,      ///< program's value looked up in `table`, else `otherwise`
        object,      ///< members
        list,        ///< branches[i].value
    };
    struct Branch;
    struct Member;

    Kind kind = Kind::absent;
    int line = 0, column = 0;
    /// Where the text of `program` begins.
    int program_line = 0, program_column = 0;
    Value literal;
    std::shared_ptr<const Program> program;
    Value table;
    std::vector<Branch> branches;
    std::vector<Term> otherwise;  // none or one
    std::vector<Member> members;

    bool given() const { return kind != Kind::absent; }
    const Term* member(std::string_view key) const;
};

struct Term::Branch {
    Term condition;
    Term value;
};

struct Term::Member {
    std::string key;
    Term value;
};

enum class Emit { touchpoint, fact, link };

struct Rule {
    Emit emit = Emit::touchpoint;
    std::string path;  ///< "rules[1]." or empty
    Term each, where, part;
    Term set;     ///< an object
    Term fields;  ///< an object, of facts
};

/// A test of the file, see cases.hpp.
struct Case {
    std::string name;
    int line = 0, column = 0;
    std::string input;  ///< JSON, unless
    std::string input_file;
    std::string settings;  ///< JSON or empty
    std::string source;    ///< JSON or empty
    std::string department;
    std::string expected;  ///< a JSON array
    std::string expected_error;
    bool exact = false;
};

struct Plan {
    std::string file;
    std::vector<Rule> rules;
    Lookups lookups;
    std::vector<Case> cases;
    bool uses_source = false;  ///< some expression names `source`
    Arena arena;               // literals and tables
};

/// The nearest term of `rule` to a path like "set.identities[0].value".
const Term& locate(const Rule& rule, std::string_view path);

}  // namespace touchline::mapping
