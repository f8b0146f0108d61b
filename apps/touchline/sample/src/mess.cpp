#include "mess.hpp"

namespace touchline::sample {
namespace {

/// The four digits of the year behind `key`, wherever they stand.
std::string with_year(std::string line, std::string_view key, std::string_view year) {
    const auto at = line.find(key);
    if (at == std::string::npos || at + key.size() + 4 > line.size()) return line;
    return line.replace(at + key.size(), 4, year);
}

std::string replaced(std::string line, std::string_view what, std::string_view by) {
    if (const auto at = line.find(what); at != std::string::npos) line.replace(at, what.size(), by);
    return line;
}

/// Objects of an API are always JSON; what people typed into them need not make sense.
std::string spoiled_object(const std::string& line, std::uint32_t way) {
    constexpr std::string_view k_times[] = {
        R"("hs_timestamp":")", R"("processedAt":")", R"("date_created_gmt":")", R"("landed_at":")"};
    switch (way) {
        case 0:
            return replaced(
                replaced(line, R"("currencyCode":"EUR")", R"("currencyCode":"???")"),
                R"("currency":"EUR")",
                R"("currency":"???")"
            );
        case 1:
            return replaced(line, R"("currency":"eur")", R"("currency":"e")");
        default:
            std::string spoiled = line;
            for (const auto key : k_times)
                spoiled = with_year(std::move(spoiled), key, way % 2 == 0 ? "0000" : "none");
            return spoiled;
    }
}

/// Files break in more ways.
std::string spoiled_row(const std::string& line, bool is_csv, std::uint32_t way) {
    switch (way) {
        case 0:
            return is_csv ? line + ",x,y" : line.substr(0, line.size() / 2);
        case 1:
            return is_csv ? line.substr(0, line.find(',')) : line + "}";
        default:
            return line.substr(0, line.size() - 4) + "\xC3\x28" + line.substr(line.size() - 4);
    }
}

}  // namespace

void add_bad_rows(Export& out, Random& random) {
    for (std::size_t i = 0; i < k_streams; ++i) {
        const auto stream = static_cast<Stream>(i);
        const Shape shape = file_of(stream).shape;
        std::vector<Row>& rows = out.rows(stream);
        const auto count = static_cast<std::uint32_t>(rows.size());
        for (std::uint32_t n = 0; n < (count + 166) / 333; ++n) {
            Row& good = rows[random.below(count)];
            Row bad = good;
            bad.line = shape == Shape::api
                           ? spoiled_object(good.line, random.below(4))
                           : spoiled_row(good.line, shape == Shape::growing, random.below(3));
            if (bad.line == good.line) continue;
            bad.id.clear();
            bad.person.clear();
            if (shape == Shape::api)
                good = std::move(bad);
            else
                rows.push_back(std::move(bad));
        }
    }
}

}  // namespace touchline::sample
