#include "touchline/identity/resolution.hpp"

#include "candidates.hpp"

#include <unordered_map>
#include <unordered_set>

namespace touchline::identity {

namespace {

constexpr std::size_t k_progress_step = 1000;

/// Initials in any order: typing errors, nicknames and swapped names leave them alone mostly.
std::uint32_t initials_of(const Features& features) {
    const auto first = [](const NameFeature& name) {
        return name.text.empty()
                   ? std::uint32_t{0}
                   : std::uint32_t(static_cast<unsigned char>(name.text.text.front()));
    };
    const auto given = first(features.given), surname = first(features.surname);
    return std::min(given, surname) * 256 + std::max(given, surname);
}

class Sharers {
public:
    void add(std::uint64_t value, std::uint32_t initials) {
        if (initials != 0) initials_[value].insert(initials);
    }
    bool more_than(std::uint64_t value, std::size_t limit) const {
        const auto found = initials_.find(value);
        return found != initials_.end() && found->second.size() > limit;
    }

private:
    std::unordered_map<std::uint64_t, std::unordered_set<std::uint32_t>> initials_;
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
    const Candidates candidates(features);
    std::vector<Edge> edges;
    std::vector<Index> found;
    for (Index a = 0; a < features.size(); ++a) {
        candidates.after(a, model.block_max, found);
        for (const auto b : found)
            if (const double bits = model.score(features[a], features[b]).bits; bits >= 0)
                edges.push_back({a, b, bits});
        if (progress && a % k_progress_step == 0) progress(double(a) / double(features.size()));
    }
    const PairBits bits = [&](Index a, Index b) {
        return model.score(features[a], features[b]).bits;
    };
    return link(Index(features.size()), edges, bits, constraints);
}

}  // namespace touchline::identity
