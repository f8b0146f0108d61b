#include "touchline/access/sessions.hpp"

#include "private_file.hpp"

#include "touchline/base/digest.hpp"
#include "touchline/base/log.hpp"
#include "touchline/json/view.hpp"
#include "touchline/json/writer.hpp"

#include <algorithm>

namespace touchline::access {
namespace {

/// Being seen is written down no more often; a crash makes a session at most this much older.
constexpr std::chrono::minutes k_write_again{5};
constexpr std::size_t k_most = 20'000;

std::string digest_of(std::string_view secret) {
    return to_hex(sha256(secret));
}

std::string text_in(json::View object, std::string_view name) {
    const auto member = object.get(name);
    return std::string(member ? member->as_string().value_or("") : std::string_view());
}

}  // namespace

Sessions::Sessions(std::filesystem::path folder, SessionLimits limits)
    : folder_(std::move(folder)), file_(folder_ / "sessions.json"), limits_(limits) {
    const auto text = read_private_file(file_);
    const auto document = json::Document::parse(text ? *text : std::string());
    const auto list = document ? document->root().get("sessions") : std::nullopt;
    if (!list) return;
    for (const json::View one : list->elements()) {
        const auto began_at = parse_rfc3339(text_in(one, "began_at"));
        const auto seen_at = parse_rfc3339(text_in(one, "seen_at"));
        if (!began_at || !seen_at) continue;
        const auto embedded = one.get("embedded");
        sessions_.insert_or_assign(
            text_in(one, "digest"),
            Session{
                text_in(one, "account"),
                text_in(one, "name"),
                role_named(text_in(one, "role")),
                embedded && embedded->as_bool().value_or(false),
                *began_at,
                *seen_at}
        );
    }
}

Result<std::string> Sessions::begin(Session session, Time now) {
    const std::string bytes = random_bytes(32);
    std::string secret =
        to_base32({reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size()});
    session.began_at = session.seen_at = now;
    const std::lock_guard lock(mutex_);
    std::erase_if(sessions_, [&](const auto& entry) { return is_over(entry.second, now); });
    if (sessions_.size() >= k_most) {
        const auto oldest =
            std::min_element(sessions_.begin(), sessions_.end(), [](const auto& a, const auto& b) {
                return a.second.seen_at < b.second.seen_at;
            });
        sessions_.erase(oldest);
    }
    sessions_.insert_or_assign(digest_of(secret), std::move(session));
    TOUCHLINE_CHECK(save());
    saved_at_ = now;
    return secret;
}

std::optional<Session> Sessions::find(std::string_view secret, Time now, bool at_work) {
    const std::lock_guard lock(mutex_);
    const auto found = sessions_.find(digest_of(secret));
    if (found == sessions_.end() || is_over(found->second, now)) return std::nullopt;
    if (!at_work) return found->second;
    found->second.seen_at = std::max(found->second.seen_at, now);
    if (now - saved_at_ >= k_write_again) {
        saved_at_ = now;
        if (const auto saved = save(); !saved)
            log(LogLevel::warning, "sessions are not kept", {{"error", saved.error().text()}});
    }
    return found->second;
}

void Sessions::end(std::string_view secret) {
    const std::lock_guard lock(mutex_);
    if (sessions_.erase(digest_of(secret)) == 0) return;
    if (const auto saved = save(); !saved)
        log(LogLevel::warning, "sessions are not kept", {{"error", saved.error().text()}});
}

bool Sessions::is_over(const Session& session, Time now) const {
    return now - session.seen_at >= limits_.idle || now - session.began_at >= limits_.longest;
}

Result<void> Sessions::save() {
    json::Writer writer;
    writer.begin_object().member("version", 1).key("sessions").begin_array();
    for (const auto& [digest, session] : sessions_) {
        writer.begin_object().member("digest", digest).member("account", session.account);
        writer.member("name", session.name);
        if (session.role) writer.member("role", to_string(*session.role));
        if (session.embedded) writer.member("embedded", true);
        writer.member("began_at", format_rfc3339(session.began_at));
        writer.member("seen_at", format_rfc3339(session.seen_at)).end_object();
    }
    writer.end_array().end_object();
    TOUCHLINE_CHECK(make_private_folder(folder_));
    return replace_private_file(file_, writer.text());
}

}  // namespace touchline::access
