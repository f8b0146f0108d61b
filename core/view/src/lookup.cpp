#include "touchline/view/lookup.hpp"

#include "similar.hpp"

#include "touchline/identity/classify.hpp"
#include "touchline/view/customer.hpp"

#include <algorithm>
#include <set>

namespace touchline::view {
namespace {

using store::CustomerKey;

/// Collects customers in the order they are found, each once, up to the limit.
class Collector {
public:
    Collector(store::Reader& reader, const Catalogue& catalogue, std::size_t limit, Lookup& lookup)
        : reader_(reader), catalogue_(catalogue), limit_(limit), lookup_(lookup) {}

    bool full() const { return lookup_.matches.size() >= limit_; }

    Result<void> add(const store::Identity& identity) {
        if (identity.strength == model::Strength::weak) return add_holders(identity);
        return add(identity.customer, identity.ns + " " + identity.value);
    }

    Result<void> add(CustomerKey key, const std::string& why) {
        if (full() || key == CustomerKey::none) return {};
        TOUCHLINE_TRY(const store::Customer customer, reader_.resolve(key));
        if (!seen_.insert(customer.key).second) return {};
        TOUCHLINE_TRY(const auto identities, reader_.identities_of(customer.key));
        Match match;
        match.customer = customer.id;
        match.why = why;
        TOUCHLINE_TRY(match.name, name_of(reader_, catalogue_.survivorship, identities));
        std::vector<store::IdentityKey> keys;
        for (const store::Identity& identity : identities) {
            match.identities.push_back(identity.ns + ":" + identity.value);
            keys.push_back(identity.key);
        }
        TOUCHLINE_TRY(const store::TimelinePage page, reader_.timeline(keys, {}, 0, 1));
        match.touchpoints = page.total;
        if (!page.items.empty()) match.last_touch = page.items.front().occurred_at;
        lookup_.matches.push_back(std::move(match));
        return {};
    }

private:
    Result<void> add_holders(const store::Identity& name) {
        TOUCHLINE_TRY(const auto holders, reader_.neighbours(std::span(&name.key, 1)));
        for (const store::Identity& holder : holders) {
            TOUCHLINE_CHECK(add(holder.customer, name.ns + " " + name.value));
        }
        return {};
    }

    store::Reader& reader_;
    const Catalogue& catalogue_;
    const std::size_t limit_;
    Lookup& lookup_;
    std::set<CustomerKey> seen_;
};

std::string kind_of(const identity::Candidate& candidate) {
    if (candidate.ns == "email" || candidate.ns == "phone" || candidate.ns == "name")
        return candidate.ns;
    return "reference";
}

std::vector<std::string> words(std::string_view text) {
    std::vector<std::string> result;
    while (!text.empty()) {
        const std::size_t end = text.find(' ');
        if (end != 0) result.emplace_back(text.substr(0, end));
        text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    }
    return result;
}

/// Customers whose case, order or invoice has the number: "H50001", "#4100001", "T-48211".
Result<void> add_holders_of_number(
    store::Reader& reader, std::string_view text, std::size_t limit, Collector& collector
) {
    std::string_view number = text;
    if (number.starts_with('#')) number.remove_prefix(1);
    const std::size_t dash = number.rfind('-');
    for (const std::string_view one :
         {number, dash == std::string_view::npos ? std::string_view() : number.substr(dash + 1)}) {
        if (one.size() < 3 || one.find(' ') != std::string_view::npos) continue;
        TOUCHLINE_TRY(const auto found, reader.identities_about(one, limit));
        for (const store::Identity& identity : found)
            TOUCHLINE_CHECK(collector.add(identity.customer, "number " + std::string(one)));
    }
    return {};
}

/// For words that nobody is known by: what may have been meant.
Result<void> add_similar(
    store::Reader& reader,
    const std::vector<std::string>& terms,
    std::size_t limit,
    Collector& collector
) {
    for (std::size_t wrong = 0; wrong < terms.size(); ++wrong) {
        TOUCHLINE_TRY(const auto meant, meant_by(reader, terms[wrong]));
        for (const std::string& term : meant) {
            std::vector<std::string> corrected = terms;
            corrected[wrong] = term;
            TOUCHLINE_TRY(const auto found, reader.search(corrected, limit));
            for (const store::Identity& identity : found) TOUCHLINE_CHECK(collector.add(identity));
        }
    }
    return {};
}

}  // namespace

Result<Lookup> lookup(
    store::Reader& reader,
    const Catalogue& catalogue,
    const identity::Normaliser& normaliser,
    std::string_view text,
    std::size_t limit
) {
    Lookup result;
    result.text = text;
    Collector collector(reader, catalogue, limit, result);
    if (text.starts_with("cu_")) {
        TOUCHLINE_TRY(const auto customer, reader.customer(text));
        result.kind = "reference";
        if (customer) TOUCHLINE_CHECK(collector.add(customer->key, "customer " + customer->id));
        return result;
    }
    const auto candidates = identity::classify_query(normaliser, text, catalogue.default_region);
    if (!candidates.empty()) result.kind = kind_of(candidates.front());
    std::vector<std::string> terms;
    for (const identity::Candidate& candidate : candidates) {
        if (collector.full()) break;
        if (candidate.lookup == identity::Lookup::term) {
            for (std::string& word : words(candidate.value)) terms.push_back(std::move(word));
            continue;
        }
        if (!candidate.ns.empty()) {
            TOUCHLINE_TRY(const auto identity, reader.find_identity(candidate.ns, candidate.value));
            if (identity) TOUCHLINE_CHECK(collector.add(*identity));
            continue;
        }
        for (const model::Namespace& ns : normaliser.policy().namespaces()) {
            TOUCHLINE_TRY(const auto identity, reader.find_identity(ns.name, candidate.value));
            if (identity) TOUCHLINE_CHECK(collector.add(*identity));
        }
    }
    if (!terms.empty() && !collector.full()) {
        TOUCHLINE_TRY(const auto found, reader.search(terms, limit * 4));
        for (const store::Identity& identity : found) TOUCHLINE_CHECK(collector.add(identity));
    }
    if (result.matches.empty())
        TOUCHLINE_CHECK(add_holders_of_number(reader, text, limit, collector));
    if (result.matches.empty()) TOUCHLINE_CHECK(add_similar(reader, terms, limit, collector));
    return result;
}

void write(json::Writer& writer, const Lookup& lookup) {
    writer.begin_object()
        .key("query")
        .begin_object()
        .member("text", lookup.text)
        .member("kind", lookup.kind);
    writer.end_object().key("matches").begin_array();
    for (const Match& match : lookup.matches) {
        writer.begin_object()
            .member("customer", match.customer)
            .member("name", match.name)
            .member("why", match.why);
        writer.key("identities").begin_array();
        for (const std::string& identity : match.identities) writer.value(identity);
        writer.end_array().key("last_touch");
        match.last_touch ? writer.value(format_rfc3339(*match.last_touch)) : writer.null();
        writer.member("touchpoints", match.touchpoints).end_object();
    }
    writer.end_array().end_object();
}

}  // namespace touchline::view
