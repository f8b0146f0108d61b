// The name of an organisation without what only says how it is incorporated.
#pragma once

#include <string>
#include <string_view>

namespace touchline::identity {

/// Words of lower-case ASCII, one space between: "Wren Labs, Inc." and "WREN LABS LLC" both become
/// "wren labs". `latin` is lower-case ASCII.
std::string read_company_name(std::string_view latin);

/// Whether a word of it says how an organisation is incorporated: "inc", "gmbh".
bool has_legal_form(std::string_view latin);

/// The host that a web address names, without "www."; empty when it names none.
std::string read_domain(std::string_view text);

}  // namespace touchline::identity
