#include "yaml_tree.hpp"

#include <yaml-cpp/mark.h>

#include <algorithm>

namespace touchline::config {
namespace {

constexpr std::size_t k_max_values = 200'000;
constexpr std::size_t k_max_bytes = 16u << 20;
constexpr std::size_t k_max_levels = 100;

// yaml-cpp gives plain scalars the tag "?" and quoted or block ones "!".
bool is_plain(const std::string& tag) {
    return tag.empty() || tag == "?";
}

bool is_known(const std::string& tag) {
    return is_plain(tag) || tag == "!" || tag == "tag:yaml.org,2002:str" ||
           tag == "tag:yaml.org,2002:map" || tag == "tag:yaml.org,2002:seq";
}

/// Whether the quote that `text` begins with is closed in it.
bool is_closed(std::string_view text) {
    const char quote = text.front();
    for (std::size_t i = 1; i < text.size(); ++i) {
        if (quote == '"' && text[i] == '\\') {
            ++i;
        } else if (text[i] == quote) {
            const bool is_doubled = quote == '\'' && i + 1 < text.size() && text[i + 1] == quote;
            if (!is_doubled) return true;
            ++i;
        }
    }
    return false;
}

}  // namespace

YamlTree::YamlTree(const YamlText& text)
    : text_(text), file_(std::make_shared<const std::string>(text.file_name())) {
    root_.file = file_;
    root_.line = root_.column = 1;
}

json::Node YamlTree::take() {
    if (last_quote_ && !is_closed(text_.text().substr(*last_quote_))) {
        stop(
            text_.place_of_offset(*last_quote_),
            "the closing quote is missing",
            "Close the text with its quote."
        );
    }
    return std::move(root_);
}

void YamlTree::stop(const Place& place, std::string message, std::string cure) {
    throw YamlStop{Error(Code::config, std::move(message)).at(place).cure(std::move(cure))};
}

json::Node YamlTree::node_at(const YAML::Mark& mark, json::Node::Kind kind) const {
    const Place place = text_.place(mark.line, mark.column);
    json::Node node;
    node.kind = kind;
    node.file = file_;
    node.line = place.line;
    node.column = place.column;
    return node;
}

void YamlTree::OnDocumentStart(const YAML::Mark& mark) {
    if (++documents_ == 1) return;
    const Place place = text_.place(mark.line, mark.column);
    if (text_.line(place.line).starts_with("---")) {
        stop(
            place,
            "a second document begins here",
            "Keep one document per file: put it into a file of its own, or remove the \"---\"."
        );
    }
    stop(
        place,
        "this does not belong to what stands above it",
        "Check the indentation; a file is one mapping or one list."
    );
}

void YamlTree::OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) {
    add(node_at(mark, json::Node::Kind::null), {.values = 1, .bytes = 0, .levels = 0}, anchor);
}

void YamlTree::OnScalar(
    const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor, const std::string& value
) {
    json::Node node = node_at(mark, json::Node::Kind::scalar);
    if (!is_known(tag)) {
        stop(node.place(), "the tag \"" + tag + "\" is not understood", "Remove the tag.");
    }
    node.text = value;
    node.quoted = !is_plain(tag);
    const std::size_t begin = text_.offset(mark.line, mark.column);
    if (const char c = begin < text_.text().size() ? text_.text()[begin] : ' ';
        c == '"' || c == '\'') {
        last_quote_ = begin;
    }
    add(std::move(node), {.values = 1, .bytes = value.size(), .levels = 0}, anchor);
}

void YamlTree::OnAlias(const YAML::Mark& mark, YAML::anchor_t anchor) {
    const auto found = anchored_.find(anchor);
    if (found == anchored_.end()) {
        stop(
            text_.place(mark.line, mark.column),
            "this alias stands inside the value that it names",
            "Write the value out."
        );
    }
    add(found->second.node, found->second.weight, 0);
}

void YamlTree::OnSequenceStart(
    const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor, YAML::EmitterStyle::value
) {
    open(mark, tag, anchor, json::Node::Kind::sequence);
}

void YamlTree::OnMapStart(
    const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor, YAML::EmitterStyle::value
) {
    open(mark, tag, anchor, json::Node::Kind::mapping);
}

void YamlTree::open(
    const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor, json::Node::Kind kind
) {
    json::Node node = node_at(mark, kind);
    if (!is_known(tag)) {
        stop(node.place(), "the tag \"" + tag + "\" is not understood", "Remove the tag.");
    }
    if (!open_.empty() && open_.back().node.is_mapping() && !open_.back().key) {
        stop(node.place(), "a list or a mapping cannot be a key", "Use a plain word as the key.");
    }
    const Weight own{.values = 1, .bytes = 0, .levels = 1};
    spend(own, node.place());
    open_.push_back({std::move(node), anchor, own, std::nullopt, {}});
}

void YamlTree::close() {
    Open done = std::move(open_.back());
    open_.pop_back();
    // Its parts were counted one by one; only what an alias of the whole would cost is handed on.
    values_ -= done.weight.values;
    bytes_ -= done.weight.bytes;
    add(std::move(done.node), done.weight, done.anchor);
}

void YamlTree::add(json::Node node, Weight weight, YAML::anchor_t anchor) {
    spend(weight, node.place());
    if (anchor != 0) anchored_[anchor] = {node, weight};
    if (open_.empty()) {
        root_ = std::move(node);
        return;
    }
    Open& parent = open_.back();
    parent.weight.values += weight.values;
    parent.weight.bytes += weight.bytes;
    parent.weight.levels = std::max(parent.weight.levels, weight.levels + 1);
    if (parent.node.is_sequence()) {
        parent.node.items.push_back(std::move(node));
    } else if (!parent.key) {
        add_key(parent, std::move(node));
    } else {
        parent.node.members.push_back({std::move(*parent.key), std::move(node)});
        parent.key.reset();
    }
}

void YamlTree::add_key(Open& mapping, json::Node key) {
    if (!key.is_scalar() || key.text.empty()) {
        stop(key.place(), "a key is missing before the colon", "Give the entry a name.");
    }
    if (key.text == "<<" && !key.quoted) {
        stop(key.place(), "merge keys (<<) are not understood", "Write the keys out.");
    }
    const auto [first, is_new] = mapping.lines_of_keys.emplace(key.text, key.line);
    if (!is_new) {
        stop(
            key.place(),
            "the key \"" + key.text + "\" is given twice (first in line " +
                std::to_string(first->second) + ")",
            "Remove one of the two."
        );
    }
    mapping.key = std::move(key);
}

void YamlTree::spend(const Weight& weight, const Place& place) {
    values_ += weight.values;
    bytes_ += weight.bytes;
    if (values_ > k_max_values || bytes_ > k_max_bytes) {
        stop(
            place,
            "the file holds more than 200,000 values or 16 MiB of text",
            "Split the file; if it uses aliases (*name), write the values out."
        );
    }
    if (open_.size() + static_cast<std::size_t>(weight.levels) > k_max_levels) {
        stop(place, "values are nested more than 100 levels deep", "Make the file flatter.");
    }
}

}  // namespace touchline::config
