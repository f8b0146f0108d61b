// Records shown without what they say of people: every text keeps its shape and loses its content.
#pragma once

#include <string>
#include <string_view>

namespace touchline::api {

/// Letters become x, digits 0; times, common words for states and channels (`open`, `email`) and
/// codes of countries and currencies stay as they are.
std::string masked_text(std::string_view text);

/// The same for every text of a JSON value; numbers of more than four digits become zeros. What is
/// no JSON is masked whole.
std::string masked_json(std::string_view json);

/// Of a URL, what its parameters ask for, but for small numbers and dates.
std::string masked_url(std::string_view url);

/// Of a message about a record, only what it quotes is masked.
std::string masked_message(std::string_view message);

}  // namespace touchline::api
