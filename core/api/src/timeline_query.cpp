#include "timeline_query.hpp"

namespace touchline::api {

Result<view::TimelineQuery> timeline_query(const Call& call) {
    view::TimelineQuery query;
    query.reading = call.reading();
    query.filter.department = call.query("department");
    query.filter.kind = call.query("kind");
    query.filter.channel = call.query("channel");
    query.filter.text = call.query("q");
    query.filter.ref = call.query("ref");
    TOUCHLINE_TRY(query.filter.before, call.time("before"));
    TOUCHLINE_TRY(query.filter.after, call.time("after"));
    TOUCHLINE_TRY(query.people_only, call.flag("people"));
    const std::string mood = call.query("mood");
    if (mood == "low")
        query.mood = view::MoodFilter::low;
    else if (mood == "high")
        query.mood = view::MoodFilter::high;
    else if (!mood.empty())
        return Error(Code::bad_data, "mood has to be low or high");
    return query;
}

}  // namespace touchline::api
