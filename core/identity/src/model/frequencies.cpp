#include "text/hash.hpp"

#include "touchline/identity/model.hpp"

#include <algorithm>
#include <bit>
#include <utility>

namespace touchline::identity {

namespace {

/// A value seen once may be common outside: none counts as rarer than two records.
constexpr std::uint32_t k_floor = 2;
/// What the shipped model assumes to have seen, so that ten records do not make every name common.
constexpr double k_assumed_records = 300;

std::size_t slot(std::size_t comparison, std::uint8_t kind) {
    return comparison * k_value_kinds + kind;
}

std::uint64_t key_of(std::size_t comparison, std::uint8_t kind, std::uint64_t value) {
    return combine(value, slot(comparison, kind));
}

}  // namespace

/// Where the key is, or would be. There is always a free place.
Frequencies::Entry& Frequencies::place_of(std::uint64_t key) {
    const auto mask = counts_.size() - 1;
    auto at = key & mask;
    while (counts_[at].count != 0 && counts_[at].key != key) at = (at + 1) & mask;
    return counts_[at];
}

void Frequencies::make_room(std::size_t entries) {
    constexpr std::size_t k_least = 64;
    if (2 * entries <= counts_.size()) return;
    const auto before =
        std::exchange(counts_, std::vector<Entry>(std::bit_ceil(std::max(2 * entries, k_least))));
    for (const auto& entry : before)
        if (entry.count != 0) place_of(entry.key) = entry;
}

void Frequencies::add(std::size_t comparison, std::uint8_t kind, std::uint64_t value) {
    const auto at = slot(comparison, kind);
    if (at >= totals_.size()) totals_.resize(at + 1);
    ++totals_[at];
    make_room(used_ + 1);
    auto& entry = place_of(key_of(comparison, kind, value));
    used_ += entry.count == 0;
    entry.key = key_of(comparison, kind, value);
    ++entry.count;
}

void Frequencies::forget_rare() {
    auto kept = entries();
    std::erase_if(kept, [](const Entry& entry) { return entry.count <= k_floor; });
    restore(kept, totals_);
}

std::uint32_t Frequencies::total(std::size_t comparison, std::uint8_t kind) const {
    const auto at = slot(comparison, kind);
    return at < totals_.size() ? totals_[at] : 0;
}

std::uint32_t Frequencies::count(std::size_t comparison, std::uint8_t kind, std::uint64_t value)
    const {
    if (counts_.empty()) return k_floor;
    const auto key = key_of(comparison, kind, value);
    const auto mask = counts_.size() - 1;
    auto at = key & mask;
    while (counts_[at].count != 0 && counts_[at].key != key) at = (at + 1) & mask;
    return std::max(k_floor, counts_[at].count);
}

double Frequencies::share(std::size_t comparison, std::uint8_t kind, std::uint64_t value) const {
    const double records = total(comparison, kind);
    const double assumed = records < k_assumed_records ? k_assumed_records - records : 0;
    return std::min(1.0, double(count(comparison, kind, value)) / (records + assumed));
}

std::vector<Frequencies::Entry> Frequencies::entries() const {
    std::vector<Entry> entries;
    entries.reserve(used_);
    for (const auto& entry : counts_)
        if (entry.count != 0) entries.push_back(entry);
    std::ranges::sort(entries, {}, &Entry::key);
    return entries;
}

void Frequencies::restore(
    const std::vector<Entry>& entries, const std::vector<std::uint32_t>& totals
) {
    counts_.clear();
    make_room(entries.size());
    for (const auto& entry : entries)
        if (entry.count != 0) place_of(entry.key) = entry;
    used_ = entries.size();
    totals_ = totals;
}

}  // namespace touchline::identity
