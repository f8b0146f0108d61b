// E-mail addresses: lower case, the domain in ASCII (UTS 46), lengths by RFC 5321 section 4.5.3.1.
#pragma once

#include "value.hpp"

#include "touchline/base/result.hpp"

#include <string_view>

namespace touchline::identity {

/// `text` is trimmed.
Result<Value> normalise_email(std::string_view text, bool cut_plus_tag);

}  // namespace touchline::identity
