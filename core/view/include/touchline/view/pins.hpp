// What a team has marked on a customer's timeline.
#pragma once

#include "touchline/json/writer.hpp"
#include "touchline/store/store.hpp"
#include "touchline/view/catalogue.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace touchline::view {

struct PinView {
    std::string touchpoint;  ///< its id
    std::string title;       ///< a note's text, else the subject, else the kind in words
    Time occurred_at{};
    bool internal = false;
    std::string author;  ///< who pinned it; may be empty
    Time at{};
    std::string department, privacy_class;  ///< of the touchpoint
};

/// Latest pin first. Error: not_found.
Result<std::vector<PinView>> pins(
    store::Reader& reader, const Catalogue& catalogue, std::string_view customer
);

void write(json::Writer& writer, const std::vector<PinView>& pins);

}  // namespace touchline::view
