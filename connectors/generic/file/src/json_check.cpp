#include "json_check.hpp"

#include <cstddef>

namespace file_connector {

namespace {

constexpr int k_deepest = 500;

class Checker {
public:
    explicit Checker(std::string_view text) : text_(text) {}

    bool whole_object() {
        space();
        if (!is('{') || !value(0)) return false;
        space();
        return at_ == text_.size();
    }

private:
    bool is(char c) const { return at_ < text_.size() && text_[at_] == c; }
    bool take(char c) {
        if (!is(c)) return false;
        ++at_;
        return true;
    }
    void space() {
        while (is(' ') || is('\t') || is('\r') || is('\n')) ++at_;
    }
    bool digits() {
        const std::size_t start = at_;
        while (at_ < text_.size() && text_[at_] >= '0' && text_[at_] <= '9') ++at_;
        return at_ > start;
    }
    bool word(std::string_view expected) {
        if (text_.substr(at_, expected.size()) != expected) return false;
        at_ += expected.size();
        return true;
    }

    bool value(int depth) {
        if (depth > k_deepest || at_ >= text_.size()) return false;
        switch (text_[at_]) {
            case '{':
                return group('}', depth, true);
            case '[':
                return group(']', depth, false);
            case '"':
                return string();
            case 't':
                return word("true");
            case 'f':
                return word("false");
            case 'n':
                return word("null");
            default:
                return number();
        }
    }
    bool group(char end, int depth, bool named) {
        ++at_;
        space();
        if (take(end)) return true;
        do {
            space();
            if (named) {
                if (!string()) return false;
                space();
                if (!take(':')) return false;
                space();
            }
            if (!value(depth + 1)) return false;
            space();
        } while (take(','));
        return take(end);
    }
    bool string() {
        if (!take('"')) return false;
        while (at_ < text_.size()) {
            const char c = text_[at_++];
            if (c == '"') return true;
            if (static_cast<unsigned char>(c) < 0x20) return false;
            if (c == '\\' && !escape()) return false;
        }
        return false;
    }
    bool escape() {
        if (at_ >= text_.size()) return false;
        const char c = text_[at_++];
        if (c != 'u') return std::string_view("\"\\/bfnrt").find(c) != std::string_view::npos;
        if (text_.size() - at_ < 4) return false;
        for (int i = 0; i < 4; ++i) {
            if (std::string_view("0123456789abcdefABCDEF").find(text_[at_++]) ==
                std::string_view::npos)
                return false;
        }
        return true;
    }
    bool number() {
        take('-');
        if (!take('0') && !digits()) return false;
        if (take('.') && !digits()) return false;
        if (take('e') || take('E')) {
            if (!take('+')) take('-');
            return digits();
        }
        return true;
    }

    std::string_view text_;
    std::size_t at_ = 0;
};

}  // namespace

bool is_json_object(std::string_view text) {
    return Checker(text).whole_object();
}

}  // namespace file_connector
