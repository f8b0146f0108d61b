#include "crash_reports.hpp"

#include "touchline/base/digest.hpp"
#include "touchline/base/log.hpp"
#include "touchline/base/text.hpp"
#include "touchline/host/isolation.hpp"
#include "touchline/json/view.hpp"
#include "touchline/json/writer.hpp"

#include <fstream>
#include <sstream>
#include <system_error>

namespace touchline::host {
namespace {

namespace fs = std::filesystem;

std::string text_of(const CrashReport& report) {
    json::Writer out;
    out.begin_object()
        .member("connection", report.connection)
        .member("connector", report.connector)
        .member("version", report.version)
        .member("file", report.file_digest)
        .member("at", format_rfc3339(report.at))
        .member("operation", report.operation)
        .member("how", report.how)
        .member("crashes", report.crashes)
        .member("last_asked", report.last_asked)
        .member("printed", to_utf8(report.printed))
        .member("place", report.place)
        .member("state_base64", to_base64(report.state))
        .end_object();
    return out.take();
}

std::string text_at(json::View object, std::string_view name) {
    const auto value = object.get(name);
    return std::string(value ? value->as_string().value_or("") : "");
}

}  // namespace

fs::path CrashReports::path(const std::string& connection) const {
    return folder_.empty() ? fs::path() : folder_ / (connection + ".json");
}

void CrashReports::write(const CrashReport& report) const {
    if (folder_.empty()) return;
    std::error_code fault;
    fs::create_directories(folder_, fault);
    fs::permissions(folder_, fs::perms::owner_all, fault);
    const fs::path file = path(report.connection);
    std::ofstream out(file, std::ios::trunc);
    fs::permissions(file, fs::perms::owner_read | fs::perms::owner_write, fault);
    out << text_of(report) << '\n';
    out.close();
    if (!out) log(LogLevel::warning, "a crash report cannot be written", {{"file", file.string()}});
}

std::optional<CrashReport> CrashReports::read(const std::string& connection) const {
    if (folder_.empty()) return std::nullopt;
    std::ifstream in(path(connection));
    std::ostringstream text;
    text << in.rdbuf();
    const auto document = json::Document::parse(text.str());
    if (!document) return std::nullopt;
    CrashReport report;
    report.connection = connection;
    report.file_digest = text_at(document->root(), "file");
    report.place = text_at(document->root(), "place");
    const auto crashes = document->root().get("crashes");
    report.crashes = static_cast<int>(crashes ? crashes->as_int().value_or(0) : 0);
    return report;
}

bool CrashReports::has(const std::string& connection) const {
    std::error_code ignored;
    return !folder_.empty() && fs::exists(path(connection), ignored);
}

bool resume(const Isolation& isolation, const std::string& connection) {
    const fs::path report = CrashReports(isolation.crash_reports).path(connection);
    std::error_code ignored;
    return !report.empty() && fs::remove(report, ignored);
}

}  // namespace touchline::host
