// Whether a line is a JSON object, so that a broken line can be reported with its place in the
// file.
#pragma once

#include <string_view>

namespace file_connector {

/// RFC 8259, at most 500 levels deep. The text is UTF-8 already.
bool is_json_object(std::string_view text);

}  // namespace file_connector
