// The first line is a JSON pointer, the rest a page.
#include "touchline/json/records.hpp"

#include "fuzz.hpp"

#include "touchline/json/view.hpp"

namespace {

bool lies_in(std::string_view part, std::string_view whole) {
    return part.data() >= whole.data() && part.data() + part.size() <= whole.data() + whole.size();
}

}  // namespace

void touchline::fuzz::run(std::string_view input) {
    const auto [pointer, page] = first_line(input);
    for (const std::string_view line : json::split_lines(page)) {
        TOUCHLINE_ASSERT(lies_in(line, page) && !line.empty());
    }
    const auto records = json::split_records(page, pointer);
    if (!records) return;
    std::string_view before = page.substr(0, 0);
    for (const std::string_view record : *records) {
        TOUCHLINE_ASSERT(lies_in(record, page));
        TOUCHLINE_ASSERT(record.data() >= before.data() + before.size());
        TOUCHLINE_ASSERT(json::Document::parse(record).has_value());
        before = record;
    }
}
