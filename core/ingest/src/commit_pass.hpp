// One commit: its steps, and the state that they share. commit_pass.cpp has them in their order,
// commit_links.cpp the links, commit_stored.cpp what is different for records that are stored
// already.
#pragma once

#include "committer.hpp"
#include "resolver.hpp"

#include "touchline/identity/rules.hpp"
#include "touchline/ingest/replay.hpp"

#include <set>
#include <tuple>
#include <unordered_set>

namespace touchline::ingest {

/// A record of the batch that says something new.
struct Fresh {
    const BatchRecord* record = nullptr;
    const StreamPlan* stream = nullptr;
    store::RecordKey key = store::RecordKey::none;
    bool changed = false;  ///< an earlier version of it is known
};

/// A link in terms of the batch's identities, as far as two of them are the same assertion.
struct Assertion {
    IdentityIndex a = 0, b = 0;
    model::Polarity polarity = model::Polarity::same;
    std::string_view rule;
    auto operator<=>(const Assertion&) const = default;
};

/// The same in terms of the store.
struct StoredAssertion {
    store::IdentityKey a = store::IdentityKey::none, b = store::IdentityKey::none;  ///< a < b
    model::Polarity polarity = model::Polarity::same;
    std::string_view rule;
    auto operator<=>(const StoredAssertion&) const = default;
};

class CommitPass {
public:
    /// With `force`, known records count as fresh.
    CommitPass(
        const Environment& environment,
        const ConnectionPlan& plan,
        bool force,
        store::Transaction& transaction,
        const Batch& batch
    );
    /// Hears of every touchpoint that becomes another.
    void tell(ChangeObserver& observer) { observer_ = &observer; }

    /// Records of the batch whose bytes were known.
    const std::unordered_set<const BatchRecord*>& unchanged() const { return unchanged_; }
    /// Everything but the commit itself.
    Result<Committed> run();

private:
    /// A touchpoint that a stored record yielded until now.
    struct Before {
        const StreamPlan* stream = nullptr;
        store::StoredTouchpoint touchpoint;
    };

    Result<void> keep_raw();
    Result<void> keep_page(
        store::SourceKey source, const StreamPlan* stream, const BatchPage& page
    );
    Result<void> take_stored(const StreamPlan* stream, const BatchPage& page);
    void keep_last_versions();
    Result<void> intern();
    Result<void> put_facts();
    Result<void> put_touchpoints();
    Result<void> look_before();
    void compare_with_before();
    Result<void> doubt_links(const Fresh& fresh, const store::StoredTouchpoint& before);
    bool states(const Fresh& fresh, const StoredAssertion& link) const;
    void observe(const Before& before, ChangeKind kind, std::string_view after);
    Result<void> append_feed();
    Result<void> announce_retracted(std::vector<store::FeedWrite>& entries);
    Result<store::CustomerKey> customer_of(store::IdentityKey identity);
    Result<void> put_dead_letters();
    Result<void> put_checkpoints();

    Result<void> put_links();
    bool has_phone(IdentityIndex identity) const;
    bool is_weak(IdentityIndex identity) const;
    void tell_resolver(
        const store::LinkWrite& row, store::LinkKey key, IdentityIndex a, IdentityIndex b
    );
    StoredAssertion stored(const Assertion& assertion) const;
    Result<std::set<Assertion>> withdraw_others(
        const Fresh& fresh, const std::set<Assertion>& now, std::vector<store::LinkKey>& still
    );

    const Environment& environment_;
    const ConnectionPlan& plan_;
    const bool force_;
    store::Transaction& transaction_;
    const Batch& batch_;
    const Time now_;
    Time seen_at_;  // of the identities: of stored records, when they came
    Resolver resolver_;
    Committed committed_;
    std::map<std::string, store::SourceKey, std::less<>> sources_;
    std::vector<Fresh> fresh_;
    std::vector<store::Interned> identities_;   // by IdentityIndex
    std::unordered_set<std::string> outdated_;  // stored ones of which a later version came
    std::unordered_set<const BatchRecord*> unchanged_;
    std::vector<store::TouchpointWrite> rows_;
    std::vector<store::TouchpointWritten> written_;
    std::unordered_map<store::IdentityKey, store::CustomerKey> customers_;
    std::vector<store::TouchpointKey> retracted_;
    std::unordered_map<store::TouchpointKey, Before> before_;  // of stored records
    ChangeObserver* observer_ = nullptr;
};

}  // namespace touchline::ingest
