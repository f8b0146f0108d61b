#include "touchline/access/attempts.hpp"

#include <algorithm>
#include <array>

namespace touchline::access {
namespace {

/// Failures further back are forgotten.
constexpr std::chrono::minutes k_memory{15};
constexpr std::size_t k_most = 100'000;

struct Rule {
    std::string key;
    int free;  ///< failures before a wait
};

std::array<Rule, 3> rules(std::string_view account, std::string_view address) {
    const std::string who(account), from(address);
    return {
        Rule{"both " + who + " " + from, 5},
        Rule{"address " + from, 30},
        Rule{"account " + who, 60}};
}

/// 4 s, 8 s, 16 s … up to the whole memory.
std::chrono::seconds wait_after(int beyond) {
    const int doublings = std::min(beyond, 10);
    const std::chrono::seconds wait(4 << doublings);
    return std::min<std::chrono::seconds>(wait, k_memory);
}

}  // namespace

std::optional<std::chrono::seconds> Attempts::wait_for(
    std::string_view account, std::string_view address, Time now
) {
    const std::lock_guard lock(mutex_);
    forget_old(now);
    std::optional<std::chrono::seconds> longest;
    for (const Rule& rule : rules(account, address)) {
        const auto found = counts_.find(rule.key);
        if (found == counts_.end() || found->second.failures < rule.free) continue;
        const Time free_at = found->second.last + wait_after(found->second.failures - rule.free);
        if (free_at <= now) continue;
        const auto wait = std::chrono::ceil<std::chrono::seconds>(free_at - now);
        longest = std::max(longest.value_or(wait), wait);
    }
    return longest;
}

void Attempts::failed(std::string_view account, std::string_view address, Time now) {
    const std::lock_guard lock(mutex_);
    for (const Rule& rule : rules(account, address)) {
        Count& count = counts_[rule.key];
        ++count.failures;
        count.last = now;
    }
}

void Attempts::succeeded(std::string_view account, std::string_view address) {
    const std::lock_guard lock(mutex_);
    counts_.erase(rules(account, address).front().key);
}

void Attempts::forget_old(Time now) {
    std::erase_if(counts_, [now](const auto& entry) {
        return now - entry.second.last >= k_memory;
    });
    // Whoever fills the table so fast gains nothing: everybody starts anew, and so does the count.
    if (counts_.size() > k_most) counts_.clear();
}

}  // namespace touchline::access
