// A CSV file, split to its end: every call uses up something, and never more than there is.
#include "touchline/sdk/csv.hpp"

#include "fuzz.hpp"

void touchline::fuzz::run(std::string_view input) {
    while (!input.empty()) {
        const auto row = sdk::split_row(input, ',', true);
        if (row.end == sdk::RowEnd::open) return;
        TOUCHLINE_ASSERT(row.length > 0 && row.length <= input.size());
        TOUCHLINE_ASSERT((row.end == sdk::RowEnd::bad) == !row.reason.empty());
        input.remove_prefix(row.length);
    }
}
