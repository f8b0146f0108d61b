// What a call into a connector is, for the history of its crashes and for people.
#pragma once

#include "text_lines.hpp"

#include <string>

namespace touchline::host {

struct Occasion {
    std::string operation;   ///< "read tickets"
    std::string input;       ///< what tells it from others of its kind
    std::string state = {};  ///< the checkpoint that it begins at; no customer's data

    std::string place() const { return operation + ' ' + digest_text(sha256(input)); }
};

}  // namespace touchline::host
