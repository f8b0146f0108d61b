#include "gathered.hpp"

#include <algorithm>
#include <tuple>

namespace touchline::store::sqlite {

Result<void> Gathered::remove(const TimelineRow& row) {
    TOUCHLINE_CHECK(write_timeline());
    TOUCHLINE_TRY(
        Query query,
        db_.query(
            "DELETE FROM timeline WHERE identity = ?1 AND occurred_at = ?2 AND touchpoint = ?3"
        )
    );
    TOUCHLINE_CHECK(query.bind(row.identity, row.occurred_at, row.touchpoint).run());
    TOUCHLINE_CHECK(lengthen(row.identity, -db_.changes()));
    TOUCHLINE_TRY(
        Query annotation,
        db_.query("DELETE FROM annotated"
                  " WHERE identity = ?1 AND occurred_at = ?2 AND touchpoint = ?3")
    );
    TOUCHLINE_CHECK(annotation.bind(row.identity, row.occurred_at, row.touchpoint).run());
    TOUCHLINE_TRY(
        Query privacy, db_.query("DELETE FROM classified WHERE identity = ?1 AND touchpoint = ?2")
    );
    return privacy.bind(row.identity, row.touchpoint).run();
}

Result<void> Gathered::settle() {
    TOUCHLINE_CHECK(identities.write());
    TOUCHLINE_CHECK(write_timeline());
    TOUCHLINE_CHECK(write_seen());
    TOUCHLINE_CHECK(write_support());
    TOUCHLINE_CHECK(write_due());
    TOUCHLINE_CHECK(write_feed());
    TOUCHLINE_CHECK(write_arrived());
    return write_counts();
}

void Gathered::arrived(SourceKey source, Time at, std::int64_t records) {
    arrived_[{source, std::chrono::floor<std::chrono::hours>(at)}] += records;
}

std::int64_t Gathered::pending_support(LinkKey link) const {
    const auto found = support_.find(link);
    return found == support_.end() ? 0 : found->second.change;
}

Result<void> Gathered::append(WordKey type, const FeedWrite& entry, Time at) {
    if (feed_.is_full() || feed_at_ != at) TOUCHLINE_CHECK(write_feed());
    feed_at_ = at;
    feed_.add(type, entry);
    return {};
}

Result<void> Gathered::write_timeline() {
    if (timeline_.empty()) return {};
    std::sort(timeline_.begin(), timeline_.end(), [](const TimelineRow& x, const TimelineRow& y) {
        return std::tie(x.identity, x.occurred_at, x.touchpoint) <
               std::tie(y.identity, y.occurred_at, y.touchpoint);
    });
    TOUCHLINE_TRY(Query insert, db_.query("INSERT INTO timeline VALUES (?1, ?2, ?3, ?4, ?5, ?6)"));
    for (const TimelineRow& row : timeline_) {
        insert.bind(
            row.identity, row.occurred_at, row.touchpoint, row.department, row.kind, row.channel
        );
        TOUCHLINE_CHECK(insert.run());
    }
    TOUCHLINE_CHECK(write_lengths());
    timeline_.clear();
    return {};
}

/// Expects the timeline's rows in order of identity.
Result<void> Gathered::write_lengths() {
    for (auto first = timeline_.begin(); first != timeline_.end();) {
        const auto end = std::find_if(first, timeline_.end(), [&](const TimelineRow& row) {
            return row.identity != first->identity;
        });
        TOUCHLINE_CHECK(lengthen(first->identity, end - first));
        first = end;
    }
    return {};
}

Result<void> Gathered::lengthen(IdentityKey identity, std::int64_t change) {
    TOUCHLINE_TRY(
        Query query,
        db_.query("INSERT INTO timeline_length VALUES (?1, ?2) ON CONFLICT(identity)"
                  " DO UPDATE SET touchpoints = touchpoints + excluded.touchpoints")
    );
    return query.bind(identity, change).run();
}

Result<void> Gathered::write_seen() {
    if (seen_.empty()) return {};
    std::sort(seen_.begin(), seen_.end(), [](const Seen& x, const Seen& y) {
        return std::tie(x.identity, x.at) < std::tie(y.identity, y.at);
    });
    TOUCHLINE_TRY(
        Query update,
        db_.query("UPDATE identity SET first_seen = min(first_seen, ?2),"
                  " last_seen = max(last_seen, ?3) WHERE id = ?1")
    );
    for (auto first = seen_.begin(); first != seen_.end();) {
        const auto end = std::find_if(first, seen_.end(), [&](const Seen& seen) {
            return seen.identity != first->identity;
        });
        update.bind(first->identity, first->at, std::prev(end)->at);
        TOUCHLINE_CHECK(update.run());
        first = end;
    }
    seen_.clear();
    return {};
}

Result<void> Gathered::write_support() {
    if (support_.empty()) return {};
    TOUCHLINE_TRY(
        Query update,
        db_.query("UPDATE link SET support = support + ?2, asserted_at = min(asserted_at, ?3)"
                  " WHERE id = ?1")
    );
    for (const auto& [link, support] : support_)
        TOUCHLINE_CHECK(update.bind(link, support.change, support.asserted_at).run());
    support_.clear();
    return {};
}

Result<void> Gathered::write_due() {
    if (due_.empty()) return {};
    std::sort(due_.begin(), due_.end());
    due_.erase(std::unique(due_.begin(), due_.end()), due_.end());
    TOUCHLINE_TRY(Query insert, db_.query("INSERT OR IGNORE INTO profile_due VALUES (?1)"));
    for (const IdentityKey identity : due_) TOUCHLINE_CHECK(insert.bind(identity).run());
    due_.clear();
    return {};
}

Result<void> Gathered::write_feed() {
    if (feed_.count() == 0) return {};
    TOUCHLINE_TRY(
        const auto next,
        db_.integer("SELECT position + count FROM feed ORDER BY position DESC LIMIT 1")
    );
    TOUCHLINE_TRY(Query insert, db_.query("INSERT INTO feed VALUES (?1, ?2, ?3, ?4)"));
    // The first position is 1: 0 is where a destination begins.
    insert.bind(std::max<std::int64_t>(next, 1), feed_at_, feed_.count(), bytes_of(feed_.bytes()));
    TOUCHLINE_CHECK(insert.run());
    feed_.clear();
    return {};
}

Result<void> Gathered::write_arrived() {
    if (arrived_.empty()) return {};
    TOUCHLINE_TRY(
        Query add,
        db_.query("INSERT INTO raw_volume VALUES (?1, ?2, ?3) ON CONFLICT(source, hour)"
                  " DO UPDATE SET records = records + excluded.records")
    );
    for (const auto& [where, records] : arrived_)
        TOUCHLINE_CHECK(add.bind(where.first, where.second, records).run());
    arrived_.clear();
    return {};
}

Result<void> Gathered::write_counts() {
    if (!sources_.empty()) {
        TOUCHLINE_TRY(
            Query update,
            db_.query("UPDATE source SET records = records + ?2, touchpoints = touchpoints + ?3,"
                      " newest = nullif(max(ifnull(newest, ?5), ?4), ?5) WHERE id = ?1")
        );
        for (const auto& [source, change] : sources_) {
            update.bind(source, change.records, change.touchpoints, change.newest, Time::min());
            TOUCHLINE_CHECK(update.run());
        }
        sources_.clear();
    }
    if (links_ != 0) {
        TOUCHLINE_TRY(
            Query update, db_.query("UPDATE total SET value = value + ?1 WHERE name = 'links'")
        );
        TOUCHLINE_CHECK(update.bind(links_).run());
        links_ = 0;
    }
    return {};
}

}  // namespace touchline::store::sqlite
