#include "email.hpp"

#include "unicode.hpp"

#include "touchline/base/text.hpp"

#include <unicode/bytestream.h>
#include <unicode/idna.h>

#include <cstdint>
#include <memory>

namespace touchline::identity {

namespace {

constexpr std::size_t k_local_max = 64;
constexpr std::size_t k_domain_max = 253;
constexpr std::size_t k_label_max = 63;

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

bool valid_label(std::string_view label) {
    const auto allowed = [](char c) { return (c >= 'a' && c <= 'z') || is_digit(c) || c == '-'; };
    return !label.empty() && label.size() <= k_label_max && label.front() != '-' &&
           label.back() != '-' && std::ranges::all_of(label, allowed);
}

bool valid_domain(std::string_view domain) {
    if (domain.size() > k_domain_max || domain.find('.') == std::string_view::npos) return false;
    std::string_view label;
    for (std::size_t begin = 0; begin <= domain.size(); begin += label.size() + 1) {
        label = domain.substr(begin, domain.find('.', begin) - begin);
        if (!valid_label(label)) return false;
    }
    return !std::ranges::all_of(label, is_digit);
}

/// Empty when the domain cannot be written in ASCII.
Result<std::string> ascii_domain(std::string_view domain) {
    if (is_ascii(domain)) return std::string(domain);
    UErrorCode status = U_ZERO_ERROR;
    const std::unique_ptr<icu::IDNA> idna(icu::IDNA::createUTS46Instance(
        UIDNA_NONTRANSITIONAL_TO_ASCII | UIDNA_CHECK_BIDI | UIDNA_CHECK_CONTEXTJ |
            UIDNA_USE_STD3_RULES,
        status
    ));
    std::string out;
    icu::IDNAInfo info;
    if (U_SUCCESS(status)) {
        icu::StringByteSink<std::string> sink(&out);
        idna->nameToASCII_UTF8(
            icu::StringPiece(domain.data(), std::int32_t(domain.size())), sink, info, status
        );
    }
    if (U_FAILURE(status))
        return Error(
            Code::internal, std::string("ICU could not read a domain name: ") + u_errorName(status)
        );
    if (info.hasErrors()) out.clear();
    return out;
}

bool valid_local(std::string_view local) {
    constexpr std::string_view k_forbidden = " \t()<>,;:\\\"[]";
    return local.find_first_of(k_forbidden) == std::string_view::npos && !has_control(local);
}

std::string_view without_plus_tag(std::string_view local) {
    const auto plus = local.find('+');
    return plus == std::string_view::npos || plus == 0 ? local : local.substr(0, plus);
}

}  // namespace

Result<Value> normalise_email(std::string_view text, bool cut_plus_tag) {
    TOUCHLINE_TRY(auto address, to_nfkc(text));
    address = is_ascii(address) ? lower_ascii(address) : to_lower(address);
    std::string_view rest = address;
    if (rest.starts_with("mailto:")) rest.remove_prefix(7);
    const auto at = rest.find('@');
    if (at == std::string_view::npos) return Value::not_valid("an e-mail address has an @");
    if (rest.find('@', at + 1) != std::string_view::npos)
        return Value::not_valid("an e-mail address has one @ only");
    auto local = rest.substr(0, at);
    auto domain = rest.substr(at + 1);
    if (domain.ends_with('.')) domain.remove_suffix(1);
    if (local.empty()) return Value::not_valid("nothing stands before the @");
    if (local.size() > k_local_max)
        return Value::not_valid("more than 64 bytes stand before the @");
    if (!valid_local(local))
        return Value::not_valid("a space or a sign that no address has stands before the @");
    TOUCHLINE_TRY(const auto ascii, ascii_domain(domain));
    if (!valid_domain(ascii))
        return Value::not_valid("what stands after the @ is not a domain name");
    Value value;
    value.text.append(cut_plus_tag ? without_plus_tag(local) : local).append("@").append(ascii);
    value.terms = {value.text};
    return value;
}

}  // namespace touchline::identity
