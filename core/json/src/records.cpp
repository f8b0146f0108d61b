#include "touchline/json/records.hpp"

#include "touchline/json/view.hpp"

#include <algorithm>

namespace touchline::json {
namespace {

/// Walks over a text that is known to be valid JSON; so it never has to ask what else could stand
/// here.
class Walker {
public:
    explicit Walker(std::string_view text) : text_(text) {
        skip_byte_order_mark();
        skip_space();
    }

    char front() const { return text_[at_]; }
    /// At a container: goes in. False when it is empty; then its end is behind us.
    bool enter() {
        ++at_;
        return !left();
    }
    /// After a value: at the next one of the container, or false behind its end.
    bool next() {
        skip_space();
        if (left()) return false;
        ++at_;  // the comma
        skip_space();
        return true;
    }
    /// The raw key of the member here, without quotes; then at its value.
    std::string_view key() {
        const std::string_view quoted = value();
        skip_space();
        ++at_;  // the colon
        skip_space();
        return quoted.substr(1, quoted.size() - 2);
    }
    /// The bytes of the value here; then behind it.
    std::string_view value() {
        const std::size_t begin = at_;
        int depth = 0;
        do {
            const char c = text_[at_];
            if (c == '"') {
                skip_string();
            } else if (c == '{' || c == '[') {
                ++depth;
                ++at_;
            } else if (c == '}' || c == ']') {
                --depth;
                ++at_;
            } else if (depth > 0) {
                ++at_;
            } else {
                at_ = std::min(text_.find_first_of(",]} \t\r\n", at_), text_.size());
            }
        } while (depth > 0);
        return text_.substr(begin, at_ - begin);
    }

private:
    void skip_byte_order_mark() {
        if (text_.starts_with("\xEF\xBB\xBF")) at_ = 3;
    }
    void skip_space() { at_ = std::min(text_.find_first_not_of(" \t\r\n", at_), text_.size()); }
    void skip_string() {
        for (++at_; text_[at_] != '"'; ++at_) {
            if (text_[at_] == '\\') ++at_;
        }
        ++at_;
    }
    bool left() {
        skip_space();
        if (text_[at_] != ']' && text_[at_] != '}') return false;
        ++at_;
        return true;
    }

    std::string_view text_;
    std::size_t at_ = 0;
};

bool key_is(std::string_view raw, std::string_view key) {
    if (raw.find('\\') == std::string_view::npos) return raw == key;
    const auto unescaped = Document::parse("\"" + std::string(raw) + "\"");
    return unescaped && unescaped->root().as_string() == key;
}

/// The bytes of the member or element that one token of a pointer names; the pointer is known to
/// lead somewhere.
std::string_view step(std::string_view container, std::string_view token) {
    Walker walker(container);
    const bool is_array = walker.front() == '[';
    std::size_t index = 0;
    for (bool more = walker.enter(); more; more = walker.next(), ++index) {
        if (is_array ? std::to_string(index) == token : key_is(walker.key(), token))
            return walker.value();
        walker.value();
    }
    return {};
}

std::string unescape_token(std::string_view token) {
    std::string key;
    for (std::size_t i = 0; i < token.size(); ++i) {
        const bool escape = token[i] == '~' && i + 1 < token.size();
        key.push_back(!escape ? token[i] : token[++i] == '1' ? '/' : '~');
    }
    return key;
}

}  // namespace

Result<std::vector<std::string_view>> split_records(
    std::string_view text, std::string_view pointer
) {
    Parser parser;
    TOUCHLINE_TRY(const View root, parser.parse(text));
    if (!find(root, pointer)) {
        return Error(
            Code::bad_data,
            "there is nothing at \"" + std::string(pointer) + "\", where the records should be"
        );
    }
    std::string_view place = Walker(text).value();
    while (!pointer.empty()) {
        pointer.remove_prefix(1);
        const std::string_view token = pointer.substr(0, pointer.find('/'));
        pointer.remove_prefix(token.size());
        place = step(place, unescape_token(token));
    }
    std::vector<std::string_view> records;
    Walker walker(place);
    if (walker.front() != '[') {
        records.push_back(walker.value());
        return records;
    }
    for (bool more = walker.enter(); more; more = walker.next()) records.push_back(walker.value());
    return records;
}

std::vector<std::string_view> split_lines(std::string_view text) {
    std::vector<std::string_view> lines;
    while (!text.empty()) {
        const std::size_t end = text.find('\n');
        std::string_view line = text.substr(0, end);
        text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
        if (line.ends_with('\r')) line.remove_suffix(1);
        if (line.find_first_not_of(" \t") != std::string_view::npos) lines.push_back(line);
    }
    return lines;
}

}  // namespace touchline::json
