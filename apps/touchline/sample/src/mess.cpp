#include "mess.hpp"

namespace touchline::sample {
namespace {

std::string replaced(std::string line, std::string_view what, std::string_view by) {
    if (const auto at = line.find(what); at != std::string::npos) line.replace(at, what.size(), by);
    return line;
}

/// A year that cannot be, wherever the row has one of this century.
std::string with_wrong_year(std::string line, std::string_view year) {
    for (auto at = line.find("20"); at != std::string::npos; at = line.find("20", at + 1)) {
        const bool is_iso = at + 4 < line.size() && line[at + 4] == '-' && line[at + 2] >= '2';
        const bool is_local = at > 0 && line[at - 1] == '/';
        if (is_iso || is_local) line.replace(at, 4, year);
    }
    return line;
}

std::string spoiled(const std::string& line, bool is_csv, char delimiter, std::uint32_t way) {
    switch (way) {
        case 0:
            return is_csv ? line + delimiter + "x" + delimiter + "y"
                          : line.substr(0, line.size() / 2);
        case 1:
            return is_csv ? line.substr(0, line.find(delimiter)) : line + "}";
        case 2:
            return line.substr(0, line.size() - 4) + "\xC3\x28" + line.substr(line.size() - 4);
        case 3:
            return with_wrong_year(line, "0000");
        case 4:
            return with_wrong_year(line, "9999");
        default:
            return replaced(line, "EUR", "???");
    }
}

}  // namespace

void add_bad_rows(Export& out, Random& random) {
    for (std::size_t i = 0; i < Export::k_streams; ++i) {
        const auto stream = static_cast<Stream>(i);
        const StreamFile& file = file_of(stream);
        std::vector<Row>& rows = out.rows(stream);
        const auto count = static_cast<std::uint32_t>(rows.size());
        for (std::uint32_t n = 0; n < (count + 166) / 333; ++n) {
            Row bad = rows[random.below(count)];
            const std::string line =
                spoiled(bad.line, file.extension == "csv", file.delimiter, random.below(6));
            if (line == bad.line) continue;
            bad.line = line;
            bad.id.clear();
            bad.person.clear();
            rows.push_back(std::move(bad));
        }
    }
}

}  // namespace touchline::sample
