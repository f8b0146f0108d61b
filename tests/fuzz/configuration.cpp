// A configuration file: everything wrong in it has a place and a text that can be shown.
#include "fuzz.hpp"

#include "touchline/config/load.hpp"

void touchline::fuzz::run(std::string_view input) {
    const auto loaded = config::load_text(std::string(input), "touchline.yaml", "/nowhere");
    for (const config::Problem& problem : loaded.problems) {
        TOUCHLINE_ASSERT(!problem.message.empty());
        TOUCHLINE_ASSERT(!config::render(problem, loaded.source).empty());
    }
}
