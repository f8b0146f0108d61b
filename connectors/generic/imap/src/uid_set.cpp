#include "uid_set.hpp"

#include <algorithm>
#include <charconv>

namespace imap {

UidSet UidSet::parse(std::string_view text) {
    UidSet set;
    const char* at = text.data();
    const char* const end = at + text.size();
    while (at != end) {
        std::uint32_t first = 0;
        auto read = std::from_chars(at, end, first);
        if (read.ec != std::errc()) break;
        std::uint32_t last = first;
        if (read.ptr != end && *read.ptr == ':') {
            read = std::from_chars(read.ptr + 1, end, last);
            if (read.ec != std::errc()) break;
        }
        set.add(std::min(first, last), std::max(first, last));
        at = read.ptr;
        if (at != end && *at == ',') ++at;
    }
    return set;
}

std::string UidSet::text() const {
    std::string out;
    for (const Range& range : ranges_) {
        if (!out.empty()) out += ',';
        out += std::to_string(range.first);
        if (range.last != range.first) out += ":" + std::to_string(range.last);
    }
    return out;
}

void UidSet::add(std::uint32_t first, std::uint32_t last) {
    auto at = std::lower_bound(
        ranges_.begin(),
        ranges_.end(),
        first,
        [](const Range& range, std::uint32_t uid) { return std::uint64_t{range.last} + 1 < uid; }
    );
    auto end = at;
    for (; end != ranges_.end() && end->first <= std::uint64_t{last} + 1; ++end) {
        first = std::min(first, end->first);
        last = std::max(last, end->last);
    }
    ranges_.insert(ranges_.erase(at, end), {first, last});
}

void UidSet::remove(const UidSet& other) {
    *this = without(other);
}

bool UidSet::contains(std::uint32_t uid) const {
    return std::any_of(ranges_.begin(), ranges_.end(), [uid](const Range& range) {
        return range.first <= uid && uid <= range.last;
    });
}

std::uint64_t UidSet::size() const {
    std::uint64_t count = 0;
    for (const Range& range : ranges_) count += std::uint64_t{range.last} - range.first + 1;
    return count;
}

UidSet UidSet::without(const UidSet& other) const {
    UidSet left;
    auto hole = other.ranges_.begin();
    for (Range range : ranges_) {
        while (hole != other.ranges_.end() && hole->last < range.first) ++hole;
        auto next = hole;
        bool used_up = false;
        for (; next != other.ranges_.end() && next->first <= range.last; ++next) {
            if (next->first > range.first) left.ranges_.push_back({range.first, next->first - 1});
            used_up = next->last >= range.last;
            if (used_up) break;
            range.first = next->last + 1;
        }
        if (!used_up) left.ranges_.push_back(range);
    }
    return left;
}

UidSet UidSet::within(const UidSet& other) const {
    return without(without(other));
}

std::vector<std::uint32_t> UidSet::first(std::size_t count) const {
    std::vector<std::uint32_t> uids;
    for (const Range& range : ranges_) {
        for (std::uint64_t uid = range.first; uid <= range.last; ++uid) {
            if (uids.size() == count) return uids;
            uids.push_back(static_cast<std::uint32_t>(uid));
        }
    }
    return uids;
}

void UidSet::coarsen(std::size_t most_ranges) {
    if (ranges_.size() <= most_ranges) return;
    std::vector<std::uint32_t> gaps;
    for (std::size_t i = 1; i < ranges_.size(); ++i)
        gaps.push_back(ranges_[i].first - ranges_[i - 1].last);
    const auto closed = static_cast<std::ptrdiff_t>(ranges_.size() - most_ranges);
    std::nth_element(gaps.begin(), gaps.begin() + closed - 1, gaps.end());
    const std::uint32_t widest = gaps[static_cast<std::size_t>(closed - 1)];
    std::vector<Range> kept{ranges_.front()};
    for (std::size_t i = 1; i < ranges_.size(); ++i) {
        if (ranges_[i].first - kept.back().last <= widest)
            kept.back().last = ranges_[i].last;
        else
            kept.push_back(ranges_[i]);
    }
    ranges_ = std::move(kept);
}

}  // namespace imap
