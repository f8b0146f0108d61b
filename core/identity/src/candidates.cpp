#include "touchline/identity/candidates.hpp"

#include <algorithm>
#include <bit>

namespace touchline::identity {

namespace {

struct Entry {
    BlockingKey key;
    Index record;
};

/// By key and then by record. Keys are hashes: their first bits spread them over buckets so small
/// that sorting one stays in the cache.
std::vector<Entry> sorted(const std::vector<Entry>& entries) {
    constexpr std::size_t k_bucket = 32;
    const auto bits = std::min(20, int(std::bit_width(entries.size() / k_bucket)));
    const auto bucket_of = [&](const Entry& entry) {
        return bits == 0 ? std::size_t{0} : std::size_t(entry.key >> (64 - bits));
    };
    std::vector<std::uint32_t> begin((std::size_t{1} << bits) + 1);
    for (const auto& entry : entries) ++begin[bucket_of(entry) + 1];
    for (std::size_t i = 1; i < begin.size(); ++i) begin[i] += begin[i - 1];
    std::vector<Entry> out(entries.size());
    auto next = begin;
    for (const auto& entry : entries) out[next[bucket_of(entry)]++] = entry;
    const auto before = [](const Entry& a, const Entry& b) {
        return a.key != b.key ? a.key < b.key : a.record < b.record;
    };
    for (std::size_t i = 0; i + 1 < begin.size(); ++i)
        std::sort(out.begin() + begin[i], out.begin() + begin[i + 1], before);
    return out;
}

std::vector<Entry> sorted_entries(std::span<const Features> features) {
    constexpr std::size_t k_keys_about = 32;
    std::vector<Entry> entries;
    entries.reserve(features.size() * k_keys_about);
    std::vector<BlockingKey> keys;
    for (std::size_t i = 0; i < features.size(); ++i) {
        blocking_keys(features[i], keys);
        for (const auto key : keys) entries.push_back({key, Index(i)});
    }
    return sorted(entries);
}

}  // namespace

Candidates::Candidates(std::span<const Features> features) : first_place_(features.size() + 1) {
    const auto entries = sorted_entries(features);
    for (std::size_t begin = 0, end = 0; begin < entries.size(); begin = end) {
        while (end < entries.size() && entries[end].key == entries[begin].key) ++end;
        if (end - begin < 2) continue;
        block_begin_.push_back(std::uint32_t(members_.size()));
        for (auto i = begin; i < end; ++i) {
            members_.push_back(entries[i].record);
            first_place_[entries[i].record + 1] += i + 1 < end;
        }
    }
    block_begin_.push_back(std::uint32_t(members_.size()));
    for (std::size_t i = 1; i < first_place_.size(); ++i) first_place_[i] += first_place_[i - 1];
    places_.resize(first_place_.back());
    auto next = first_place_;
    for (std::uint32_t block = 0; block + 1 < block_begin_.size(); ++block) {
        const auto begin = block_begin_[block], end = block_begin_[block + 1];
        for (auto i = begin; i + 1 < end; ++i)
            places_[next[members_[i]]++] = {i + 1, end, end - begin};
    }
}

std::uint64_t Candidates::pairs_within(std::size_t block_max) const {
    std::uint64_t pairs = 0;
    for (std::size_t block = 0; block + 1 < block_begin_.size(); ++block) {
        const std::uint64_t size = block_begin_[block + 1] - block_begin_[block];
        if (size <= block_max) pairs += size * (size - 1) / 2;
    }
    return pairs;
}

void Candidates::after(Index record, std::size_t block_max, std::vector<Index>& found) const {
    found.clear();
    const auto begin = places_.begin() + first_place_[record];
    const auto end = places_.begin() + first_place_[record + 1];
    for (auto place = begin; place != end; ++place)
        if (place->size <= block_max) __builtin_prefetch(&members_[place->after]);
    for (auto place = begin; place != end; ++place)
        if (place->size <= block_max)
            found.insert(
                found.end(), members_.begin() + place->after, members_.begin() + place->end
            );
    std::ranges::sort(found);
    found.erase(std::unique(found.begin(), found.end()), found.end());
}

}  // namespace touchline::identity
