#include "touchline/view/customer.hpp"

#include "customer_keys.hpp"

#include "touchline/identity/rules.hpp"

#include <algorithm>
#include <unordered_map>

namespace touchline::view {
namespace {

std::string text_of(const store::Identity& identity) {
    return identity.ns + ":" + identity.value;
}

/// The identity that tells people most: an e-mail address, a phone number, else the first.
std::string telling(const std::vector<store::Identity>& identities) {
    for (const std::string_view ns : {"email", "phone"}) {
        for (const store::Identity& identity : identities) {
            if (identity.ns == ns) return identity.value;
        }
    }
    return identities.empty() ? "Unknown" : text_of(identities.front());
}

std::string sentence_of(const LinkView& view) {
    const store::StoredLink& link = view.link;
    const std::string verb = link.polarity == model::Polarity::same ? " and " : " is not ";
    std::string sentence;
    if (link.by == model::By::agent) {
        sentence = link.polarity == model::Polarity::same
                       ? "An agent says that " + view.a + " and " + view.b + " are one"
                       : "An agent says that " + view.a + verb + view.b;
    } else if (link.by == model::By::rule) {
        sentence = view.a + verb + view.b +
                   (link.score ? " are alike" : " match by the rule " + link.rule);
    } else if (identity::is_of_record(link.rule)) {
        sentence = "The same record names " + view.a + verb + view.b;
        if (!link.evidence.empty()) sentence.append(" (").append(link.evidence).append(")");
    } else {
        sentence = "The source states that " + view.a + verb + view.b +
                   (link.polarity == model::Polarity::same ? " are one" : "");
        if (!link.evidence.empty()) sentence.append(" (").append(link.evidence).append(")");
    }
    if (!link.reason.empty()) sentence.append(": ").append(link.reason);
    return sentence + ".";
}

}  // namespace

Result<std::map<std::string, Field>> fields_of(
    store::Reader& reader,
    const model::Survivorship& rules,
    std::span<const store::IdentityKey> identities,
    std::string_view beginning
) {
    TOUCHLINE_TRY(auto facts, reader.facts_of(identities));
    TOUCHLINE_TRY(auto choices, reader.choices_of(identities));
    const auto is_other = [&](const auto& one) { return !one.field.starts_with(beginning); };
    std::erase_if(facts, is_other);
    std::erase_if(choices, is_other);
    return surviving_fields(facts, choices, rules);
}

std::string text_in(const std::map<std::string, Field>& fields, const std::string& name) {
    const auto field = fields.find(name);
    const bool is_there = field != fields.end() && field->second.current;
    return is_there ? plain_text(field->second.current->value) : std::string();
}

Result<std::string> name_of(
    store::Reader& reader,
    const model::Survivorship& rules,
    const std::vector<store::Identity>& identities
) {
    std::vector<store::IdentityKey> keys;
    for (const store::Identity& identity : identities) keys.push_back(identity.key);
    TOUCHLINE_TRY(const auto fields, fields_of(reader, rules, keys, "name."));
    if (std::string full = text_in(fields, "name.full"); !full.empty()) return full;
    const std::string given = text_in(fields, "name.given"),
                      family = text_in(fields, "name.family");
    if (given.empty() && family.empty()) return telling(identities);
    return given.empty() ? family : family.empty() ? given : given + " " + family;
}

Result<CustomerView> customer(
    store::Reader& reader, const Catalogue& catalogue, std::string_view id, Time now
) {
    TOUCHLINE_TRY(const CustomerKeys keys, customer_keys(reader, id));
    CustomerView view;
    view.id = keys.customer.id;
    view.as_of = now;
    TOUCHLINE_TRY(const auto aliases, reader.aliases(keys.customer.key));
    for (const store::Customer& alias : aliases) view.aliases.push_back(alias.id);
    TOUCHLINE_TRY(view.name, name_of(reader, catalogue.survivorship, keys.identities));
    TOUCHLINE_TRY(view.fields, fields_of(reader, catalogue.survivorship, keys.identity_keys));

    std::unordered_map<store::IdentityKey, std::string> texts;
    for (const store::Identity& identity : keys.identities) {
        texts[identity.key] = text_of(identity);
        TOUCHLINE_TRY(auto sources, reader.sources_of(identity.key));
        view.identities.push_back({identity, std::move(sources)});
    }
    TOUCHLINE_TRY(const auto weak, reader.neighbours(keys.identity_keys));
    for (const store::Identity& identity : weak) {
        if (identity.strength != model::Strength::weak) continue;
        texts[identity.key] = text_of(identity);
        TOUCHLINE_TRY(auto sources, reader.sources_of(identity.key));
        view.identities.push_back({identity, std::move(sources)});
    }
    TOUCHLINE_TRY(const auto limits, reader.matching_limits());
    TOUCHLINE_TRY(const auto links, reader.links_of(keys.identity_keys, false));
    for (const store::StoredLink& link : links) {
        const bool joins = !store::is_likeness(link) || !limits || *link.score >= limits->join_from;
        if (!joins) continue;
        if (!texts.contains(link.a) || !texts.contains(link.b)) continue;
        LinkView one{texts.at(link.a), texts.at(link.b), link, ""};
        one.sentence = sentence_of(one);
        view.links.push_back(std::move(one));
    }
    return view;
}

namespace {

void write_members(json::Writer& writer, const FieldValue& value) {
    writer.key("value").raw(value.value).member("from", value.from);
    writer.member("observed_at", format_rfc3339(value.observed_at));
}

void write_field(json::Writer& writer, const std::string& name, const Field& field) {
    writer.key(name).begin_object();
    if (field.current) {
        write_members(writer, *field.current);
    } else {
        writer.key("value").null().member("from", "");
    }
    writer.member("rule", field.rule).member_unless_empty("reason", field.reason);
    writer.key("rivals").begin_array();
    for (const FieldValue& rival : field.rivals) {
        writer.begin_object();
        write_members(writer, rival);
        writer.end_object();
    }
    writer.end_array().end_object();
}

}  // namespace

void write(json::Writer& writer, const CustomerView& view) {
    writer.begin_object().member("id", view.id).member("type", "person").member("name", view.name);
    writer.key("aliases").begin_array();
    for (const std::string& alias : view.aliases) writer.value(alias);
    writer.end_array().key("fields").begin_object();
    for (const auto& [name, field] : view.fields) write_field(writer, name, field);
    writer.end_object().key("identities").begin_array();
    for (const IdentityView& one : view.identities) {
        const store::Identity& identity = one.identity;
        writer.begin_object().member("ns", identity.ns).member("value", identity.value);
        // How a change names it; the value alone would not do where it is masked.
        writer.member("key", "#" + std::to_string(static_cast<std::int64_t>(identity.key)));
        writer.member("masked", one.masked);
        writer.member("strength", to_string(identity.strength)).key("sources").begin_array();
        for (const std::string& source : one.sources) writer.value(source);
        writer.end_array().member("first_seen", format_rfc3339(identity.first_seen));
        writer.member("last_seen", format_rfc3339(identity.last_seen)).end_object();
    }
    writer.end_array().key("links").begin_array();
    for (const LinkView& one : view.links) {
        writer.begin_object()
            .member("a", one.a)
            .member("b", one.b)
            .member("polarity", to_string(one.link.polarity));
        writer.member("by", to_string(one.link.by)).member("rule", one.link.rule);
        writer.member("evidence", one.link.evidence).member("support", one.link.support);
        writer.member("asserted_at", format_rfc3339(one.link.asserted_at))
            .member("reason", one.sentence)
            .end_object();
    }
    writer.end_array().member("as_of", format_rfc3339(view.as_of)).end_object();
}

}  // namespace touchline::view
