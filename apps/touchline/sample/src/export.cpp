#include "export.hpp"

#include <algorithm>
#include <fstream>
#include <system_error>

namespace touchline::sample {
namespace {

constexpr StreamFile k_files[Export::k_streams] = {
    {"crm",
     "contacts",
     "csv",
     "contact_id;first_name;last_name;email;email_2;phone;company;city;country;owner;created_at;"
     "modified_at",
     ';'},
    {"crm",
     "activities",
     "csv",
     "activity_id;contact_id;type;direction;subject;notes;employee;started_at;ended_at;deal_id;"
     "deal_stage;amount;currency;modified_at",
     ';'},
    {"helpdesk", "tickets", "jsonl", ""},
    {"helpdesk", "messages", "jsonl", ""},
    {"shop", "orders", "jsonl", ""},
    {"shop", "refunds", "jsonl", ""},
    {"social", "messages", "jsonl", ""},
    {"surveys",
     "responses",
     "csv",
     "response_id,survey,type,score,comment,token,email,order_number,ticket_id,department,answered_"
     "at"},
    {"phone",
     "calls",
     "csv",
     "call_id,direction,caller,queue,employee,outcome,started_at,ended_at,seconds,ticket_id",
     ',',
     true},
    {"billing",
     "invoices",
     "csv",
     "invoice_number,account,company,contact_email,order_number,net,gross,currency,issued_on,due_"
     "on,status,updated_on"},
    {"billing",
     "payments",
     "csv",
     "entry_id,account,contact_email,invoice_number,type,amount,currency,booked_on,note"},
    {"newsletter", "events", "jsonl", ""},
    {"stores",
     "visits",
     "csv",
     "visit_id,store,loyalty_email,loyalty_phone,purpose,employee,note,amount,currency,visited_"
     "at"}};

std::string key_of(const StreamFile& file) {
    return std::string(file.folder) + "/" + std::string(file.name);
}

}  // namespace

const StreamFile& file_of(Stream stream) {
    return k_files[static_cast<std::size_t>(stream)];
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
        TOUCHLINE_CHECK(write_stream(stream, directory / "export" / file.folder, report));
        for (const Row& row : rows_[i]) {
            if (row.person.empty()) continue;
            truth += csv({file.folder, file.name, row.id, row.person}, ',') + "\n";
        }
    }
    return write_file(directory / "truth" / "records.csv", truth);
}

Result<void> Export::write_stream(
    Stream stream, const std::filesystem::path& folder, SampleReport& report
) {
    const StreamFile& file = file_of(stream);
    std::vector<Row>& rows = rows_[index(stream)];
    std::stable_sort(rows.begin(), rows.end(), [](const Row& a, const Row& b) {
        return a.late != b.late ? b.late : a.written < b.written;
    });
    const std::string header = file.header.empty() ? "" : std::string(file.header) + "\n";
    std::string texts[2] = {header, file.one_file ? "" : header};
    for (const Row& row : rows) {
        texts[row.late ? 1 : 0] += row.line + "\n";
        report.bad_records += row.person.empty() ? 1 : 0;
    }
    report.records += rows.size();
    report.streams[key_of(file)] = rows.size();

    const std::string name(file.name);
    const std::string extension = "." + std::string(file.extension);
    if (file.one_file) {
        report.files.push_back(folder / (name + extension));
        return write_file(report.files.back(), texts[0] + texts[1]);
    }
    for (int part = 0; part < 2; ++part) {
        if (texts[part] == header) continue;
        report.files.push_back(folder / (name + "-" + std::to_string(part + 1) + extension));
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
