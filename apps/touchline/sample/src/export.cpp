#include "export.hpp"

#include <algorithm>
#include <fstream>
#include <system_error>

namespace touchline::sample {
namespace {

constexpr StreamFile k_files[k_streams] = {
    {.folder = "crm", .name = "contacts", .time = "/updatedAt"},
    {.folder = "crm", .name = "deals", .time = "/updatedAt"},
    {.folder = "crm", .name = "calls", .time = "/updatedAt"},
    {.folder = "crm", .name = "emails", .time = "/updatedAt"},
    {.folder = "crm", .name = "meetings", .time = "/updatedAt"},
    {.folder = "crm", .name = "notes", .time = "/updatedAt"},
    {.folder = "helpdesk", .name = "users", .time = "/updated_at"},
    {.folder = "helpdesk", .name = "tickets", .time = "/updated_at"},
    {.folder = "helpdesk", .name = "comments", .time = "/timestamp"},
    {.folder = "shop", .name = "customers", .time = "/updatedAt"},
    {.folder = "shop", .name = "orders", .time = "/updatedAt"},
    {.folder = "billing", .name = "customers", .time = "/created"},
    {.folder = "billing", .name = "invoices", .time = "/created"},
    {.folder = "billing", .name = "charges", .time = "/created"},
    {.folder = "social", .name = "mentions"},
    {.folder = "social", .name = "posts"},
    {.folder = "surveys", .name = "responses", .id = "/token", .time = "/submitted_at"},
    {.folder = "stores", .name = "orders", .time = "/date_modified_gmt"},
    {.folder = "phone",
     .name = "calls",
     .shape = Shape::growing,
     .header = "call_id,direction,caller,queue,employee,outcome,started_at,ended_at,seconds,"
               "ticket_id"},
    {.folder = "newsletter", .name = "events", .shape = Shape::drops}};

std::string key_of(const StreamFile& file) {
    return std::string(file.folder) + "/" + std::string(file.name);
}

}  // namespace

const StreamFile& file_of(Stream stream) {
    return k_files[static_cast<std::size_t>(stream)];
}

std::filesystem::path path_of(const StreamFile& file) {
    const std::string name(file.name);
    const std::filesystem::path folder = std::filesystem::path("export") / file.folder;
    return folder / (name + (file.shape == Shape::growing ? ".csv" : ".jsonl"));
}

void Export::add(Stream stream, Row row) {
    auto& rows = rows_[index(stream)];
    if (file_of(stream).shape == Shape::api) {
        const auto [place, is_new] = places_[index(stream)].try_emplace(row.id, rows.size());
        if (!is_new) {
            rows[place->second] = std::move(row);
            return;
        }
    }
    rows.push_back(std::move(row));
}

std::size_t Export::size() const {
    std::size_t count = 0;
    for (const auto& rows : rows_) count += rows.size();
    return count;
}

Result<void> Export::write(const std::filesystem::path& directory, SampleReport& report) {
    std::string truth = "system,stream,record,person\n";
    for (std::size_t i = 0; i < k_streams; ++i) {
        const auto stream = static_cast<Stream>(i);
        const StreamFile& file = file_of(stream);
        TOUCHLINE_CHECK(write_stream(stream, directory, report));
        for (const Row& row : rows_[i]) {
            if (row.person.empty()) continue;
            truth += csv({file.folder, file.name, row.id, row.person}, ',') + "\n";
        }
    }
    return write_file(directory / "truth" / "records.csv", truth);
}

Result<void> Export::write_stream(
    Stream stream, const std::filesystem::path& directory, SampleReport& report
) {
    const StreamFile& file = file_of(stream);
    std::vector<Row>& rows = rows_[index(stream)];
    std::stable_sort(rows.begin(), rows.end(), [](const Row& a, const Row& b) {
        return a.late != b.late ? b.late : a.written < b.written;
    });
    std::string texts[2] = {file.header.empty() ? "" : std::string(file.header) + "\n", ""};
    for (const Row& row : rows) {
        const bool is_second = row.late && file.shape == Shape::drops;
        texts[is_second ? 1 : 0] += row.line + "\n";
        report.bad_records += row.person.empty() ? 1 : 0;
    }
    report.records += rows.size();
    report.streams[key_of(file)] = rows.size();

    const std::filesystem::path path = directory / path_of(file);
    if (file.shape != Shape::drops) {
        report.files.push_back(path);
        return write_file(path, texts[0]);
    }
    for (int part = 0; part < 2; ++part) {
        if (texts[part].empty()) continue;
        const std::string number = "-" + std::to_string(part + 1);
        report.files.push_back(
            path.parent_path() / (path.stem().string() + number + path.extension().string())
        );
        TOUCHLINE_CHECK(write_file(report.files.back(), texts[part]));
    }
    return {};
}

std::string csv(std::initializer_list<std::string_view> cells, char delimiter) {
    std::string line;
    bool first = true;
    for (const std::string_view cell : cells) {
        if (!first) line += delimiter;
        first = false;
        const bool is_plain = cell.find_first_of("\"\r\n") == std::string_view::npos &&
                              cell.find(delimiter) == std::string_view::npos;
        if (is_plain) {
            line += cell;
            continue;
        }
        line += '"';
        for (const char c : cell) {
            if (c == '"') line += '"';
            line += c;
        }
        line += '"';
    }
    return line;
}

Result<void> write_file(const std::filesystem::path& file, const std::string& text) {
    std::error_code failed;
    std::filesystem::create_directories(file.parent_path(), failed);
    std::ofstream out(file, std::ios::binary | std::ios::trunc);
    out << text;
    out.close();
    if (!out) {
        return Error(Code::unavailable, file.string() + " cannot be written")
            .cure("Check that the folder exists, is writable and has room.");
    }
    return {};
}

}  // namespace touchline::sample
