#include "touchline/access/audit.hpp"

#include "private_file.hpp"

#include "touchline/json/view.hpp"
#include "touchline/json/writer.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <optional>
#include <system_error>

namespace touchline::access {
namespace {

namespace fs = std::filesystem;

constexpr std::chrono::minutes k_one_look{10};
constexpr std::size_t k_most_looks = 50'000;
constexpr std::string_view k_beginning = "audit-", k_ending = ".ndjson";

/// "audit-2026-11.ndjson"
std::string file_name(Time at) {
    return std::string(k_beginning) + format_rfc3339(at).substr(0, 7) + std::string(k_ending);
}

std::optional<AuditEvent> parse(std::string_view line) {
    const auto document = json::Document::parse(line);
    if (!document) return std::nullopt;
    const auto text = [&](std::string_view name) {
        const auto member = document->root().get(name);
        return std::string(member ? member->as_string().value_or("") : std::string_view());
    };
    const auto at = parse_rfc3339(text("at"));
    if (!at) return std::nullopt;
    return AuditEvent{
        *at,
        text("account"),
        text("role"),
        text("action"),
        text("customer"),
        text("subject"),
        text("outcome"),
        text("address")};
}

bool fits(const AuditEvent& event, const AuditQuery& query) {
    return event.at < query.before && (query.account.empty() || query.account == event.account) &&
           (query.action.empty() || query.action == event.action) &&
           (query.customer.empty() || query.customer == event.customer);
}

}  // namespace

AuditLog::AuditLog(fs::path folder) : folder_(std::move(folder)) {}

Result<void> AuditLog::write(const AuditEvent& event) {
    TOUCHLINE_CHECK(make_private_folder(folder_));
    const fs::path file = folder_ / file_name(event.at);
    const std::string line = json_of(event) + "\n";
    const int out = ::open(file.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    // One write to a file opened for appending: lines of several processes never mix.
    const bool written = out >= 0 && ::write(out, line.data(), line.size()) == std::ssize(line);
    const int fault = errno;
    if (out >= 0) ::close(out);
    if (written) return {};
    return Error(
        Code::unavailable, "the audit log cannot be written: " + std::string(std::strerror(fault))
    );
}

Result<void> AuditLog::looked(const AuditEvent& event) {
    {
        const std::lock_guard lock(mutex_);
        const auto [last, first] =
            looks_.try_emplace(event.account + " " + event.customer, event.at);
        if (!first && event.at - last->second < k_one_look) return {};
        last->second = event.at;
        if (looks_.size() > k_most_looks) looks_.clear();
    }
    return write(event);
}

Result<std::vector<AuditEvent>> AuditLog::read(const AuditQuery& query) const {
    std::vector<fs::path> files;
    std::error_code fault;
    for (const auto& entry : fs::directory_iterator(folder_, fault)) {
        const std::string name = entry.path().filename().string();
        if (name.starts_with(k_beginning) && name.ends_with(k_ending))
            files.push_back(entry.path());
    }
    std::sort(files.rbegin(), files.rend());
    std::vector<AuditEvent> found;
    for (const fs::path& file : files) {
        if (found.size() >= query.limit) break;
        TOUCHLINE_TRY(const std::string text, read_private_file(file));
        std::string_view rest = text;
        while (!rest.empty() && found.size() < query.limit) {
            if (rest.ends_with('\n')) rest.remove_suffix(1);
            const std::size_t begin = rest.rfind('\n') + 1;  // npos + 1 is 0
            if (auto event = parse(rest.substr(begin)); event && fits(*event, query))
                found.push_back(std::move(*event));
            rest = rest.substr(0, begin);
        }
    }
    return found;
}

std::string json_of(const AuditEvent& event) {
    json::Writer writer;
    writer.begin_object().member("at", format_rfc3339(event.at)).member("account", event.account);
    writer.member("role", event.role).member("action", event.action);
    writer.member_unless_empty("customer", event.customer)
        .member_unless_empty("subject", event.subject);
    writer.member("outcome", event.outcome)
        .member_unless_empty("address", event.address)
        .end_object();
    return writer.take();
}

}  // namespace touchline::access
