#include "touchline/view/reading.hpp"

#include "touchline/base/text.hpp"

#include <algorithm>

namespace touchline::view {
namespace {

constexpr std::string_view k_dots = "•••";
/// Fewer digits are an order's number or a year, not a phone's.
constexpr std::size_t k_fewest_digits = 8;

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

bool ends_word(char c) {
    constexpr std::string_view k_ends = " \t\r\n,;:<>()[]{}\"'|/";
    return k_ends.find(c) != std::string_view::npos;
}

/// The bytes of the first character.
std::string_view first_character(std::string_view text) {
    std::size_t length = std::min<std::size_t>(text.size(), 1);
    while (length < text.size() && (static_cast<unsigned char>(text[length]) & 0xC0U) == 0x80U)
        ++length;
    return text.substr(0, length);
}

/// The stretch that may be a phone number, from a digit or plus on.
std::string_view number_at(std::string_view text) {
    constexpr std::string_view k_between = " .-/()";
    std::size_t end = 0;
    for (std::size_t at = 0; at < text.size(); ++at) {
        if (is_digit(text[at])) {
            end = at + 1;
        } else if (at > 0 && k_between.find(text[at]) == std::string_view::npos) {
            break;
        }
    }
    return text.substr(0, end);
}

bool is_phone(std::string_view number) {
    const auto digits =
        static_cast<std::size_t>(std::count_if(number.begin(), number.end(), is_digit));
    const bool begins_as_one = number.starts_with('+') || number.starts_with('0');
    return begins_as_one && digits >= k_fewest_digits && digits <= 17;
}

bool is_address(std::string_view word) {
    const std::size_t at = word.find('@');
    return at != std::string_view::npos && at > 0 && word.find('.', at) != std::string_view::npos;
}

}  // namespace

PrivacyClass privacy_class(std::string_view name) {
    if (name.empty() || name == "normal") return PrivacyClass::normal;
    if (name == "public") return PrivacyClass::open;
    return name == "sensitive" ? PrivacyClass::sensitive : PrivacyClass::special;
}

bool Reading::reads(const Catalogue& catalogue, const model::Touchpoint& touchpoint) const {
    if (privacy_class(touchpoint.privacy_class) > up_to) return false;
    if (!touchpoint.owner.department.empty()) return reads_department(touchpoint.owner.department);
    return reads_connection(catalogue, touchpoint.source.connection);
}

bool Reading::reads_connection(const Catalogue& catalogue, std::string_view connection) const {
    const ConnectionInfo* info = catalogue.connection(connection);
    return info == nullptr || reads_department(info->department);
}

std::string masked_contact(std::string_view value) {
    const std::size_t at = value.find('@');
    if (at != std::string_view::npos && at > 0) {
        const std::string_view domain = value.substr(at + 1);
        const std::size_t dot = domain.rfind('.');
        const std::string_view ending =
            dot == std::string_view::npos ? std::string_view() : domain.substr(dot);
        return std::string(first_character(value)) + std::string(k_dots) + "@" +
               std::string(first_character(domain)) + std::string(k_dots) + std::string(ending);
    }
    const std::string_view number = number_at(value);
    if (number.size() == value.size() && value.size() >= 6)
        return std::string(k_dots) + std::string(value.substr(value.size() - 2));
    return std::string(k_dots);
}

std::string without_contacts(std::string_view text) {
    std::string result;
    result.reserve(text.size());
    while (!text.empty()) {
        const std::string_view number =
            text[0] == '+' || is_digit(text[0]) ? number_at(text) : std::string_view();
        if (is_phone(number)) {
            result += masked_contact(number);
            text.remove_prefix(number.size());
            continue;
        }
        const std::size_t end = static_cast<std::size_t>(
            std::find_if(text.begin(), text.end(), ends_word) - text.begin()
        );
        std::string_view word = text.substr(0, std::max<std::size_t>(end, 1));
        if (is_address(word)) {
            const bool is_end_of_sentence = word.ends_with('.');
            if (is_end_of_sentence) word.remove_suffix(1);
            result += masked_contact(word);
        } else {
            result += word;
        }
        text.remove_prefix(word.size());
    }
    return result;
}

}  // namespace touchline::view
