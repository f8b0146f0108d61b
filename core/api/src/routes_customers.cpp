#include "problem.hpp"
#include "routes.hpp"
#include "timeline_query.hpp"

#include "touchline/identity/normalise.hpp"
#include "touchline/view/customer.hpp"
#include "touchline/view/journey.hpp"
#include "touchline/view/lookup.hpp"
#include "touchline/view/masking.hpp"
#include "touchline/view/summary.hpp"
#include "touchline/view/timeline.hpp"

#include <algorithm>
#include <array>

namespace touchline::api {
namespace {

constexpr std::int64_t k_max_timeline = 200;
constexpr std::int64_t k_max_lookup = 50;
constexpr std::int64_t k_max_offset = 100'000'000;

template <typename... Written>
net::ServerResponse written(const Written&... parts) {
    json::Writer writer;
    write(writer, parts...);
    return json_response(writer.take());
}

constexpr std::array k_steps = {
    std::pair(std::string_view("day"), view::DensityStep::day),
    std::pair(std::string_view("week"), view::DensityStep::week),
    std::pair(std::string_view("month"), view::DensityStep::month)};

}  // namespace

Answer get_lookup(const Call& call) {
    const std::string text = call.query("q");
    if (text.empty() || text.size() > 320) {
        return Error(
            Code::bad_data,
            "q has to be an e-mail address, a phone number or a name of at most 320 bytes"
        );
    }
    TOUCHLINE_TRY(const std::int64_t limit, call.number("limit", 10, 1, k_max_lookup));
    TOUCHLINE_TRY(const auto reader, call.options.environment.store.reader());
    const identity::Normaliser normaliser(call.options.environment.policy);
    TOUCHLINE_TRY(
        view::Lookup found,
        view::lookup(
            *reader, call.options.catalogue, normaliser, text, static_cast<std::size_t>(limit)
        )
    );
    view::mask(found, call.reading());
    return written(found);
}

Answer get_customer(const Call& call) {
    TOUCHLINE_TRY(const auto reader, call.options.environment.store.reader());
    const Time now = call.options.environment.clock.now();
    TOUCHLINE_TRY(
        view::CustomerView found, view::customer(*reader, call.options.catalogue, call.path[0], now)
    );
    view::mask(found, call.reading(), call.options.catalogue);
    return written(found);
}

Answer get_summary(const Call& call) {
    TOUCHLINE_TRY(const auto reader, call.options.environment.store.reader());
    const Time now = call.options.environment.clock.now();
    TOUCHLINE_TRY(
        view::Summary found,
        view::summary(*reader, call.options.catalogue, call.path[0], now, call.reading())
    );
    view::mask(found, call.reading());
    return written(found, call.options.catalogue);
}

Answer get_journey(const Call& call) {
    TOUCHLINE_TRY(const auto reader, call.options.environment.store.reader());
    const Time now = call.options.environment.clock.now();
    TOUCHLINE_TRY(
        view::JourneyView found,
        view::journey_of(*reader, call.options.catalogue, call.path[0], now, call.reading())
    );
    view::mask(found, call.reading());
    return written(found);
}

Answer get_timeline(const Call& call) {
    TOUCHLINE_TRY(view::TimelineQuery query, timeline_query(call));
    TOUCHLINE_TRY(query.offset, call.number("offset", 0, 0, k_max_offset));
    TOUCHLINE_TRY(query.limit, call.number("limit", 100, 1, k_max_timeline));
    TOUCHLINE_TRY(query.fold, call.flag("fold"));
    TOUCHLINE_TRY(query.around, call.time("around"));
    TOUCHLINE_TRY(const auto reader, call.options.environment.store.reader());
    TOUCHLINE_TRY(
        view::Timeline found, view::timeline(*reader, call.options.catalogue, call.path[0], query)
    );
    view::mask(found, call.reading());
    return written(found);
}

Answer get_density(const Call& call) {
    TOUCHLINE_TRY(const view::TimelineQuery query, timeline_query(call));
    const std::string step = call.query("step");
    const auto found = std::find_if(k_steps.begin(), k_steps.end(), [&step](const auto& one) {
        return one.first == step || (step.empty() && one.first == "week");
    });
    if (found == k_steps.end()) return Error(Code::bad_data, "step has to be day, week or month");
    TOUCHLINE_TRY(const auto reader, call.options.environment.store.reader());
    TOUCHLINE_TRY(
        const view::Density density, view::density(*reader, call.path[0], query, found->second)
    );
    return written(density);
}

}  // namespace touchline::api
