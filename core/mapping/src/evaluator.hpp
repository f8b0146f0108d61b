// Runs a Program over a scope. One evaluator serves one thread; its values live until reset().
#pragma once

#include "call.hpp"
#include "program.hpp"

#include "touchline/base/result.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace touchline::mapping {

/// Named tables for lookup(): their contents are objects.
struct Lookups {
    std::vector<std::pair<std::string, Value>> tables;

    const Value* find(std::string_view name) const;
};

/// What the names at the root of an expression can mean, nearest first.
struct Scope {
    Value element;  ///< `@`
    Value record;
    Value settings;
    Value source;
    /// Without it only `element` counts, as in JMESPath by itself.
    bool named = false;
    const Lookups* lookups = nullptr;
};

class Evaluator {
public:
    /// The value lives until reset(). Error: bad_data; the column counts from 1 in the program's
    /// text.
    Result<Value> run(const Program& program, const Scope& scope);
    void reset() { arena_.reset(); }

    /// For functions: evaluates what a reference argument refers to.
    Value apply(const Value& reference, const Value& current);
    Arena& arena() { return arena_; }
    const Scope& scope() const { return *scope_; }
    bool failed() const { return failure_.has_value(); }
    bool is_equal(const Value& a, const Value& b);
    /// The JSON text of a value, or the text itself.
    std::string_view text_of(const Value& value);
    Value fail(std::string message, std::string_view fault);

private:
    struct Failure {
        std::string message;
        std::uint32_t offset;
    };

    Value evaluate(std::uint32_t index, const Value& current);
    Value path(const Node& node, const Value& current);
    Value root_name(std::string_view name, const Value& current) const;
    Value flatten(const Value& list);
    Value slice(const Slice& slice, const Value& list);
    Value project_array(const Node& node, const Value& current);
    Value project_object(const Node& node, const Value& current);
    Value filter(const Node& node, const Value& current);
    Value compare(const Node& node, const Value& current);
    Value list(const Node& node, const Value& current);
    Value hash(const Node& node, const Value& current);
    Value call(const Node& node, const Value& current);
    bool accepts(
        const Node& node, std::uint16_t takes, const Value& argument, std::size_t position
    );
    /// Moves what `scratch_` holds from `from` on into the arena.
    Value collect(std::size_t from);

    Arena arena_;
    std::vector<Value> scratch_;  // a stack of lists under construction
    const Program* program_ = nullptr;
    const Scope* scope_ = nullptr;
    std::optional<Failure> failure_;
    std::uint32_t here_ = 0;  // offset of the call in progress
    std::size_t steps_ = 0;   // left before the evaluation is out of hand
};

}  // namespace touchline::mapping
