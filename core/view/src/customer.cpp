#include "touchline/view/customer.hpp"

#include "customer_keys.hpp"

#include "touchline/identity/rules.hpp"

#include <algorithm>
#include <set>
#include <unordered_map>

namespace touchline::view {
namespace {

std::string text_of(const store::Identity& identity) {
    return identity.ns + ":" + identity.value;
}

FieldValue to_field_value(const store::StoredFact& fact) {
    return {
        fact.value, fact.connection + "/" + fact.stream + "/" + fact.external_id, fact.observed_at};
}

/// Most recent wins; the losing values stay visible as rivals, each once.
std::map<std::string, Field> fields_of(std::vector<store::StoredFact> facts) {
    std::stable_sort(facts.begin(), facts.end(), [](const auto& a, const auto& b) {
        return a.observed_at > b.observed_at;
    });
    std::map<std::string, Field> fields;
    for (const store::StoredFact& fact : facts) {
        const auto [entry, first] = fields.try_emplace(fact.field);
        Field& field = entry->second;
        if (first) {
            field.current = to_field_value(fact);
            continue;
        }
        const bool known =
            field.current.value == fact.value ||
            std::any_of(field.rivals.begin(), field.rivals.end(), [&fact](const FieldValue& rival) {
                return rival.value == fact.value;
            });
        if (!known) field.rivals.push_back(to_field_value(fact));
    }
    return fields;
}

std::string plain(const std::string& json) {
    const auto document = json::Document::parse(json);
    if (!document) return json;
    const auto text = document->root().as_string();
    return text ? std::string(*text) : json;
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

Result<std::string> name_of(store::Reader& reader, const std::vector<store::Identity>& identities) {
    std::vector<store::IdentityKey> keys;
    for (const store::Identity& identity : identities) keys.push_back(identity.key);
    TOUCHLINE_TRY(const auto facts, reader.facts_of(keys));
    const store::StoredFact* best = nullptr;
    for (const store::StoredFact& fact : facts) {
        if (fact.field == "name.full" && (best == nullptr || fact.observed_at > best->observed_at))
            best = &fact;
    }
    return best != nullptr ? plain(best->value) : telling(identities);
}

Result<CustomerView> customer(
    store::Reader& reader, const Catalogue&, std::string_view id, Time now
) {
    TOUCHLINE_TRY(const CustomerKeys keys, customer_keys(reader, id));
    CustomerView view;
    view.id = keys.customer.id;
    view.as_of = now;
    TOUCHLINE_TRY(const auto aliases, reader.aliases(keys.customer.key));
    for (const store::Customer& alias : aliases) view.aliases.push_back(alias.id);
    TOUCHLINE_TRY(view.name, name_of(reader, keys.identities));
    TOUCHLINE_TRY(auto facts, reader.facts_of(keys.identity_keys));
    view.fields = fields_of(std::move(facts));

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
    TOUCHLINE_TRY(const auto links, reader.links_of(keys.identity_keys, false));
    for (const store::StoredLink& link : links) {
        if (!texts.contains(link.a) || !texts.contains(link.b)) continue;
        LinkView one{texts.at(link.a), texts.at(link.b), link, ""};
        one.sentence = sentence_of(one);
        view.links.push_back(std::move(one));
    }
    return view;
}

void write(json::Writer& writer, const CustomerView& view) {
    writer.begin_object().member("id", view.id).member("type", "person").member("name", view.name);
    writer.key("aliases").begin_array();
    for (const std::string& alias : view.aliases) writer.value(alias);
    writer.end_array().key("fields").begin_object();
    for (const auto& [name, field] : view.fields) {
        writer.key(name)
            .begin_object()
            .key("value")
            .raw(field.current.value)
            .member("from", field.current.from);
        writer.member("observed_at", format_rfc3339(field.current.observed_at))
            .member("rule", "most_recent");
        writer.key("rivals").begin_array();
        for (const FieldValue& rival : field.rivals) {
            writer.begin_object()
                .key("value")
                .raw(rival.value)
                .member("from", rival.from)
                .end_object();
        }
        writer.end_array().end_object();
    }
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
