#include "touchline/identity/resolution.hpp"

#include "model/pair_scorer.hpp"
#include "sharers.hpp"

#include "touchline/identity/candidates.hpp"

namespace touchline::identity {

namespace {

constexpr std::size_t k_progress_step = 1000;

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
    const PairScorer scorer(model);
    std::vector<std::uint32_t> told;
    told.reserve(features.size());
    for (const auto& one : features) told.push_back(scorer.told_by(one));
    const LinkageOptions options;
    std::vector<Edge> edges;
    std::vector<Index> found;
    for (Index a = 0; a < features.size(); ++a) {
        candidates.after(a, model.block_max, found);
        for (const auto b : found)
            if (const auto bits = scorer.bits_from(
                    options.join_from, features[a], features[b], told[a] & told[b]
                ))
                edges.push_back({a, b, *bits});
        if (progress && a % k_progress_step == 0) progress(double(a) / double(features.size()));
    }
    const PairBits bits = [&](Index a, Index b) {
        return scorer.clipped_bits(options, features[a], features[b], told[a] & told[b]);
    };
    return link(Index(features.size()), edges, bits, constraints, options);
}

}  // namespace touchline::identity
