#include "touchline/view/masking.hpp"

#include "touchline/json/view.hpp"

#include <algorithm>
#include <array>

namespace touchline::view {
namespace {

constexpr std::string_view k_hidden = "hidden";

/// "job.phone", "address.city" and "email" are ways to reach somebody.
bool is_contact_field(std::string_view field) {
    constexpr std::array k_contact = {
        std::string_view("email"),
        std::string_view("phone"),
        std::string_view("mobile"),
        std::string_view("fax"),
        std::string_view("address"),
        std::string_view("street"),
        std::string_view("postcode"),
        std::string_view("postal"),
        std::string_view("zip"),
        std::string_view("whatsapp")};
    while (!field.empty()) {
        const std::size_t end = std::min(field.find_first_of("._-"), field.size());
        if (std::find(k_contact.begin(), k_contact.end(), field.substr(0, end)) != k_contact.end())
            return true;
        field.remove_prefix(std::min(end + 1, field.size()));
    }
    return false;
}

void mask_text(std::string& text, const Reading& reading) {
    if (!reading.contacts) text = without_contacts(text);
}

/// An address that names somebody.
void mask_url(std::string& url, const Reading& reading) {
    const bool names = url.find('@') != std::string::npos || url.find("%40") != std::string::npos;
    if (!reading.contacts && names) url.clear();
}

/// `value` is JSON.
void mask_value(std::string_view field, std::string& value, const Reading& reading) {
    if (reading.contacts) return;
    const auto document = json::Document::parse(value);
    const auto text = document ? document->root().as_string() : std::nullopt;
    const bool is_contact = is_contact_field(field);
    if (!text && !is_contact) return;
    json::Writer writer;
    writer.value(is_contact ? masked_contact(text.value_or("")) : without_contacts(*text));
    value = writer.take();
}

bool reads_value(const FieldValue& value, const Reading& reading, const Catalogue& catalogue) {
    return reading.reads_connection(
        catalogue, std::string_view(value.from).substr(0, value.from.find('/'))
    );
}

/// The best that may be read; false when nothing of it may.
bool keep_readable(Field& field, const Reading& reading, const Catalogue& catalogue) {
    std::erase_if(field.rivals, [&](const FieldValue& rival) {
        return !reads_value(rival, reading, catalogue);
    });
    if (field.current && reads_value(*field.current, reading, catalogue)) return true;
    if (field.rivals.empty()) return false;
    if (!field.current) return true;
    field.current = std::move(field.rivals.front());
    field.rivals.erase(field.rivals.begin());
    return true;
}

void mask(OpenThing& thing, const Reading& reading) {
    if (reading.reads(thing.department, thing.privacy_class)) {
        mask_text(thing.title, reading);
        mask_url(thing.url, reading);
        return;
    }
    thing.ref.clear();
    thing.title.clear();
    thing.url.clear();
    thing.connection.clear();
    thing.employee.clear();
    thing.hidden = true;
}

void mask(std::vector<journey::Feeling>& feelings, const Reading& reading) {
    for (journey::Feeling& feeling : feelings) mask_text(feeling.title, reading);
}

}  // namespace

void mask(Lookup& lookup, const Reading& reading) {
    if (reading.contacts) return;
    for (Match& match : lookup.matches) {
        match.name = without_contacts(match.name);
        const std::size_t space = match.why.find(' ');
        if (space != std::string::npos &&
            reading.contact_namespaces.contains(match.why.substr(0, space)))
            match.why.replace(
                space + 1, std::string::npos, masked_contact(match.why.substr(space + 1))
            );
        for (std::string& identity : match.identities)
            identity = masked_identity(identity, reading);
    }
}

void mask(CustomerView& customer, const Reading& reading, const Catalogue& catalogue) {
    if (reading.departments) {
        for (auto field = customer.fields.begin(); field != customer.fields.end();) {
            field = keep_readable(field->second, reading, catalogue) ? std::next(field)
                                                                     : customer.fields.erase(field);
        }
    }
    if (reading.contacts) return;
    customer.name = without_contacts(customer.name);
    for (auto& [name, field] : customer.fields) {
        if (field.current) mask_value(name, field.current->value, reading);
        field.reason = without_contacts(field.reason);
        for (FieldValue& rival : field.rivals) mask_value(name, rival.value, reading);
    }
    for (IdentityView& one : customer.identities) {
        const std::string whole =
            masked_identity(one.identity.ns + ":" + one.identity.value, reading);
        one.masked = whole != one.identity.ns + ":" + one.identity.value;
        one.identity.value = whole.substr(one.identity.ns.size() + 1);
    }
    for (LinkView& link : customer.links) {
        link.sentence = without_contacts(link.sentence);
        link.a = masked_identity(link.a, reading);
        link.b = masked_identity(link.b, reading);
    }
}

void mask(Summary& summary, const Reading& reading) {
    mask_text(summary.name, reading);
    for (auto& [name, value] : summary.about) mask_text(value, reading);
    if (summary.last_contact) mask(*summary.last_contact, reading);
    for (OpenThing& thing : summary.open) {
        const bool is_of_owner = !summary.owner_of.empty() && thing.title == summary.owner_of;
        mask(thing, reading);
        if (is_of_owner && thing.hidden) {
            summary.owner_of.clear();
            summary.owner.employee.clear();
        }
    }
    if (!reading.reads_department(summary.owner.department)) summary.owner.employee.clear();
    mask_text(summary.owner_of, reading);
}

void mask(JourneyView& journey, const Reading& reading) {
    mask(journey.feelings, reading);
    mask(journey.recent.moments, reading);
    mask(journey.long_term.moments, reading);
    if (!journey.score) return;
    for (journey::Contribution& one : journey.score->contributions)
        mask_text(one.feeling.title, reading);
}

void mask(TimelineItem& item, const Reading& reading) {
    model::Touchpoint& touchpoint = item.touchpoint;
    if (!reading.reads(item.department, touchpoint.privacy_class)) {
        model::Touchpoint left;
        left.id = std::move(touchpoint.id);
        left.occurred_at = touchpoint.occurred_at;
        left.direction = model::Direction::system;
        left.kind = k_hidden;
        left.channel = "unknown";
        left.source.ingested_at = touchpoint.source.ingested_at;
        touchpoint = std::move(left);
        item.title = "Hidden";
        item.identity.clear();
        item.phase = nullptr;
        item.mood.reset();
        item.quiet = true;
        item.hidden = true;
        return;
    }
    if (!reading.amounts) touchpoint.amount.reset();
    if (reading.contacts) return;
    mask_text(touchpoint.subject, reading);
    mask_text(touchpoint.snippet, reading);
    mask_text(touchpoint.source.external_id, reading);
    mask_url(touchpoint.source.url, reading);
    for (model::Ref& ref : touchpoint.refs) {
        mask_text(ref.id, reading);
        mask_text(ref.label, reading);
        mask_url(ref.url, reading);
    }
    item.identity = masked_identity(item.identity, reading);
}

void mask(Timeline& timeline, const Reading& reading) {
    if (reading.everything()) return;
    for (TimelineRow& row : timeline.items) {
        mask(row.item, reading);
        if (!row.burst) continue;
        if (row.item.hidden) row.burst->subjects.clear();
        for (std::string& subject : row.burst->subjects) mask_text(subject, reading);
    }
}

void mask(std::vector<PinView>& pins, const Reading& reading) {
    for (PinView& pin : pins) {
        if (reading.reads(pin.department, pin.privacy_class)) {
            mask_text(pin.title, reading);
        } else {
            pin.title = "Hidden";
        }
    }
}

void mask(ReviewPage& page, const Reading& reading) {
    if (reading.contacts) return;
    for (ReviewItem& item : page.items) {
        for (ReviewSide* const side : {&item.a, &item.b}) {
            side->name = without_contacts(side->name);
            side->identity = masked_identity(side->identity, reading);
        }
        item.review.reason = without_contacts(item.review.reason);
        item.review.note = without_contacts(item.review.note);
    }
}

std::string masked_identity(const std::string& key, const Reading& reading) {
    if (reading.contacts) return key;
    const std::size_t colon = std::min(key.find(':'), key.size());
    const std::string ns = key.substr(0, colon);
    const std::string value = key.substr(std::min(colon + 1, key.size()));
    if (!reading.contact_namespaces.contains(ns)) return ns + ":" + without_contacts(value);
    return ns + ":" + masked_contact(value);
}

std::string masked_text(const std::string& text, const Reading& reading) {
    return reading.contacts ? text : without_contacts(text);
}

}  // namespace touchline::view
