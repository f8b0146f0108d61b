#include "server_context.hpp"

namespace touchline::net {

bool SessionList::add(std::shared_ptr<SessionPort> session, std::size_t most) {
    std::lock_guard lock(mutex_);
    if (sessions_.size() >= most) return false;
    const SessionPort* key = session.get();
    sessions_.emplace(key, std::move(session));
    return true;
}

void SessionList::remove(const SessionPort* session) {
    std::shared_ptr<SessionPort> removed;
    std::lock_guard lock(mutex_);
    const auto found = sessions_.find(session);
    if (found == sessions_.end()) return;
    removed = std::move(found->second);
    sessions_.erase(found);
    if (sessions_.empty()) emptied_.notify_all();
}

void SessionList::wind_down() {
    for (const auto& session : copy()) session->wind_down();
}

void SessionList::abort() {
    for (const auto& session : copy()) session->abort();
}

bool SessionList::wait_until_empty(std::chrono::milliseconds limit) {
    std::unique_lock lock(mutex_);
    return emptied_.wait_for(lock, limit, [&] { return sessions_.empty(); });
}

std::vector<std::shared_ptr<SessionPort>> SessionList::copy() {
    std::lock_guard lock(mutex_);
    std::vector<std::shared_ptr<SessionPort>> all;
    for (const auto& [key, session] : sessions_) all.push_back(session);
    return all;
}

}  // namespace touchline::net
