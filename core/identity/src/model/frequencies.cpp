#include "text/hash.hpp"

#include "touchline/identity/model.hpp"

#include <algorithm>

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

void Frequencies::add(std::size_t comparison, std::uint8_t kind, std::uint64_t value) {
    const auto at = slot(comparison, kind);
    if (at >= totals_.size()) totals_.resize(at + 1);
    ++totals_[at];
    ++counts_[key_of(comparison, kind, value)];
}

void Frequencies::forget_rare() {
    std::erase_if(counts_, [](const auto& entry) { return entry.second <= k_floor; });
}

std::uint32_t Frequencies::total(std::size_t comparison, std::uint8_t kind) const {
    const auto at = slot(comparison, kind);
    return at < totals_.size() ? totals_[at] : 0;
}

std::uint32_t Frequencies::count(std::size_t comparison, std::uint8_t kind, std::uint64_t value)
    const {
    const auto found = counts_.find(key_of(comparison, kind, value));
    return std::max(k_floor, found == counts_.end() ? 0 : found->second);
}

double Frequencies::share(std::size_t comparison, std::uint8_t kind, std::uint64_t value) const {
    const double records = total(comparison, kind);
    const double assumed = records < k_assumed_records ? k_assumed_records - records : 0;
    return std::min(1.0, double(count(comparison, kind, value)) / (records + assumed));
}

std::vector<Frequencies::Entry> Frequencies::entries() const {
    std::vector<Entry> entries;
    entries.reserve(counts_.size());
    for (const auto& [key, count] : counts_) entries.push_back({key, count});
    std::ranges::sort(entries, {}, &Entry::key);
    return entries;
}

void Frequencies::restore(
    const std::vector<Entry>& entries, const std::vector<std::uint32_t>& totals
) {
    counts_.clear();
    counts_.reserve(entries.size());
    for (const auto& entry : entries) counts_.emplace(entry.key, entry.count);
    totals_ = totals;
}

}  // namespace touchline::identity
