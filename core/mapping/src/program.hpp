// A compiled expression: a tree in one vector, children before parents.
#pragma once

#include "arena.hpp"
#include "value.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace touchline::mapping {

struct Function;

enum class Op : std::uint8_t {
    current,
    path,            // steps[first, first + count) from here
    literal,         // literals[first]
    chain,           // left, then right on its result: a.b, a | b, a[0] where a is no path
    flatten,         // left
    slice,           // slices[first]
    project_array,   // left[*] right
    project_object,  // left.* right
    filter,          // left[?third] right
    logical_or,
    logical_and,
    negation,   // left
    compare,    // left, right; comparison
    list,       // children[first, first + count)
    hash,       // the same, with keys
    call,       // function with children[first, first + count)
    reference,  // &left
};

enum class Comparison : std::uint8_t { equal, not_equal, less, less_equal, greater, greater_equal };

struct Node {
    Op op = Op::current;
    Comparison comparison = Comparison::equal;
    /// Its current value is that of the whole expression: names there mean more, see Scope.
    bool root = false;
    std::uint32_t left = 0, right = 0, third = 0;
    std::uint32_t first = 0, count = 0;
    const Function* function = nullptr;
    /// Where it stands in the text, in bytes; for messages.
    std::uint32_t offset = 0;
};

/// A member's name, or an element's index.
struct Step {
    std::string name;
    std::int64_t index = 0;
    bool is_index = false;
};

struct Slice {
    std::int64_t start = 0, stop = 0, step = 1;
    bool has_start = false, has_stop = false;
};

struct Child {
    std::uint32_t node = 0;
    std::string key;  // of a hash
};

struct Program {
    std::string text;
    std::vector<Node> nodes;  // the last one is the root
    std::vector<Step> steps;
    std::vector<Slice> slices;
    std::vector<Child> children;
    std::vector<Value> literals;
    Arena arena;  // what the literals are made of

    const Node& root() const { return nodes.back(); }
};

}  // namespace touchline::mapping
