// Character encodings of files.
#pragma once

#include <string>
#include <string_view>

namespace file_connector {

/// Well-formed UTF-8 without surrogates or overlong forms (RFC 3629).
bool is_utf8(std::string_view bytes);
/// ISO 8859-1, where each byte is the code point of the same number.
std::string latin1_to_utf8(std::string_view bytes);

}  // namespace file_connector
