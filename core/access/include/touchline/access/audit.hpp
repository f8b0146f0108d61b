// Who did what, and who looked at whom: one line of JSON per event, in one file a month that is
// only ever appended to. Looking at one customer again within ten minutes is one event.
#pragma once

#include "touchline/base/result.hpp"
#include "touchline/base/time.hpp"

#include <cstddef>
#include <filesystem>
#include <map>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

namespace touchline::access {

struct AuditEvent {
    Time at{};
    std::string account;  ///< who; empty: nobody in particular (there is no sign-in)
    std::string role;
    std::string action;    ///< "look", "merge", "sign-in", …
    std::string customer;  ///< whom it was about, or empty
    std::string subject;   ///< what else it was about: a connection, a user, …
    std::string outcome;   ///< "done", "refused"
    std::string address;   ///< where the request came from
};

struct AuditQuery {
    std::string account, action, customer;  ///< empty: any
    std::size_t limit = 100;
    Time before = Time::max();
};

/// Any thread; several processes may write.
class AuditLog {
public:
    explicit AuditLog(std::filesystem::path folder);

    /// Error: unavailable (the disk is full). What it was about has happened; say loudly that it is
    /// not on record.
    Result<void> write(const AuditEvent& event);
    /// As write(), unless the same account has looked at this customer lately.
    Result<void> looked(const AuditEvent& event);
    /// Newest first. Lines that cannot be read are left out.
    Result<std::vector<AuditEvent>> read(const AuditQuery& query) const;

private:
    const std::filesystem::path folder_;
    std::mutex mutex_;
    std::map<std::string, Time, std::less<>> looks_;  // guarded by mutex_; by account and customer
};

std::string json_of(const AuditEvent& event);

}  // namespace touchline::access
