// Rows that a transaction writes at its end, in order of key: neighbours then meet in the same
// pages of the file, however the records came.
#pragma once

#include "connection.hpp"
#include "feed_block.hpp"
#include "new_identities.hpp"
#include "settle.hpp"
#include "words.hpp"

#include "touchline/store/rows.hpp"

#include <map>
#include <vector>

namespace touchline::store::sqlite {

struct TimelineRow {
    IdentityKey identity = IdentityKey::none;
    Time occurred_at{};
    std::int64_t touchpoint = 0;
    WordKey department = WordKey::none, kind = WordKey::none, channel = WordKey::none;
};

class Gathered final : public Settle {
public:
    explicit Gathered(Connection& db) : identities(db), db_(db) {}

    void add(const TimelineRow& row) { timeline_.push_back(row); }
    Result<void> remove(const TimelineRow& row);
    void saw(IdentityKey identity, Time at) { seen_.push_back({identity, at}); }
    void count_records(SourceKey source, std::int64_t change) {
        sources_[source].records += change;
    }
    /// Kept bytes of a record that arrived then.
    void arrived(SourceKey source, Time at, std::int64_t records);
    void count_touchpoints(SourceKey source, std::int64_t change) {
        sources_[source].touchpoints += change;
    }
    void occurred(SourceKey source, Time at) {
        Time& newest = sources_[source].newest;
        newest = std::max(newest, at);
    }
    void count_links(std::int64_t change) { links_ += change; }
    /// More (or fewer) records say that the link holds, the first of them since `asserted_at`.
    void support(LinkKey link, std::int64_t change, Time asserted_at = Time::max()) {
        Support& support = support_[link];
        support.change += change;
        support.asserted_at = std::min(support.asserted_at, asserted_at);
    }
    /// Support that the link's row does not show yet.
    std::int64_t pending_support(LinkKey link) const;
    void forget_support(LinkKey link) { support_.erase(link); }
    /// What facts say of it changed.
    void profile_is_due(IdentityKey identity) {
        if (due_.empty() || due_.back() != identity) due_.push_back(identity);
    }
    Result<void> append(WordKey type, const FeedWrite& entry, Time at);

    Result<void> settle() override;

    NewIdentities identities;

private:
    struct Seen {
        IdentityKey identity = IdentityKey::none;
        Time at{};
    };
    struct Support {
        std::int64_t change = 0;
        Time asserted_at = Time::max();
    };
    struct SourceChange {
        std::int64_t records = 0, touchpoints = 0;
        Time newest = Time::min();
    };
    Result<void> write_timeline();
    Result<void> write_lengths();
    Result<void> lengthen(IdentityKey identity, std::int64_t change);
    Result<void> write_seen();
    Result<void> write_support();
    Result<void> write_due();
    Result<void> write_feed();
    Result<void> write_counts();
    Result<void> write_arrived();

    Connection& db_;
    std::vector<TimelineRow> timeline_;
    std::vector<Seen> seen_;
    std::map<LinkKey, Support> support_;
    std::vector<IdentityKey> due_;
    FeedBlock feed_;
    Time feed_at_{};
    std::map<SourceKey, SourceChange> sources_;
    std::map<std::pair<SourceKey, Time>, std::int64_t> arrived_;  // by hour
    std::int64_t links_ = 0;
};

}  // namespace touchline::store::sqlite
