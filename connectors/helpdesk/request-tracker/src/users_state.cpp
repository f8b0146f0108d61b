#include "users_state.hpp"

#include <cstdio>

namespace request_tracker {

namespace sdk = touchline::sdk;

namespace {

/// An import can change thousands in one second; those beyond are read again, which does no harm.
constexpr std::size_t k_most_seen = 800;

std::string to_json(const Watermark& mark) {
    std::string seen = "[";
    for (const auto& [user, print] : mark.seen) {
        if (seen.size() > 1) seen += ',';
        seen += '[';
        sdk::append_quoted(seen, user);
        seen += ',';
        sdk::append_quoted(seen, print);
        seen += ']';
    }
    std::string json;
    sdk::JsonObject(json).text("time", mark.time).raw("seen", seen + "]").end();
    return json;
}

sdk::Result<Watermark> read_mark(const sdk::Body& body, const std::string& at) {
    TL_TRY(const auto time, body.pick(at + "/time"));
    TL_TRY(const auto users, body.pick_each(at + "/seen", "/0"));
    TL_TRY(const auto prints, body.pick_each(at + "/seen", "/1"));
    if (time.kind != sdk::JsonKind::string) {
        return sdk::Error(
            sdk::Status::config, "The stored state of the users cannot be read: reset the stream."
        );
    }
    Watermark mark{time.text, {}};
    for (std::size_t i = 0; i < users.size(); ++i)
        mark.seen[users[i].as_text()] = prints[i].as_text();
    return mark;
}

}  // namespace

void Watermark::see(const std::string& user, const std::string& changed, const std::string& print) {
    if (changed < time) return;
    if (changed > time) {
        time = changed;
        seen.clear();
    }
    if (seen.size() < k_most_seen) seen[user] = print;
}

bool Watermark::knows(const std::string& user, const std::string& changed, const std::string& print)
    const {
    if (changed != time) return changed < time;
    const auto found = seen.find(user);
    return found != seen.end() && found->second == print;
}

sdk::Result<UsersState> UsersState::parse(sdk::Job& job, const std::string& text) {
    UsersState state;
    if (text.empty()) return state;
    TL_TRY(const auto body, job.make_body(text));
    TL_TRY(state.done, read_mark(body, "/done"));
    TL_TRY(state.pending, read_mark(body, "/pending"));
    TL_TRY(const auto sweep, body.pick(std::vector<std::string>{"/next_page", "/total"}));
    state.next_page = static_cast<std::uint64_t>(sweep[0].as_int().value_or(0));
    state.total = sweep[1].as_int().value_or(0);
    return state;
}

std::string UsersState::text() const {
    std::string text;
    sdk::JsonObject(text)
        .raw("done", to_json(done))
        .raw("pending", to_json(pending))
        .number("next_page", static_cast<std::int64_t>(next_page))
        .number("total", total)
        .end();
    return text;
}

std::string fingerprint(const std::string& text) {
    std::uint64_t hash = 14695981039346656037U;
    for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211U;
    char hex[17];
    std::snprintf(hex, sizeof(hex), "%016llx", static_cast<unsigned long long>(hash));
    return hex;
}

}  // namespace request_tracker
