// One transaction of matching: the profiles that are due, the pairs that change with them, and the
// customers that change with those.
#pragma once

#include "resolver.hpp"

#include "touchline/identity/features.hpp"
#include "touchline/identity/normalise.hpp"
#include "touchline/ingest/matching.hpp"

#include <map>
#include <set>
#include <string>
#include <unordered_map>
#include <vector>

namespace touchline::ingest {

/// What outlives a transaction: the model, and profiles that were read lately.
class Matching {
public:
    Matching(identity::Model model, std::string version, MatchingLimits limits);

    const identity::Model& model() const { return model_; }
    const std::string& version() const { return version_; }
    const MatchingLimits& limits() const { return limits_; }
    std::string rule() const;

    Result<identity::Features> read(std::string_view text);
    /// Somebody else may have renewed profiles since the last transaction.
    void begin_transaction() { ++transaction_; }
    /// Null when there is no profile. Valid until the next call.
    Result<const identity::Features*> features(store::Reader& reader, store::IdentityKey key);
    /// The profile is another one now.
    void forget(store::IdentityKey key) { known_.erase(key); }

private:
    identity::Model model_;
    std::string version_;
    MatchingLimits limits_;
    identity::FeatureReader reader_;
    struct Known {
        std::string text;
        identity::Features features;
        std::uint64_t seen = 0;  // in which transaction
    };
    std::unordered_map<store::IdentityKey, Known> known_;
    std::uint64_t transaction_ = 0;
};

class MatchingPass {
public:
    MatchingPass(
        const Environment& environment, Matching& matching, store::Transaction& transaction
    );

    /// Everything but the commit. False when nothing was due.
    Result<bool> run(MatchingReport& report);

private:
    struct Outcome {
        double bits = 0;
        std::string reason;
    };
    /// What stands about an identity's pairs, by the other end.
    struct Standing {
        std::map<store::IdentityKey, store::StoredLink> links;
        std::map<store::IdentityKey, store::Review> reviews;
    };

    Result<void> keep_limits();
    Result<void> renew(store::IdentityKey key);
    Result<void> note_crossings(
        const std::vector<std::uint64_t>& before, const std::vector<std::uint64_t>& after
    );
    Result<void> compare(store::IdentityKey key);
    Result<std::set<store::IdentityKey>> candidates(const store::Profile& profile);
    Result<Standing> standing(store::IdentityKey key);
    Result<std::map<store::IdentityKey, Outcome>> outcomes(store::IdentityKey key);
    Result<void> put_link(store::IdentityKey a, store::IdentityKey b, const Outcome& outcome);
    Result<void> withdraw(const store::StoredLink& link);
    Result<void> ask(
        store::IdentityKey a,
        store::IdentityKey b,
        const Outcome& outcome,
        const store::Review* known
    );
    Result<void> ask_about_those_apart();
    Result<void> ask_unless_one(
        store::IdentityKey key, const store::StoredLink& likeness, const Standing& now
    );
    Result<std::int64_t> touchpoints_of(store::IdentityKey a, store::IdentityKey b);

    const Environment& environment_;
    Matching& matching_;
    store::Transaction& transaction_;
    const Time now_;
    identity::Normaliser normaliser_;
    Resolver resolver_;
    std::set<store::IdentityKey> doubtful_;  // whose pairs have to be compared
    MatchingReport report_;
};

}  // namespace touchline::ingest
