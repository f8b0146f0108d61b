// The table of keys as text for people: one key in the terminal, all of them as a page.
#include "key_tree.hpp"

#include "touchline/config/keys.hpp"

#include <algorithm>

namespace touchline::config {
namespace {

void append_fact(std::string& out, std::string_view label, std::string_view value) {
    if (value.empty()) return;
    out += "  ";
    out += label;
    out.append(label.size() < 10 ? 10 - label.size() : 1, ' ');
    out.append(value).append("\n");
}

void append_children(std::string& out, std::string_view path) {
    const auto children = children_of(path);
    std::size_t width = 0;
    for (const Key* key : children) width = std::max(width, last_part(key->path).size());
    if (!children.empty()) out += "\n  Keys:\n";
    for (const Key* key : children) {
        const std::string_view name = last_part(key->path);
        out.append("    ").append(name).append(width - name.size() + 2, ' ');
        out.append(key->sentence).append("\n");
    }
}

std::string table_cell(std::string_view text) {
    std::string cell;
    for (const char c : text) {
        if (c == '|') cell += '\\';
        cell += c;
    }
    return cell;
}

std::string code(std::string_view text) {
    return text.empty() ? std::string() : "`" + table_cell(text) + "`";
}

}  // namespace

std::optional<std::string> explain(std::string_view path) {
    if (path.empty()) {
        std::string out = "touchline.yaml\n  The configuration of one installation.\n";
        append_children(out, "");
        return out;
    }
    const Key* key = find_key(path);
    if (key == nullptr) return std::nullopt;
    std::string out = std::string(key->path) + "\n  " + std::string(key->sentence) + "\n\n";
    append_fact(out, "value", describe(*key));
    append_fact(out, "default", key->fallback);
    append_fact(out, "example", key->example);
    append_fact(out, "needed", key->required ? "yes" : "no");
    append_fact(out, "since", key->since);
    append_children(out, key->path);
    return out;
}

std::string reference_page() {
    std::string out =
        "# Every key of touchline.yaml\n\n"
        "Made by `touchline config reference`; do not edit. `*` stands for a name of your choice.\n"
        "Relative paths begin at the folder of the file.\n\n"
        "| key | what it is for | value | default | example |\n|---|---|---|---|---|\n";
    for (const Key& key : keys()) {
        out += "| " + code(key.path) + (key.required ? " (needed)" : "") + " | ";
        out += table_cell(key.sentence) + " | " + table_cell(describe(key)) + " | ";
        out += code(key.fallback) + " | " + code(key.example) + " |\n";
    }
    return out;
}

}  // namespace touchline::config
