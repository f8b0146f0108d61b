// Who is signed in. A session's secret is in the browser's cookie only; here stands its digest, in
// a file beside the accounts, so that a restart signs nobody out.
#pragma once

#include "touchline/access/role.hpp"
#include "touchline/base/result.hpp"
#include "touchline/base/time.hpp"

#include <chrono>
#include <filesystem>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

namespace touchline::access {

struct Session {
    std::string account, name;
    /// As the identity provider said; of local users nothing: theirs is asked for each time.
    std::optional<Role> role;
    bool embedded = false;  ///< begun in a frame of another site
    Time began_at{}, seen_at{};
};

struct SessionLimits {
    std::chrono::seconds idle{std::chrono::hours(12)};
    std::chrono::seconds longest{std::chrono::hours(24 * 7)};
};

/// Any thread.
class Sessions {
public:
    /// Of what cannot be read nothing is known: people sign in again.
    Sessions(std::filesystem::path folder, SessionLimits limits);

    /// Returns the secret for the cookie. Error: config (it cannot be kept).
    Result<std::string> begin(Session session, Time now);
    /// The session, unless it has ended. It counts as seen now, unless nobody is at work in it.
    std::optional<Session> find(std::string_view secret, Time now, bool at_work = true);
    void end(std::string_view secret);
    /// When a session that is seen now ends at the latest.
    std::chrono::seconds life() const { return limits_.longest; }

private:
    bool is_over(const Session& session, Time now) const;
    Result<void> save();  // mutex_ is held

    const std::filesystem::path folder_, file_;
    const SessionLimits limits_;
    std::mutex mutex_;
    std::map<std::string, Session, std::less<>> sessions_;  // guarded by mutex_; by digest
    Time saved_at_{};                                       // guarded by mutex_
};

}  // namespace touchline::access
