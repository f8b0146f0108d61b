#include "record_files.hpp"

#include "touchline/base/text.hpp"
#include "touchline/config/yaml.hpp"
#include "touchline/json/records.hpp"
#include "touchline/json/view.hpp"

#include <algorithm>
#include <array>
#include <fstream>
#include <iostream>
#include <iterator>
#include <span>

namespace touchline::app {
namespace {

using identity::Record;

constexpr auto k_id_names = std::to_array<std::string_view>({"id", "record_id", "rec_id"});
constexpr auto k_cluster_names =
    std::to_array<std::string_view>({"customer", "customer_id", "cluster", "cluster_id"});

Error bad_line(const std::filesystem::path& path, std::size_t line, std::string what) {
    return Error(Code::bad_data, std::move(what)).at({path.string(), int(line), 1});
}

bool is_csv(const std::filesystem::path& path) {
    return path.extension() == ".csv";
}

bool is_id(std::string_view name) {
    return std::ranges::find(k_id_names, name) != k_id_names.end();
}

std::string text_of(json::View value) {
    switch (value.kind()) {
        case json::Kind::null:
            return {};
        case json::Kind::string:
            return std::string(*value.as_string());
        default:
            return value.text();
    }
}

void take(Record& record, std::string_view name, std::string value) {
    if (is_id(name) && record.id.empty())
        record.id = std::move(value);
    else if (name == "source")
        record.source = std::move(value);
    else if (!value.empty())
        record.fields.push_back({std::string(name), std::move(value)});
}

Result<std::vector<Record>> read_json_records(
    const std::filesystem::path& path, std::string_view text
) {
    std::vector<Record> records;
    json::Parser parser;
    std::size_t line = 0;
    for (const auto one : json::split_lines(text)) {
        ++line;
        const auto parsed = parser.parse(one);
        if (!parsed) return bad_line(path, line, parsed.error().message());
        if (parsed->kind() != json::Kind::object)
            return bad_line(path, line, "a record is a JSON object");
        Record record;
        if (!records.empty()) record.fields.reserve(records.back().fields.size());
        for (const auto [name, value] : parsed->members()) {
            if (value.kind() != json::Kind::array) {
                take(record, name, text_of(value));
                continue;
            }
            for (const auto element : value.elements()) take(record, name, text_of(element));
        }
        if (record.id.empty()) return bad_line(path, line, "this record has no \"id\"");
        records.push_back(std::move(record));
    }
    return records;
}

Result<std::vector<Record>> read_csv_records(
    const std::filesystem::path& path, std::string_view text
) {
    auto rows = csv_rows(text);
    if (rows.empty()) return bad_line(path, 1, "the file is empty");
    std::vector<Record> records;
    for (std::size_t i = 1; i < rows.size(); ++i) {
        if (rows[i].size() > rows[0].size())
            return bad_line(path, i + 1, "this row has more cells than the header");
        Record record;
        for (std::size_t c = 0; c < rows[i].size(); ++c)
            take(record, rows[0][c], std::move(rows[i][c]));
        if (record.id.empty()) return bad_line(path, i + 1, "this record has no id");
        records.push_back(std::move(record));
    }
    return records;
}

std::size_t column(
    const std::vector<std::string>& header,
    std::span<const std::string_view> names,
    std::size_t otherwise
) {
    for (const auto name : names)
        if (const auto found = std::ranges::find(header, name); found != header.end())
            return std::size_t(found - header.begin());
    return otherwise;
}

}  // namespace

std::vector<std::vector<std::string>> csv_rows(std::string_view text) {
    std::vector<std::vector<std::string>> rows;
    std::vector<std::string> row;
    std::string cell;
    bool quoted = false;
    const auto end_row = [&] {
        row.push_back(std::move(cell));
        cell.clear();
        if (row.size() > 1 || !row.front().empty()) rows.push_back(std::move(row));
        row.clear();
    };
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (quoted && c == '"' && text.substr(i + 1).starts_with('"')) {
            cell += '"';
            ++i;
        } else if (c == '"') {
            quoted = !quoted;
        } else if (!quoted && c == ',') {
            row.push_back(std::move(cell));
            cell.clear();
        } else if (!quoted && (c == '\n' || c == '\r')) {
            if (c == '\n') end_row();
        } else {
            cell += c;
        }
    }
    if (!cell.empty() || !row.empty()) end_row();
    return rows;
}

Result<std::vector<Record>> read_record_file(const std::filesystem::path& path) {
    TOUCHLINE_TRY(const auto text, read_whole_file(path));
    return is_csv(path) ? read_csv_records(path, text) : read_json_records(path, text);
}

