#include "lexer.hpp"

#include "touchline/json/view.hpp"

#include <cctype>
#include <optional>

namespace touchline::mapping {
namespace {

bool starts_identifier(char c) {
    return std::isalpha(static_cast<unsigned char>(c)) != 0 || c == '_';
}
bool is_digit(char c) {
    return c >= '0' && c <= '9';
}
bool is_space(char c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

class Lexer {
public:
    explicit Lexer(std::string_view text) : text_(text) {}

    Result<std::vector<Lexeme>> run() {
        std::vector<Lexeme> lexemes;
        for (;;) {
            while (at_ < text_.size() && is_space(text_[at_])) ++at_;
            const std::size_t start = at_;
            if (at_ == text_.size()) {
                lexemes.push_back({Token::end, {}, start});
                return lexemes;
            }
            TOUCHLINE_TRY(Lexeme lexeme, next());
            lexeme.offset = start;
            lexemes.push_back(std::move(lexeme));
        }
    }

private:
    Result<Lexeme> next() {
        const char c = text_[at_];
        if (starts_identifier(c)) return word();
        if (is_digit(c) || c == '-') return number();
        if (c == '"') return quoted_identifier();
        if (c == '\'') return raw_string();
        if (c == '`') return literal();
        return symbol(c);
    }

    Lexeme word() {
        const std::size_t start = at_;
        while (at_ < text_.size() && (starts_identifier(text_[at_]) || is_digit(text_[at_]))) ++at_;
        return {Token::identifier, std::string(text_.substr(start, at_ - start))};
    }

    Result<Lexeme> number() {
        const std::size_t start = at_++;
        while (at_ < text_.size() && is_digit(text_[at_])) ++at_;
        const std::string_view digits = text_.substr(start, at_ - start);
        if (digits == "-") return syntax_error("\"-\" needs a digit after it", start);
        constexpr std::size_t k_most_digits = 18;
        if (digits.size() > k_most_digits) return syntax_error("this number is too long", start);
        return Lexeme{Token::number, std::string(digits)};
    }

    // The text up to the closing quote, still escaped; at_ ends up behind the quote.
    std::optional<std::string_view> until_closing(char quote) {
        const std::size_t start = ++at_;
        for (; at_ < text_.size(); ++at_) {
            if (text_[at_] == '\\' && at_ + 1 < text_.size()) {
                ++at_;
            } else if (text_[at_] == quote) {
                return text_.substr(start, at_++ - start);
            }
        }
        return std::nullopt;
    }

    Result<Lexeme> quoted_identifier() {
        const std::size_t start = at_;
        if (!until_closing('"')) return syntax_error("this name has no closing quote \"", start);
        const auto name = json::Document::parse(text_.substr(start, at_ - start));
        if (!name) return syntax_error("this quoted name is not a JSON string", start);
        const auto text = name->root().as_string();
        if (!text) return syntax_error("this quoted name is not a JSON string", start);
        return Lexeme{Token::quoted_identifier, std::string(*text)};
    }

    // Only the closing quote needs, and knows, a backslash before it.
    static std::string unescape(std::string_view escaped, char quote) {
        std::string text;
        text.reserve(escaped.size());
        for (std::size_t i = 0; i < escaped.size(); ++i) {
            if (escaped[i] == '\\' && i + 1 < escaped.size()) {
                if (escaped[i + 1] != quote) text += '\\';
                ++i;
            }
            text += escaped[i];
        }
        return text;
    }

    Result<Lexeme> raw_string() {
        const std::size_t start = at_;
        const auto escaped = until_closing('\'');
        if (!escaped) return syntax_error("this text has no closing quote '", start);
        return Lexeme{Token::raw_string, unescape(*escaped, '\'')};
    }

    Result<Lexeme> literal() {
        const std::size_t start = at_;
        const auto escaped = until_closing('`');
        if (!escaped) return syntax_error("this literal has no closing backtick", start);
        return Lexeme{Token::literal, unescape(*escaped, '`')};
    }

    Result<Lexeme> symbol(char c) {
        const std::size_t start = at_++;
        const auto then = [this](char expected) {
            const bool matches = at_ < text_.size() && text_[at_] == expected;
            at_ += matches ? 1 : 0;
            return matches;
        };
        switch (c) {
            case '.':
                return Lexeme{Token::dot, {}};
            case '*':
                return Lexeme{Token::star, {}};
            case ']':
                return Lexeme{Token::right_bracket, {}};
            case '{':
                return Lexeme{Token::left_brace, {}};
            case '}':
                return Lexeme{Token::right_brace, {}};
            case '(':
                return Lexeme{Token::left_paren, {}};
            case ')':
                return Lexeme{Token::right_paren, {}};
            case ',':
                return Lexeme{Token::comma, {}};
            case ':':
                return Lexeme{Token::colon, {}};
            case '@':
                return Lexeme{Token::current, {}};
            case '[':
                if (then('?')) return Lexeme{Token::filter, {}};
                return Lexeme{then(']') ? Token::flatten : Token::left_bracket, {}};
            case '|':
                return Lexeme{then('|') ? Token::logical_or : Token::pipe, {}};
            case '&':
                return Lexeme{then('&') ? Token::logical_and : Token::ampersand, {}};
            case '!':
                return Lexeme{then('=') ? Token::not_equal : Token::negation, {}};
            case '<':
                return Lexeme{then('=') ? Token::less_equal : Token::less, {}};
            case '>':
                return Lexeme{then('=') ? Token::greater_equal : Token::greater, {}};
            case '=':
                if (then('=')) return Lexeme{Token::equal, {}};
                return syntax_error("\"=\" compares nothing; write \"==\"", start);
            default:
                break;
        }
        const auto byte = static_cast<unsigned char>(c);
        if (byte < 0x20 || byte > 0x7E) {
            return syntax_error("a name with this character needs double quotes around it", start);
        }
        return syntax_error(std::string("\"") + c + "\" means nothing here", start);
    }

    std::string_view text_;
    std::size_t at_ = 0;
};

}  // namespace

Error syntax_error(std::string message, std::size_t offset) {
    return Error(Code::bad_data, std::move(message) + " (syntax)")
        .at({{}, 1, static_cast<int>(offset) + 1});
}

Result<std::vector<Lexeme>> tokenize(std::string_view expression) {
    return Lexer(expression).run();
}

}  // namespace touchline::mapping
