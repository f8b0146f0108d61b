#include "touchline/json/node.hpp"

#include "touchline/json/view.hpp"
#include "touchline/json/writer.hpp"

namespace touchline::json {
namespace {

/// What a plain scalar stands for: itself where it is JSON already, otherwise a string.
std::string scalar_json(const Node& node) {
    if (!node.quoted) {
        if (node.text.empty() || node.text == "~") return "null";
        const char first = node.text.front();
        const bool may_be_json = first == 't' || first == 'f' || first == 'n' || first == '-' ||
                                 (first >= '0' && first <= '9');
        if (may_be_json && Document::parse(node.text)) return node.text;
    }
    std::string quoted;
    append_quoted(quoted, node.text);
    return quoted;
}

void write(Writer& writer, const Node& node) {
    switch (node.kind) {
        case Node::Kind::null:
            writer.null();
            break;
        case Node::Kind::scalar:
            writer.raw(scalar_json(node));
            break;
        case Node::Kind::sequence:
            writer.begin_array();
            for (const Node& item : node.items) write(writer, item);
            writer.end_array();
            break;
        case Node::Kind::mapping:
            writer.begin_object();
            for (const auto& [key, value] : node.members) {
                writer.key(key.text);
                write(writer, value);
            }
            writer.end_object();
            break;
    }
}

}  // namespace

const Node* Node::get(std::string_view key) const {
    for (const auto& [name, value] : members) {
        if (name.text == key) return &value;
    }
    return nullptr;
}

std::string Node::to_json() const {
    Writer writer;
    write(writer, *this);
    return writer.take();
}

}  // namespace touchline::json
