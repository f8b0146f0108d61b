#include "problem.hpp"
#include "routes.hpp"

#include "touchline/identity/normalise.hpp"
#include "touchline/view/customer.hpp"
#include "touchline/view/lookup.hpp"
#include "touchline/view/summary.hpp"
#include "touchline/view/timeline.hpp"

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
        const view::Lookup found,
        view::lookup(
            *reader, call.options.catalogue, normaliser, text, static_cast<std::size_t>(limit)
        )
    );
    return written(found);
}

Answer get_customer(const Call& call) {
    TOUCHLINE_TRY(const auto reader, call.options.environment.store.reader());
    const Time now = call.options.environment.clock.now();
    TOUCHLINE_TRY(
        const view::CustomerView found,
        view::customer(*reader, call.options.catalogue, call.path[0], now)
    );
    return written(found);
}

Answer get_summary(const Call& call) {
    TOUCHLINE_TRY(const auto reader, call.options.environment.store.reader());
    const Time now = call.options.environment.clock.now();
    TOUCHLINE_TRY(
        const view::Summary found, view::summary(*reader, call.options.catalogue, call.path[0], now)
    );
    return written(found, call.options.catalogue);
}

Answer get_timeline(const Call& call) {
    TOUCHLINE_TRY(const std::int64_t offset, call.number("offset", 0, 0, k_max_offset));
    TOUCHLINE_TRY(const std::int64_t limit, call.number("limit", 100, 1, k_max_timeline));
    store::TimelineFilter filter;
    filter.department = call.query("department");
    filter.kind = call.query("kind");
    filter.channel = call.query("channel");
    filter.text = call.query("q");
    for (const auto& [name, bound] :
         {std::pair("before", &filter.before), std::pair("after", &filter.after)}) {
        const std::string text = call.query(name);
        if (text.empty()) continue;
        TOUCHLINE_TRY(*bound, parse_rfc3339(text).with(name));
    }
    TOUCHLINE_TRY(const auto reader, call.options.environment.store.reader());
    TOUCHLINE_TRY(
        const view::Timeline found,
        view::timeline(*reader, call.options.catalogue, call.path[0], filter, offset, limit)
    );
    return written(found);
}

}  // namespace touchline::api
