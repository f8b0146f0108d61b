// How mails write what is not ASCII: transfer encodings (RFC 2045), encoded words (RFC 2047),
// parameters (RFC 2231), dates (RFC 5322). Everything comes out as valid UTF-8.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace imap {

/// By "base64" or "quoted-printable"; anything else stays as it is. What is broken is passed over.
std::string decode_transfer(std::string_view bytes, std::string_view encoding);
/// UTF-8, ASCII, ISO-8859-1, ISO-8859-15, Windows-1252 and UTF-16; bytes of others that are no
/// UTF-8 become U+FFFD.
std::string to_utf8(std::string_view bytes, std::string_view charset);
/// "=?utf-8?q?Caf=C3=A9?=": "Café".
std::string decode_words(std::string_view text);
/// "utf-8'en'%e2%82%ac": "€".
std::string decode_extended(std::string_view text);
/// Milliseconds since 1970 of "Fri, 21 Nov 1997 09:55:06 -0600" and "21-Nov-1997 09:55:06 -0600".
std::optional<std::int64_t> parse_mail_date(std::string_view text);

}  // namespace imap
