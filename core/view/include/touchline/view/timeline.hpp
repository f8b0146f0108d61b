// A customer's timeline in display form.
#pragma once

#include "touchline/journey/vocabulary.hpp"
#include "touchline/json/writer.hpp"
#include "touchline/model/touchpoint.hpp"
#include "touchline/store/store.hpp"
#include "touchline/view/catalogue.hpp"
#include "touchline/view/reading.hpp"

#include <optional>
#include <string>
#include <vector>

namespace touchline::view {

struct TimelineItem {
    model::Touchpoint touchpoint;
    std::string title;     ///< "Case opened"
    std::string identity;  ///< "helpdesk.user:55": whose it is
    std::string department, department_name;
    const journey::Phase* phase = nullptr;  ///< of the catalogue; null: in none
    std::string phase_by;                   ///< see journey::PhaseFound
    std::optional<double> mood;             ///< as measured, -1 to 1
    bool mood_stated = false;               ///< by the customer
    bool quiet = false;                     ///< automatic or passing
    bool hidden = false;                    ///< the reader may not see what it is
};

/// Passing things in a row, as one: "Read … and 13 other pages".
struct Burst {
    std::int64_t count = 0;
    Time from{}, to{};
    std::vector<std::string> subjects;  ///< a few of them, each once, newest first
};

struct TimelineRow {
    TimelineItem item;  ///< of a burst: the newest
    std::optional<Burst> burst;
};

enum class MoodFilter { any, low, high };

/// What of a timeline is asked for.
struct TimelineQuery {
    store::TimelineFilter filter;
    MoodFilter mood = MoodFilter::any;  ///< measured as unhappy or worse, as content or better
    bool people_only = false;           ///< without what is automatic or passing
    bool fold = false;                  ///< bursts as one row
    std::optional<Time> around;         ///< instead of the offset: from the newest row not after it
    std::int64_t offset = 0, limit = 100;
    /// For whom: filters by content do not find what is hidden from them.
    Reading reading = {};
};

struct Timeline {
    std::string customer;                ///< the living id
    std::int64_t total = 0, offset = 0;  ///< in rows
    std::int64_t touchpoints = 0;        ///< under the query, bursts counted in full
    store::FeedPosition as_of = 0;
    std::vector<TimelineRow> items;  ///< newest first
};

/// Error: not_found.
Result<Timeline> timeline(
    store::Reader& reader,
    const Catalogue& catalogue,
    std::string_view customer,
    const TimelineQuery& query
);

/// How many touchpoints fall into each part of a timeline.
struct Density {
    struct Part {
        Time from{};
        std::int64_t touchpoints = 0;
    };
    std::int64_t total = 0;
    std::vector<Part> parts;  ///< newest first, without empty ones
};
enum class DensityStep { day, week, month };  ///< by UTC; weeks begin on Monday

/// Under the query's filters. Error: not_found.
Result<Density> density(
    store::Reader& reader, std::string_view customer, const TimelineQuery& query, DensityStep step
);

/// One stored touchpoint in display form.
Result<TimelineItem> display(
    store::Reader& reader, const Catalogue& catalogue, const store::StoredTouchpoint& stored
);

/// "message.sent" towards us reads "Message received".
std::string title_of(const model::Touchpoint& touchpoint);

void write(json::Writer& writer, const TimelineRow& row);
void write(json::Writer& writer, const Timeline& timeline);
void write(json::Writer& writer, const Density& density);

}  // namespace touchline::view
