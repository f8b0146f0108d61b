#include "touchline/view/journey.hpp"

#include "background.hpp"
#include "quiet.hpp"
#include "touchpoint_reader.hpp"

#include <algorithm>
#include <unordered_map>

namespace touchline::view {
namespace {

using std::chrono::days;

constexpr days k_recent{56}, k_long_term{78 * 7};
constexpr std::size_t k_recent_parts = 56, k_long_term_parts = 78;
/// Phases change more slowly than contacts come in.
constexpr std::size_t k_recent_spells = 14, k_long_term_spells = 13;
constexpr std::size_t k_moments = 5;

/// What only the contents of a touchpoint tell.
struct Annotation {
    std::string phase, phase_by;
    std::optional<double> mood;
    bool stated = false;
};

struct Measured {
    std::unordered_map<std::int64_t, Annotation> annotations;  ///< by touchpoint key
    std::vector<journey::Feeling> feelings;                    ///< newest first
};

Result<Measured> measured_of(
    store::Reader& reader,
    const Catalogue& catalogue,
    const CustomerKeys& keys,
    const Reading& reading
) {
    Measured measured;
    TOUCHLINE_TRY(const auto annotated, reader.annotated(keys.identity_keys));
    TouchpointReader touchpoints;
    for (const store::StoredTouchpoint& stored : annotated) {
        TOUCHLINE_TRY(const model::Touchpoint touchpoint, touchpoints.read(stored));
        auto feelings = reading.reads(catalogue, touchpoint) ? journey::feelings_of(touchpoint)
                                                             : std::vector<journey::Feeling>();
        Annotation annotation{touchpoint.phase, touchpoint.phase_by, {}, false};
        if (!feelings.empty()) {
            annotation.mood = feelings.front().mood;
            annotation.stated = feelings.front().stated;
        }
        measured.annotations.emplace(static_cast<std::int64_t>(stored.key), std::move(annotation));
        std::move(feelings.begin(), feelings.end(), std::back_inserter(measured.feelings));
    }
    return measured;
}

/// Oldest first.
std::vector<journey::Step> steps_of(
    const journey::Vocabulary& vocabulary,
    const store::TimelinePlaces& found,
    const Background& behind,
    const Measured& measured
) {
    std::vector<journey::Step> steps;
    steps.reserve(found.places.size());
    for (auto place = found.places.rbegin(); place != found.places.rend(); ++place) {
        journey::Moment moment;
        moment.at = place->at;
        moment.kind = found.kind_of(*place);
        moment.is_first = place->at == behind.first;
        journey::Step step;
        step.at = place->at;
        step.quiet = is_quiet(moment.kind);
        const auto note = measured.annotations.find(static_cast<std::int64_t>(place->key));
        if (note != measured.annotations.end()) {
            moment.stated_phase = note->second.phase;
            moment.stated_by = note->second.phase_by;
            moment.mood = step.mood = note->second.mood;
            step.stated = note->second.stated;
        }
        step.phase = journey::phase_of(vocabulary, moment, behind.standings).phase;
        steps.push_back(step);
    }
    return steps;
}

JourneyView::Window window_of(
    const std::vector<journey::Step>& steps,
    const std::vector<journey::Feeling>& feelings,
    Time from,
    Time to,
    std::size_t parts,
    std::size_t spells
) {
    return {
        from,
        to,
        journey::spells(steps, from, to, spells),
        journey::volume(steps, from, to, parts),
        journey::moments(feelings, from, to, k_moments)};
}

/// The phase of the latest step that a person took, and since when all of them were of it.
std::optional<journey::Spell> current_of(const std::vector<journey::Step>& steps, Time now) {
    std::optional<journey::Spell> current;
    for (auto step = steps.rbegin(); step != steps.rend(); ++step) {
        if (step->phase == nullptr || step->quiet) continue;
        if (!current) {
            current = journey::Spell{step->phase, step->at, now};
        } else if (step->phase == current->phase) {
            current->from = step->at;
        } else {
            break;
        }
    }
    return current;
}

void write(json::Writer& writer, const journey::Feeling& feeling) {
    const model::Experience& measured = feeling.measured;
    writer.begin_object().member("at", format_rfc3339(feeling.at)).member("mood", feeling.mood);
    writer.member("tone", journey::to_string(journey::tone_of(feeling.mood)));
    writer.member("stated", feeling.stated).member("measure", measured.measure);
    writer.member("value", measured.value);
    if (measured.min) writer.member("min", *measured.min);
    if (measured.max) writer.member("max", *measured.max);
    writer.member("by", measured.by).member("touchpoint", feeling.touchpoint);
    writer.member("title", feeling.title).end_object();
}

void write(json::Writer& writer, const std::vector<journey::Feeling>& feelings) {
    writer.begin_array();
    for (const journey::Feeling& feeling : feelings) write(writer, feeling);
    writer.end_array();
}

void write(json::Writer& writer, const JourneyView::Window& window) {
    writer.begin_object().member("from", format_rfc3339(window.from));
    writer.member("to", format_rfc3339(window.to)).key("spells").begin_array();
    for (const journey::Spell& spell : window.spells) {
        writer.begin_object().member("phase", spell.phase->id);
        writer.member("from", format_rfc3339(spell.from));
        writer.member("to", format_rfc3339(spell.to)).end_object();
    }
    writer.end_array().key("volume").begin_array();
    for (const std::int64_t count : window.volume) writer.value(count);
    writer.end_array().key("moments");
    write(writer, window.moments);
    writer.end_object();
}

void write(json::Writer& writer, const journey::PhaseFigures& figures) {
    const auto number = [&writer](std::string_view name, const std::optional<double>& value) {
        if (value) writer.member(name, *value);
    };
    writer.begin_object().member("id", figures.phase->id).member("name", figures.phase->name);
    writer.member("stage", journey::to_string(figures.phase->stage));
    writer.member("question", figures.phase->question);
    writer.member("touchpoints", figures.touchpoints).member("stated", figures.stated);
    writer.member("estimated", figures.estimated);
    number("mood", figures.mood);
    number("mood_estimated", figures.mood_estimated);
    number("quartile_low", figures.quartile_low);
    number("quartile_high", figures.quartile_high);
    if (figures.first) writer.member("first", format_rfc3339(*figures.first));
    if (figures.last) writer.member("last", format_rfc3339(*figures.last));
    writer.end_object();
}

void write(json::Writer& writer, const journey::Score& score) {
    writer.begin_object().member("value", score.value).member("worst", score.worst);
    writer.member("latest", score.latest);
    writer.member("measurements", static_cast<std::int64_t>(score.measurements));
    writer.key("contributions").begin_array();
    for (const journey::Contribution& one : score.contributions) {
        writer.begin_object().member("share", one.share).key("feeling");
        write(writer, one.feeling);
        writer.end_object();
    }
    writer.end_array().end_object();
}

}  // namespace

Result<JourneyView> journey_of(
    store::Reader& reader,
    const Catalogue& catalogue,
    std::string_view customer,
    Time now,
    const Reading& reading
) {
    TOUCHLINE_TRY(const CustomerKeys keys, customer_keys(reader, customer));
    TOUCHLINE_TRY(const Background behind, background(reader, keys));
    TOUCHLINE_TRY(Measured measured, measured_of(reader, catalogue, keys, reading));
    TOUCHLINE_TRY(const store::TimelinePlaces places, reader.places(keys.identity_keys, {}));
    const auto steps = steps_of(catalogue.phases, places, behind, measured);
    std::reverse(measured.feelings.begin(), measured.feelings.end());
    auto& feelings = measured.feelings;

    JourneyView view;
    view.customer = keys.customer.id;
    view.as_of = now;
    view.current = current_of(steps, now);
    view.phases = journey::figures_by_phase(catalogue.phases, steps);
    view.recent = window_of(steps, feelings, now - k_recent, now, k_recent_parts, k_recent_spells);
    view.long_term =
        window_of(steps, feelings, now - k_long_term, now, k_long_term_parts, k_long_term_spells);
    view.score = journey::score_of(feelings, now);
    // One point before the window, so that the curve comes in from somewhere.
    auto first = std::find_if(feelings.begin(), feelings.end(), [&](const auto& feeling) {
        return feeling.at >= view.long_term.from;
    });
    if (first != feelings.begin()) --first;
    feelings.erase(feelings.begin(), first);
    view.feelings = std::move(feelings);
    return view;
}

void write(json::Writer& writer, const JourneyView& view) {
    writer.begin_object().member("customer", view.customer);
    writer.member("as_of", format_rfc3339(view.as_of)).key("current");
    if (view.current) {
        writer.begin_object().member("phase", view.current->phase->id);
        writer.member("name", view.current->phase->name);
        writer.member("since", format_rfc3339(view.current->from)).end_object();
    } else {
        writer.null();
    }
    writer.key("phases").begin_array();
    for (const journey::PhaseFigures& figures : view.phases) write(writer, figures);
    writer.end_array().key("recent");
    write(writer, view.recent);
    writer.key("long_term");
    write(writer, view.long_term);
    writer.key("feelings");
    write(writer, view.feelings);
    writer.key("score");
    view.score ? write(writer, *view.score) : static_cast<void>(writer.null());
    writer.end_object();
}

}  // namespace touchline::view
