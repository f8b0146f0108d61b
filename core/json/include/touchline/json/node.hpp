// A document that a person wrote (YAML or JSON), as a tree that remembers where everything stood.
// The readers are elsewhere (core/config for YAML); the typed layers above take this, so that every
// error can name line and column.
#pragma once

#include "touchline/base/error.hpp"

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace touchline::json {

struct NodeMember;

class Node {
public:
    enum class Kind { null, scalar, sequence, mapping };

    Kind kind = Kind::null;
    /// Of a scalar: its text. `quoted` tells "5" from 5: a quoted scalar is always a string.
    std::string text;
    bool quoted = false;
    std::vector<Node> items;                  ///< of a sequence
    std::vector<NodeMember> members;          ///< of a mapping, in order; keys are scalars
    std::shared_ptr<const std::string> file;  ///< shared by the whole tree
    int line = 0;                             ///< from 1
    int column = 0;                           ///< from 1

    bool is_null() const { return kind == Kind::null; }
    bool is_scalar() const { return kind == Kind::scalar; }
    bool is_sequence() const { return kind == Kind::sequence; }
    bool is_mapping() const { return kind == Kind::mapping; }
    /// The member of a mapping, or nullptr.
    const Node* get(std::string_view key) const;
    Place place() const { return {file ? *file : std::string(), line, column}; }
    /// JSON text: unquoted scalars that read as null, true, false or a JSON number become that.
    std::string to_json() const;
};

struct NodeMember {
    Node key, value;
};

}  // namespace touchline::json
