// One commit: its steps, and the state that they share. commit_pass.cpp has them in their order,
// commit_links.cpp the links.
#pragma once

#include "committer.hpp"
#include "resolver.hpp"

#include "touchline/identity/rules.hpp"

#include <set>
#include <tuple>

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

class CommitPass {
public:
    /// `earlier` reads what an earlier version of a record said. With `force`, known records count
    /// as fresh.
    CommitPass(
        const Environment& environment,
        const ConnectionPlan& plan,
        RecordReader& earlier,
        bool force,
        store::Transaction& transaction,
        const Batch& batch
    );

    /// Everything but the commit itself.
    Result<Committed> run();

private:
    Result<void> keep_raw();
    Result<void> keep_page(
        store::SourceKey source, const StreamPlan* stream, const BatchPage& page
    );
    void keep_last_versions();
    Result<void> intern();
    Result<void> put_facts();
    Result<void> put_touchpoints();
    Result<void> append_feed();
    Result<store::CustomerKey> customer_of(store::IdentityKey identity);
    Result<void> put_dead_letters();
    Result<void> put_checkpoints();

    Result<void> put_links();
    bool has_phone(IdentityIndex identity) const;
    void tell_resolver(
        const store::LinkWrite& row, store::LinkKey key, IdentityIndex a, IdentityIndex b
    );
    Result<std::set<Assertion>> withdraw_earlier(
        const Fresh& fresh, const std::set<Assertion>& now
    );
    std::optional<IdentityIndex> known(const BatchIdentity& identity) const;
    Result<std::optional<store::Identity>> find(const BatchIdentity& identity);

    const Environment& environment_;
    const ConnectionPlan& plan_;
    RecordReader& earlier_;
    const bool force_;
    store::Transaction& transaction_;
    const Batch& batch_;
    const Time now_;
    Resolver resolver_;
    Committed committed_;
    std::map<std::string, store::SourceKey, std::less<>> sources_;
    std::vector<Fresh> fresh_;
    std::unordered_map<store::RecordKey, std::size_t> versions_;  // new ones in this batch
    std::vector<store::Interned> identities_;                     // by IdentityIndex
    std::vector<store::TouchpointWrite> rows_;
    std::vector<store::TouchpointWritten> written_;
    std::unordered_map<store::IdentityKey, store::CustomerKey> customers_;
};

}  // namespace touchline::ingest
