// A CSV file, split to its end: every call uses up something, and never more than there is.
#include "csv.hpp"

#include "fuzz.hpp"

void touchline::fuzz::run(std::string_view input) {
    while (!input.empty()) {
        const auto row = file_connector::split_row(input, ',', true);
        if (row.end == file_connector::RowEnd::open) return;
        TOUCHLINE_ASSERT(row.length > 0 && row.length <= input.size());
        TOUCHLINE_ASSERT((row.end == file_connector::RowEnd::bad) == !row.reason.empty());
        input.remove_prefix(row.length);
    }
}
