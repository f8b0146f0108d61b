#include "routes.hpp"

#include <array>
#include <charconv>

namespace touchline::api {
namespace {

using access::Role;

constexpr access::Roles k_everybody{Role::agent, Role::lead, Role::integrator, Role::admin};
constexpr access::Roles k_people{Role::agent, Role::lead, Role::admin};
constexpr access::Roles k_operators{Role::integrator, Role::admin};
constexpr access::Roles k_admins{Role::admin};

}  // namespace

std::string Call::query(std::string_view name) const {
    const auto found = request.query.find(std::string(name));
    return found == request.query.end() ? std::string() : found->second;
}

Result<std::int64_t> Call::number(
    std::string_view name, std::int64_t fallback, std::int64_t low, std::int64_t high
) const {
    const std::string text = query(name);
    if (text.empty()) return fallback;
    std::int64_t value = 0;
    const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (fault == std::errc() && end == text.data() + text.size() && value >= low && value <= high)
        return value;
    return Error(
        Code::bad_data,
        std::string(name) + " has to be a whole number between " + std::to_string(low) + " and " +
            std::to_string(high)
    );
}

Result<bool> Call::flag(std::string_view name) const {
    const auto found = request.query.find(std::string(name));
    if (found == request.query.end()) return false;
    const std::string& text = found->second;
    if (text.empty() || text == "1" || text == "true") return true;
    if (text == "0" || text == "false") return false;
    return Error(Code::bad_data, std::string(name) + " has to be true or false");
}

Result<std::optional<Time>> Call::time(std::string_view name) const {
    const std::string text = query(name);
    if (text.empty()) return std::optional<Time>();
    TOUCHLINE_TRY(const Time time, parse_rfc3339(text).with(std::string(name)));
    return std::optional(time);
}

std::span<const Route> routes() {
    static constexpr std::array k_routes = {
        Route{"GET", "/api/v1/lookup", get_lookup, k_everybody},
        Route{"GET", "/api/v1/customers/{}", get_customer, k_everybody},
        Route{"GET", "/api/v1/customers/{}/summary", get_summary, k_everybody},
        Route{"GET", "/api/v1/customers/{}/journey", get_journey, k_everybody},
        Route{"GET", "/api/v1/customers/{}/timeline", get_timeline, k_everybody},
        Route{"GET", "/api/v1/customers/{}/timeline/density", get_density, k_everybody},
        Route{"GET", "/api/v1/customers/{}/export", get_export, k_people},
        Route{"GET", "/api/v1/customers/{}/pins", get_pins, k_everybody},
        Route{"POST", "/api/v1/customers/{}/pins", post_pin, k_people},
        Route{"POST", "/api/v1/customers/{}/notes", post_note, k_people},
        Route{"GET", "/api/v1/customers/{}/why", get_why, k_everybody},
        Route{"POST", "/api/v1/customers/{}/fields/{}", post_field, k_people},
        Route{"POST", "/api/v1/customers/{}/merge", post_merge, k_people},
        Route{"POST", "/api/v1/customers/{}/split", post_split, k_people},
        Route{"POST", "/api/v1/undo", post_undo, k_people},
        Route{"GET", "/api/v1/review", get_review, k_everybody},
        Route{"POST", "/api/v1/review/{}", post_review, k_people},
        Route{"GET", "/api/v1/connections", get_connections, k_everybody},
        Route{"POST", "/api/v1/connections/{}/run", post_run, k_operators},
        Route{"GET", "/api/v1/destinations", get_destinations, k_operators},
        Route{"POST", "/api/v1/destinations/{}/enable", post_enable, k_operators},
        Route{"GET", "/api/v1/dead-letters", get_dead_letters, k_operators},
        Route{"POST", "/api/v1/dead-letters/{}/retry", post_dead_letter_retry, k_operators},
        Route{"GET", "/api/v1/audit", get_audit, k_admins},
        Route{"GET", "/api/v1/users", get_users, k_admins},
        Route{"POST", "/api/v1/users/{}", post_user, k_admins},
        Route{"POST", "/api/v1/users/{}/role", post_user_role, k_admins},
        Route{"POST", "/api/v1/users/{}/password", post_user_password, k_admins},
        Route{"POST", "/api/v1/users/{}/disable", post_user_disable, k_admins},
        Route{"POST", "/api/v1/users/{}/enable", post_user_enable, k_admins},
        Route{"GET", "/api/v1/dead-letters/causes", get_dead_letter_causes, k_operators},
        Route{"POST", "/api/v1/dead-letters/drop", post_dead_letter_drop, k_operators},
        Route{"GET", "/api/v1/dead-letters/dropped", get_droppings, k_operators},
        Route{
            "POST", "/api/v1/dead-letters/dropped/{}/restore", post_dropping_restore, k_operators},
        Route{"GET", "/api/v1/connections/{}/runs", get_runs, k_operators},
        Route{"GET", "/api/v1/connections/{}/requests", get_requests, k_operators},
        Route{"GET", "/api/v1/streams", get_streams, k_operators},
        Route{"GET", "/api/v1/connections/{}/streams/{}/samples", get_samples, k_operators},
        Route{"GET", "/api/v1/connections/{}/streams/{}/mapping", get_mapping, k_operators},
        Route{"POST", "/api/v1/connections/{}/streams/{}/mapping", post_mapping, k_operators},
        Route{"POST", "/api/v1/connections/{}/streams/{}/trial", post_trial, k_operators},
        Route{"GET", "/api/v1/raw-volume", get_raw_volume, k_operators},
        Route{"GET", "/api/v1/replays", get_replays, k_operators},
        Route{"POST", "/api/v1/replays", post_replay, k_operators},
        Route{"POST", "/api/v1/replays/{}/cancel", post_replay_cancel, k_operators},
        Route{"GET", "/api/v1/plans", get_plans, k_operators},
        Route{"POST", "/api/v1/plans", post_plan, k_operators},
        Route{"GET", "/api/v1/plans/{}", get_plan, k_operators},
        Route{"POST", "/api/v1/plans/{}/cancel", post_plan_cancel, k_operators},
        Route{"POST", "/api/v1/plans/{}/apply", post_plan_apply, k_operators},
        Route{"GET", "/api/v1/tap", get_tap, k_operators},
    };
    return k_routes;
}

}  // namespace touchline::api
