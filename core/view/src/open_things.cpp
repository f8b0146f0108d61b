#include "open_things.hpp"

#include "touchpoint_reader.hpp"

#include <algorithm>
#include <array>
#include <map>

namespace touchline::view {
namespace {

constexpr std::int64_t k_look_back = 500;
constexpr std::chrono::hours k_long_wait{24};

bool is_open_status(std::string_view status) {
    return status == "open" || status == "waiting" || status == "failed";
}

const model::Ref* ref_of(const model::Touchpoint& touchpoint, std::string_view rel) {
    for (const model::Ref& ref : touchpoint.refs) {
        if (ref.rel == rel) return &ref;
    }
    return nullptr;
}

/// What the newest touchpoint about a thing says of it. A case is over when it was solved or
/// closed, whatever its first touchpoint still says.
enum class Verdict { open, over, silent };

Verdict verdict_of(std::string_view rel, const model::Touchpoint& touchpoint) {
    const std::string& kind = touchpoint.kind;
    if (rel == "case") {
        if (kind == "case.solved" || kind == "case.closed") return Verdict::over;
        if (kind == "case.opened" || kind == "case.reopened") {
            return touchpoint.status.empty() || is_open_status(touchpoint.status) ? Verdict::open
                                                                                  : Verdict::over;
        }
        return Verdict::silent;
    }
    if (rel == "invoice") {
        if (kind == "invoice.paid" || kind == "invoice.cancelled") return Verdict::over;
        if (kind == "invoice.overdue" || kind == "invoice.disputed") return Verdict::open;
        // An invoice that is not due yet is nobody's worry.
        const bool is_late = touchpoint.status == "waiting" || touchpoint.status == "failed";
        return is_late ? Verdict::open : Verdict::over;
    }
    if (kind == "task.completed" || kind == "task.cancelled") return Verdict::over;
    return is_open_status(touchpoint.status) ? Verdict::open : Verdict::over;
}

struct Watched {
    std::string_view rel, kinds;
};
constexpr std::array k_watched = {
    Watched{"case", "case"}, Watched{"invoice", "invoice"}, Watched{"task", "task"}};

/// Things of one kind, from their touchpoints newest first.
void add_open(
    std::string_view rel, const std::vector<TimelineItem>& items, std::vector<OpenThing>& result
) {
    std::map<std::string, Verdict> decided;
    std::map<std::string, OpenThing> open;
    for (const TimelineItem& item : items) {
        const model::Touchpoint& touchpoint = item.touchpoint;
        const model::Ref* ref = ref_of(touchpoint, rel);
        const std::string id = ref != nullptr  ? ref->id
                               : rel == "task" ? touchpoint.source.external_id
                                               : std::string();
        if (id.empty()) continue;
        const auto [entry, is_new] = decided.try_emplace(id, Verdict::silent);
        if (entry->second == Verdict::silent) entry->second = verdict_of(rel, touchpoint);
        if (entry->second != Verdict::open) continue;
        OpenThing& thing = open[id];
        // The newest says who has it and how it stands, the oldest since when.
        if (thing.ref.empty()) {
            thing.rel = rel;
            thing.ref = id;
            thing.status = touchpoint.status;
            thing.employee = touchpoint.owner.employee;
            thing.department = item.department;
            thing.department_name = item.department_name;
            thing.connection = touchpoint.source.connection;
            thing.privacy_class = touchpoint.privacy_class;
        }
        if (!touchpoint.source.url.empty()) thing.url = touchpoint.source.url;
        if (ref != nullptr && !ref->url.empty()) thing.url = ref->url;
        if (verdict_of(rel, touchpoint) == Verdict::open) thing.since = touchpoint.occurred_at;
        thing.title = touchpoint.subject.empty() ? item.title : touchpoint.subject;
    }
    for (auto& [id, thing] : open) result.push_back(std::move(thing));
}

/// What was said about a case, newest first.
using Talk = std::map<std::string, std::vector<std::pair<Time, bool>>, std::less<>>;

Result<Talk> recent_talk(store::Reader& reader, const CustomerKeys& keys) {
    store::TimelineFilter filter;
    filter.kind = "message,call,case.opened,case.reopened";
    TOUCHLINE_TRY(
        const store::TimelinePage page, reader.timeline(keys.identity_keys, filter, 0, k_look_back)
    );
    Talk talk;
    TouchpointReader touchpoints;
    for (const store::StoredTouchpoint& stored : page.items) {
        TOUCHLINE_TRY(const model::Touchpoint touchpoint, touchpoints.read(stored));
        const model::Ref* about = ref_of(touchpoint, "case");
        if (about == nullptr) continue;
        const bool is_ours = touchpoint.direction != model::Direction::inbound;
        talk[about->id].emplace_back(touchpoint.occurred_at, is_ours);
    }
    return talk;
}

/// The customer wrote or called about it last, and has waited since the first time unanswered.
void add_waiting(const Talk& talk, OpenThing& thing, Time now) {
    if (thing.rel == "invoice") thing.late = true;
    const auto said = thing.rel == "case" ? talk.find(thing.ref) : talk.end();
    if (said == talk.end()) return;
    for (const auto& [at, is_ours] : said->second) {
        if (is_ours) break;
        thing.waiting_since = at;
    }
    thing.late = thing.waiting_since && now - *thing.waiting_since > k_long_wait;
}

}  // namespace

Result<std::vector<OpenThing>> open_things(
    store::Reader& reader, const Catalogue& catalogue, const CustomerKeys& keys, Time now
) {
    std::vector<OpenThing> things;
    for (const Watched& watched : k_watched) {
        store::TimelineFilter filter;
        filter.kind = watched.kinds;
        TOUCHLINE_TRY(
            const store::TimelinePage page,
            reader.timeline(keys.identity_keys, filter, 0, k_look_back)
        );
        std::vector<TimelineItem> items;
        for (const store::StoredTouchpoint& stored : page.items) {
            TOUCHLINE_TRY(TimelineItem item, display(reader, catalogue, stored));
            items.push_back(std::move(item));
        }
        add_open(watched.rel, items, things);
    }
    if (things.empty()) return things;
    TOUCHLINE_TRY(const Talk talk, recent_talk(reader, keys));
    for (OpenThing& thing : things) add_waiting(talk, thing, now);
    std::sort(things.begin(), things.end(), [](const OpenThing& a, const OpenThing& b) {
        return a.late != b.late ? a.late : a.since < b.since;
    });
    return things;
}

}  // namespace touchline::view
