#include "touchline/view/pins.hpp"

#include "customer_keys.hpp"

#include "touchline/view/timeline.hpp"

namespace touchline::view {
namespace {

std::string title_of_pin(const TimelineItem& item) {
    const model::Touchpoint& touchpoint = item.touchpoint;
    const bool is_note = touchpoint.kind == "note.added" && !touchpoint.snippet.empty();
    if (is_note) return touchpoint.snippet;
    return touchpoint.subject.empty() ? item.title : touchpoint.subject;
}

}  // namespace

Result<std::vector<PinView>> pins(
    store::Reader& reader, const Catalogue& catalogue, std::string_view customer
) {
    TOUCHLINE_TRY(const CustomerKeys keys, customer_keys(reader, customer));
    TOUCHLINE_TRY(const auto stored, reader.pins(keys.identity_keys));
    std::vector<PinView> found;
    for (const store::Pin& pin : stored) {
        TOUCHLINE_TRY(const auto touchpoint, reader.touchpoint(pin.touchpoint));
        if (!touchpoint) continue;
        TOUCHLINE_TRY(const TimelineItem item, display(reader, catalogue, *touchpoint));
        found.push_back(
            {item.touchpoint.id,
             title_of_pin(item),
             item.touchpoint.occurred_at,
             item.touchpoint.direction == model::Direction::internal,
             pin.author,
             pin.at,
             item.department,
             item.touchpoint.privacy_class}
        );
    }
    return found;
}

void write(json::Writer& writer, const std::vector<PinView>& pins) {
    writer.begin_object().key("pins").begin_array();
    for (const PinView& pin : pins) {
        writer.begin_object().member("touchpoint", pin.touchpoint).member("title", pin.title);
        writer.member("occurred_at", format_rfc3339(pin.occurred_at));
        writer.member("internal", pin.internal).member("author", pin.author);
        writer.member("at", format_rfc3339(pin.at)).end_object();
    }
    writer.end_array().end_object();
}

}  // namespace touchline::view