Result<identity::Labels> read_label_file(const std::filesystem::path& path) {
    TOUCHLINE_TRY(const auto text, read_whole_file(path));
    identity::Labels labels;
    const auto add = [&](std::string id, std::string cluster, std::size_t line) -> Result<void> {
        if (id.empty() || cluster.empty())
            return bad_line(path, line, "here is no id, or no customer");
        if (!labels.emplace(id, std::move(cluster)).second)
            return bad_line(path, line, "the id \"" + id + "\" is given twice");
        return {};
    };
    if (!is_csv(path)) {
        TOUCHLINE_TRY(const auto records, read_json_records(path, text));
        for (std::size_t i = 0; i < records.size(); ++i) {
            const auto& fields = records[i].fields;
            const auto found = std::ranges::find_if(fields, [](const auto& field) {
                return std::ranges::find(k_cluster_names, field.name) != k_cluster_names.end();
            });
            TOUCHLINE_CHECK(add(records[i].id, found == fields.end() ? "" : found->value, i + 1));
        }
        return labels;
    }
    const auto rows = csv_rows(text);
    if (rows.empty()) return bad_line(path, 1, "the file is empty");
    const auto id = column(rows[0], k_id_names, 0), cluster = column(rows[0], k_cluster_names, 1);
    for (std::size_t i = 1; i < rows.size(); ++i) {
        if (rows[i].size() <= std::max(id, cluster))
            return bad_line(path, i + 1, "here is no id, or no customer");
        TOUCHLINE_CHECK(add(rows[i][id], rows[i][cluster], i + 1));
    }
    return labels;
}

Result<identity::FieldMap> read_fields_file(
    const std::filesystem::path& path, const identity::FieldMap& recognised
) {
    TOUCHLINE_TRY(const auto root, config::read_yaml_file(path));
    const auto* fields = root.get("fields");
    if (!fields || !fields->is_mapping())
        return Error(Code::config, "a fields file has \"fields:\", with a role for each field")
            .at(root.place())
            .cure("For example: fields: {vorname: given_name, kdnr: exclusive_id}");
    auto roles = recognised.roles();
    for (const auto& member : fields->members) {
        const auto role = identity::role_named(member.value.text);
        if (!role)
            return Error(Code::config, "\"" + member.value.text + "\" is no role of a field")
                .at(member.value.place())
                .cure(
                    "Roles are given_name, surname, full_name, birth_date, email, phone, street, "
                    "city, postcode, "
                    "address, company, website, exclusive_id, handle, text, ignored and their like."
                );
        const auto known = std::ranges::find(roles, member.key.text, &identity::FieldRole::field);
        if (known != roles.end())
            known->role = *role;
        else
            roles.push_back({member.key.text, *role});
    }
    return identity::FieldMap(std::move(roles));
}

Result<std::string> read_whole_file(const std::filesystem::path& path) {
    if (path == "-") return std::string(std::istreambuf_iterator<char>(std::cin), {});
    std::ifstream file(path, std::ios::binary);
    if (!file) return Error(Code::not_found, "this file cannot be read").at({path.string(), 0, 0});
    constexpr std::size_t k_piece = std::size_t{1} << 20;
    std::string text;
    for (std::size_t size = 0; file; text.resize(size)) {
        text.resize(size + k_piece);
        file.read(text.data() + size, std::streamsize(k_piece));
        size += std::size_t(file.gcount());
    }
    return text;
}

Result<void> write_whole_file(const std::filesystem::path& path, std::string_view text) {
    if (path == "-") {
        std::cout << text << std::flush;
        return {};
    }
    // A link, a pipe or a device is written to, not put out of its place.
    std::error_code unknown;
    const auto kind = std::filesystem::symlink_status(path, unknown).type();
    const bool in_place =
        std::filesystem::exists(path, unknown) && kind != std::filesystem::file_type::regular;
    auto beside = path;
    if (!in_place) beside += ".part";
    std::ofstream file(beside, std::ios::binary | std::ios::trunc);
    file << text;
    file.close();
    std::error_code failed;
    if (file && !in_place) std::filesystem::rename(beside, path, failed);
    if (!file || failed)
        return Error(Code::config, "this file cannot be written").at({path.string(), 0, 0});
    return {};
}

std::string csv_cell(std::string_view text) {
    if (text.find_first_of(",\"\r\n") == std::string_view::npos) return std::string(text);
    std::string cell = "\"";
    for (const char c : text) cell.append(c == '"' ? 2 : 1, c);
    return cell + "\"";
}

}  // namespace touchline::app
