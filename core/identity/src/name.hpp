// Names of people in lower-case ASCII words, given name first.
#pragma once

#include "value.hpp"

#include "touchline/base/result.hpp"

#include <memory>
#include <string>
#include <string_view>

namespace touchline::identity {

/// One thread at a time.
class NameNormaliser {
public:
    NameNormaliser();
    ~NameNormaliser();

    /// Any script becomes Latin letters; titles go; "Silva, Ana" becomes "ana silva".
    Result<Value> normalise(std::string_view text);
    /// The same letters in ASCII, by the tables that passports use; nothing else changes.
    Result<std::string> to_latin(std::string_view text);

private:
    class Latin;

    std::unique_ptr<Latin> latin_;
};

}  // namespace touchline::identity
