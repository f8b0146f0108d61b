// All that a store holds, in a form that two stores can be compared by.
#pragma once

#include "daemon.hpp"

#include "touchline/store/sqlite.hpp"

#include <map>
#include <set>

namespace touchline::e2e {

struct State {
    std::map<std::string, std::int64_t> counts;
    /// The living customers that the feed speaks of. How often it does depends on which versions of
    /// a record fell into one commit.
    std::set<std::string> announced;
    std::map<std::string, std::string> customers;            ///< by touchpoint id
    std::map<std::string, std::string> customers_of_record;  ///< "crm/activities/A-7"
    std::map<std::string, std::int64_t> dead_letters;        ///< by record and reason

    bool operator==(const State&) const = default;
};

inline std::unique_ptr<store::Store> open_store(const std::filesystem::path& file) {
    auto opened = store::open_sqlite({file, 8, false});
    if (!opened) throw std::runtime_error(opened.error().text());
    return std::move(*opened);
}

/// Who a stored touchpoint belongs to now.
inline std::string owner_of(store::Reader& reader, const store::StoredTouchpoint& touchpoint) {
    const auto identity = reader.identities(std::span(&touchpoint.identity, 1));
    if (!identity || identity->empty()) return "nobody";
    const auto customer = reader.resolve(identity->front().customer);
    return customer ? customer->id : "nobody";
}

inline State state_of(const std::filesystem::path& file) {
    const auto opened = open_store(file);
    const auto reader = *opened->reader();
    State state;
    const store::Counts counts = *reader->counts();
    state.counts = {
        {"records", counts.records},
        {"touchpoints", counts.touchpoints},
        {"identities", counts.identities},
        {"customers", counts.customers},
        {"dead letters", counts.dead_letters},
        {"links", counts.links}};
    for (std::int64_t offset = 0;; offset += 500) {
        const auto letters = *reader->dead_letters("", offset, 500);
        for (const store::DeadLetter& one : letters)
            ++state.dead_letters[one.connection + "/" + one.external_id + ": " + one.message];
        if (letters.empty()) break;
    }
    for (store::FeedPosition position = 0;;) {
        const auto entries = *reader->feed_after(position, 1000);
        if (entries.empty()) break;
        for (const store::FeedEntry& entry : entries) {
            position = entry.position;
            if (const auto living = reader->resolve(entry.customer))
                state.announced.insert(living->id);
            if (entry.touchpoint == store::TouchpointKey::none) continue;
            const auto touchpoint = *reader->touchpoint(entry.touchpoint);
            if (!touchpoint) {
                ADD_FAILURE() << "the feed names a touchpoint that is not there";
                continue;
            }
            const std::string customer = owner_of(*reader, *touchpoint);
            const auto data = *json::Document::parse(touchpoint->data);
            state.customers[text_at(data.root(), "/id")] = customer;
            const std::string record = text_at(data.root(), "/source/connection") + "/" +
                                       text_at(data.root(), "/source/stream") + "/" +
                                       text_at(data.root(), "/source/external_id");
            state.customers_of_record[record] = customer;
        }
    }
    return state;
}

}  // namespace touchline::e2e
