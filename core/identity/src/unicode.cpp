#include "unicode.hpp"

#include "touchline/base/text.hpp"

#include <unicode/locid.h>
#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include <cstdint>

namespace touchline::identity {

namespace {

Result<std::string> normalise_with(
    const icu::Normalizer2* form, UErrorCode status, std::string_view utf8
) {
    std::string out;
    if (U_SUCCESS(status)) {
        icu::StringByteSink<std::string> sink(&out);
        form->normalizeUTF8(
            0, icu::StringPiece(utf8.data(), std::int32_t(utf8.size())), sink, nullptr, status
        );
    }
    if (U_FAILURE(status))
        return Error(
            Code::internal, std::string("ICU could not normalise a text: ") + u_errorName(status)
        );
    return out;
}

icu::UnicodeString from_utf8(std::string_view utf8) {
    return icu::UnicodeString::fromUTF8(icu::StringPiece(utf8.data(), std::int32_t(utf8.size())));
}

}  // namespace

bool has_control(std::string_view utf8) {
    if (is_ascii(utf8))
        return std::ranges::any_of(utf8, [](char c) { return (c >= 0 && c < ' ') || c == '\x7f'; });
    const auto text = from_utf8(utf8);
    for (std::int32_t i = 0; i < text.length(); i = text.moveIndex32(i, 1))
        if (u_charType(text.char32At(i)) == U_CONTROL_CHAR) return true;
    return false;
}

std::string trim_unicode(std::string_view utf8) {
    if (is_ascii(utf8)) return std::string(trim(utf8));
    auto text = from_utf8(utf8);
    std::int32_t begin = 0, end = text.length();
    while (begin < end && u_isUWhiteSpace(text.char32At(begin))) begin = text.moveIndex32(begin, 1);
    while (end > begin && u_isUWhiteSpace(text.char32At(end - 1))) --end;
    std::string out;
    text.tempSubStringBetween(begin, end).toUTF8String(out);
    return out;
}

Result<std::string> to_nfc(std::string_view utf8) {
    if (is_ascii(utf8)) return std::string(utf8);
    UErrorCode status = U_ZERO_ERROR;
    const auto* form = icu::Normalizer2::getNFCInstance(status);
    return normalise_with(form, status, utf8);
}

Result<std::string> to_nfkc(std::string_view utf8) {
    if (is_ascii(utf8)) return std::string(utf8);
    UErrorCode status = U_ZERO_ERROR;
    const auto* form = icu::Normalizer2::getNFKCInstance(status);
    return normalise_with(form, status, utf8);
}

std::string to_lower(std::string_view utf8) {
    std::string out;
    from_utf8(utf8).toLower(icu::Locale::getRoot()).toUTF8String(out);
    return out;
}

std::string fold_case(std::string_view utf8) {
    std::string out;
    from_utf8(utf8).foldCase().toUTF8String(out);
    return out;
}

}  // namespace touchline::identity
