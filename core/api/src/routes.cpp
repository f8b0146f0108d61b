#include "routes.hpp"

#include <array>
#include <charconv>

namespace touchline::api {

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
        Route{"GET", "/api/v1/lookup", get_lookup},
        Route{"GET", "/api/v1/customers/{}", get_customer},
        Route{"GET", "/api/v1/customers/{}/summary", get_summary},
        Route{"GET", "/api/v1/customers/{}/journey", get_journey},
        Route{"GET", "/api/v1/customers/{}/timeline", get_timeline},
        Route{"GET", "/api/v1/customers/{}/timeline/density", get_density},
        Route{"GET", "/api/v1/customers/{}/pins", get_pins},
        Route{"POST", "/api/v1/customers/{}/pins", post_pin},
        Route{"POST", "/api/v1/customers/{}/notes", post_note},
        Route{"GET", "/api/v1/customers/{}/why", get_why},
        Route{"POST", "/api/v1/customers/{}/fields/{}", post_field},
        Route{"POST", "/api/v1/customers/{}/merge", post_merge},
        Route{"POST", "/api/v1/customers/{}/split", post_split},
        Route{"POST", "/api/v1/undo", post_undo},
        Route{"GET", "/api/v1/review", get_review},
        Route{"POST", "/api/v1/review/{}", post_review},
        Route{"GET", "/api/v1/connections", get_connections},
        Route{"POST", "/api/v1/connections/{}/run", post_run},
        Route{"GET", "/api/v1/destinations", get_destinations},
        Route{"POST", "/api/v1/destinations/{}/enable", post_enable},
        Route{"GET", "/api/v1/dead-letters", get_dead_letters},
        Route{"GET", "/api/v1/dead-letters/causes", get_dead_letter_causes},
        Route{"POST", "/api/v1/dead-letters/drop", post_dead_letter_drop},
        Route{"POST", "/api/v1/dead-letters/{}/retry", post_dead_letter_retry},
        Route{"GET", "/api/v1/connections/{}/runs", get_runs},
        Route{"GET", "/api/v1/streams", get_streams},
        Route{"GET", "/api/v1/connections/{}/streams/{}/samples", get_samples},
        Route{"GET", "/api/v1/connections/{}/streams/{}/mapping", get_mapping},
        Route{"POST", "/api/v1/connections/{}/streams/{}/mapping", post_mapping},
        Route{"POST", "/api/v1/connections/{}/streams/{}/trial", post_trial},
        Route{"GET", "/api/v1/raw-volume", get_raw_volume},
        Route{"GET", "/api/v1/replays", get_replays},
        Route{"POST", "/api/v1/replays", post_replay},
        Route{"POST", "/api/v1/replays/{}/cancel", post_replay_cancel},
        Route{"GET", "/api/v1/plans", get_plans},
        Route{"POST", "/api/v1/plans", post_plan},
        Route{"GET", "/api/v1/plans/{}", get_plan},
        Route{"POST", "/api/v1/plans/{}/cancel", post_plan_cancel},
        Route{"POST", "/api/v1/plans/{}/apply", post_plan_apply},
        Route{"GET", "/api/v1/tap", get_tap},
    };
    return k_routes;
}

}  // namespace touchline::api
