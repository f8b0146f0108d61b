#include "touchline/identity/resolution.hpp"

#include "model/fetch.hpp"
#include "model/outline_scorer.hpp"
#include "model/pair_scorer.hpp"
#include "sharers.hpp"

#include "touchline/identity/candidates.hpp"

#include <algorithm>
#include <utility>

namespace touchline::identity {

namespace {

constexpr std::size_t k_progress_step = 1000;
constexpr std::size_t k_ahead = 8;  // pairs, whose memory is asked for while one is looked at
/// Sums in another order differ in their last digits.
constexpr double k_rounding = 1e-6;

std::uint64_t pair_key(Index a, Index b) {
    return (std::uint64_t(std::min(a, b)) << 32) | std::max(a, b);
}

/// The candidates that are the same rather than not, in the order of their first records.
class Edges {
public:
    Edges(const Model& model, std::span<const Features> features)
        : features_(features),
          scorer_(model),
          outlines_(model, features),
          glance_(model, outlines_) {
        told_.reserve(features.size());
        for (const auto& one : features) told_.push_back(scorer_.told_by(one));
    }
    Edges(const Edges&) = delete;  // glance_ refers to outlines_
    Edges& operator=(const Edges&) = delete;

    /// `others` sorted.
    void look_at(Index record, std::span<const Index> others) {
        for (std::size_t i = 0; i < others.size(); ++i) {
            if (i + k_ahead < others.size()) outlines_.fetch(others[i + k_ahead]);
            if (glance_.most(record, others[i]).same + k_rounding < options_.join_from) continue;
            likely_.emplace_back(record, others[i]);
        }
        if (likely_.size() >= k_likely_at_once) compare_likely();
    }
    void compare_likely() {
        const auto second = [&](std::size_t i) -> const Features& {
            return features_[likely_[i].second];
        };
        fetch_each(likely_.size(), second, [&](std::size_t i) {
            const auto [a, b] = likely_[i];
            const auto told = told_[a] & told_[b];
            if (const auto bits =
                    scorer_.bits_from(options_.join_from, features_[a], features_[b], told))
                edges_.push_back({a, b, *bits});
        });
        likely_.clear();
    }
    const std::vector<Edge>& found() const { return edges_; }

    /// What link() makes of any two records; of an edge it is known.
    double clipped_bits(Index a, Index b) const {
        const auto edge = std::ranges::lower_bound(edges_, pair_key(a, b), {}, [](const Edge& one) {
            return pair_key(one.a, one.b);
        });
        if (edge != edges_.end() && pair_key(edge->a, edge->b) == pair_key(a, b)) return edge->bits;
        return scorer_.clipped_bits(options_, features_[a], features_[b], told_[a] & told_[b]);
    }

private:
    static constexpr std::size_t k_likely_at_once = 256;

    const LinkageOptions options_;
    std::span<const Features> features_;
    const PairScorer scorer_;
    const Outlines outlines_;
    const OutlineScorer glance_;
    std::vector<std::uint32_t> told_;
    std::vector<std::pair<Index, Index>> likely_;
    std::vector<Edge> edges_;
};

}  // namespace

void mark_shared(std::span<Features> features, std::size_t sharers_max) {
    Sharers mails, phones;
    for (const auto& record : features) {
        for (const auto& mail : record.mails) mails.add(mail.address.hash, initials_of(record));
        for (const auto& phone : record.phones) phones.add(phone.digits.hash, initials_of(record));
    }
    for (auto& record : features) {
        for (auto& mail : record.mails)
            if (mails.more_than(mail.address.hash, sharers_max)) mail.shared = true;
        for (auto& phone : record.phones)
            if (phones.more_than(phone.digits.hash, sharers_max)) phone.shared = true;
    }
}

std::vector<std::uint32_t> resolve(
    const Model& model,
    std::span<const Features> features,
    const Constraints& constraints,
    const Progress& progress
) {
    return resolve(model, features, Candidates(features), constraints, progress);
}

std::vector<std::uint32_t> resolve(
    const Model& model,
    std::span<const Features> features,
    const Candidates& candidates,
    const Constraints& constraints,
    const Progress& progress
) {
    Edges edges(model, features);
    std::vector<Index> found;
    for (Index a = 0; a < features.size(); ++a) {
        candidates.after(a, model.block_max, found);
        edges.look_at(a, found);
        if (progress && a % k_progress_step == 0) progress(double(a) / double(features.size()));
    }
    edges.compare_likely();
    const PairBits bits = [&](Index a, Index b) { return edges.clipped_bits(a, b); };
    return link(Index(features.size()), edges.found(), bits, constraints);
}

}  // namespace touchline::identity
