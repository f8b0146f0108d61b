// Stripe filters objects by creation only; what becomes of them later is told by events. Events are
// listed newest first, but have to be applied oldest first: so they are asked for by spans of time
// that are small enough for one page.
#include "collections.hpp"

#include <algorithm>
#include <iterator>
#include <optional>
#include <set>
#include <utility>

namespace stripe {

namespace {

constexpr std::int64_t k_kept_seconds = 29 * 86400;
/// Events become visible out of order; those of the last minutes are asked for again.
constexpr std::int64_t k_overlap_seconds = 120;
constexpr std::size_t k_most_remembered = 1000;

struct Event {
    std::string id, type, object_id, object;
    std::int64_t created = 0;
};

/// The ids of the events that were read within the overlap.
std::set<std::string> remembered(const sdk::State& state) {
    std::set<std::string> ids;
    const std::string text = state.text("recent");
    for (std::size_t from = 0; from < text.size();) {
        const std::size_t end = std::min(text.find(' ', from), text.size());
        ids.insert(text.substr(from, end - from));
        from = end + 1;
    }
    return ids;
}

/// Those of events that will be asked for again.
std::string ids_since(
    const std::vector<std::pair<std::int64_t, std::string>>& passed, std::int64_t from
) {
    std::string ids;
    std::size_t count = 0;
    for (auto event = passed.rbegin(); event != passed.rend() && count < k_most_remembered;
         ++event) {
        if (event->first < from) continue;
        ids += (ids.empty() ? "" : " ") + event->second;
        ++count;
    }
    return ids;
}

Result<std::vector<Event>> events_of(const sdk::Body& page) {
    TL_TRY(const auto ids, page.pick_each("/data", "/id"));
    TL_TRY(const auto types, page.pick_each("/data", "/type"));
    TL_TRY(const auto times, page.pick_each("/data", "/created"));
    TL_TRY(const auto objects, page.pick_each("/data", "/data/object"));
    TL_TRY(const auto object_ids, page.pick_each("/data", "/data/object/id"));
    std::vector<Event> events;
    for (std::size_t i = 0; i < ids.size(); ++i) {
        events.push_back(
            {ids[i].as_text(),
             types[i].as_text(),
             object_ids[i].as_text(),
             objects[i].text,
             times[i].as_int().value_or(0)}
        );
    }
    return events;
}

Result<sdk::HttpResponse> ask(
    Job& job, const Collection& collection, sdk::Window window, const std::string& after
) {
    sdk::HttpRequest request("api", "/events");
    request.param("limit", "100")
        .param("created[gte]", std::to_string(window.from))
        .param("created[lt]", std::to_string(window.until));
    for (const auto type : collection.events) request.param("types[]", std::string(type));
    if (!after.empty()) request.param("starting_after", after);
    return job.send(request);
}

/// All events of a span, oldest first; nothing when they are too many and the span can be cut.
Result<std::optional<std::vector<Event>>> events_in(
    Job& job, const Collection& collection, sdk::Window window
) {
    std::vector<Event> events;
    bool too_many = false;
    const auto fetch = [&](const std::string& at) -> Result<sdk::Fetched> {
        TL_TRY(auto answer, ask(job, collection, window, at));
        TL_TRY(const auto ids, answer.body().pick_each("/data", "/id"));
        TL_TRY(const auto more, answer.pick("/has_more"));
        const bool goes_on = more.as_bool().value_or(false) && !ids.empty();
        too_many = goes_on && window.width() > 1;
        return sdk::Fetched{
            std::move(answer),
            goes_on && !too_many ? ids.back().as_text() : "",
            ids.empty() ? "" : ids.front().as_text()};
    };
    const auto take = [&](const sdk::Fetched& page) -> Result<void> {
        TL_TRY(auto found, events_of(page.answer.body()));
        // What is taken for this span's would hide those that it really has.
        for (const Event& event : found) {
            if (event.created < window.from || event.created >= window.until)
                return Error(
                    sdk::Status::unavailable,
                    "Stripe gave events of another time than was asked for."
                );
        }
        std::move(found.begin(), found.end(), std::back_inserter(events));
        return {};
    };
    TL_CHECK(sdk::walk("", fetch, take));
    if (too_many) return std::optional<std::vector<Event>>();
    std::reverse(events.begin(), events.end());
    return std::optional(std::move(events));
}

/// The object as a record of the stream.
Result<std::string> record_of(Job& job, const Collection& collection, const Event& event) {
    if (collection.with_charge) return fetch_object(job, collection, event.object_id);
    constexpr std::string_view k_deleted = ".deleted";
    const bool deleted =
        event.type.size() > k_deleted.size() &&
        event.type.compare(event.type.size() - k_deleted.size(), k_deleted.size(), k_deleted) == 0;
    if (!deleted) return event.object;
    std::string record;
    sdk::JsonObject(record)
        .text("id", event.object_id)
        .text("object", collection.object)
        .boolean("deleted", true)
        .end();
    return record;
}

}  // namespace

bool has_missed_events(Job& job, const sdk::State& state) {
    return job.now_unix_ms() / 1000 - state.number("from") > k_kept_seconds;
}

Result<void> read_events(
    Job& job, const sdk::ReadArgs& args, const Collection& collection, sdk::State& state
) {
    std::set<std::string> seen = remembered(state);
    const std::int64_t until = job.now_unix_ms() / 1000 + 1;
    std::vector<std::pair<std::int64_t, std::string>> passed;
    sdk::Windows windows({state.number("from"), until});
    while (!windows.empty()) {
        const sdk::Window window = windows.front();
        TL_TRY(const auto events, events_in(job, collection, window));
        if (!events) {
            windows.split();
            continue;
        }
        std::string lines;
        for (const Event& event : *events) {
            if (!seen.insert(event.id).second) continue;
            TL_TRY(const auto record, record_of(job, collection, event));
            lines += record + "\n";
        }
        if (!lines.empty()) TL_CHECK(job.page_lines(args.stream, lines));
        windows.done();
        for (const Event& event : *events) passed.emplace_back(event.created, event.id);
        const std::int64_t from = std::min(window.until, until - 1 - k_overlap_seconds);
        state.set("from", from).set("recent", ids_since(passed, from));
        TL_CHECK(state.save(job, args.stream));
    }
    return {};
}

}  // namespace stripe
