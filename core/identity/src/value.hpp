// What the normaliser of one kind of value hands back.
#pragma once

#include <string>
#include <vector>

namespace touchline::identity {

struct Value {
    std::string text;
    std::vector<std::string> terms;
    std::string invalid;  ///< why, when it is
    std::string blocked;  ///< why, when it is

    static Value not_valid(std::string why) {
        return {.text = "", .terms = {}, .invalid = std::move(why), .blocked = ""};
    }
};

}  // namespace touchline::identity
