// Which records of a source were read, for sources that number them and never tell what they
// deleted: what was read and is not listed any more is gone. Small enough for a checkpoint as long
// as the numbers have few gaps.
#pragma once

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <iterator>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace touchline::sdk {

class IdSet {
public:
    /// What text() wrote. A text that is none gives the ids before its fault.
    static IdSet parse(std::string_view text) {
        IdSet set;
        std::int64_t at = 0;
        while (!text.empty()) {
            const std::string_view part = text.substr(0, text.find(','));
            text.remove_prefix(std::min(part.size() + 1, text.size()));
            const std::size_t plus = part.find('+');
            const std::int64_t gap = from_base36(part.substr(0, plus));
            const std::int64_t more =
                plus == std::string_view::npos ? 0 : from_base36(part.substr(plus + 1));
            if (gap < 1 || more < 0) break;
            set.insert_range(at + gap, at + gap + more);
            at += gap + more;
        }
        return set;
    }
    /// Runs of ids, each as its distance from the one before and its further ids: "1+9,5" in base
    /// 36 is 1 to 10 and 15. About four bytes for each gap.
    std::string text() const {
        std::string text;
        std::int64_t at = 0;
        for (const auto& [first, last] : runs_) {
            if (!text.empty()) text += ',';
            append_base36(text, first - at);
            if (last > first) append_base36(text += '+', last - first);
            at = last;
        }
        return text;
    }

    /// Ids count from 1; others are not kept.
    void insert(std::int64_t id) {
        if (id > 0) insert_range(id, id);
    }
    void erase(std::int64_t id) {
        const auto run = run_of(id);
        if (run == runs_.end()) return;
        const auto [first, last] = *run;
        runs_.erase(run);
        if (first < id) runs_.emplace(first, id - 1);
        if (id < last) runs_.emplace(id + 1, last);
        --size_;
    }
    bool contains(std::int64_t id) const { return run_of(id) != runs_.end(); }
    std::int64_t size() const { return size_; }
    std::int64_t greatest() const { return runs_.empty() ? 0 : runs_.rbegin()->second; }

    /// The ids of this that `other` does not have, in order.
    std::vector<std::int64_t> without(const IdSet& other) const {
        std::vector<std::int64_t> ids;
        for (const auto& [first, last] : runs_) {
            for (std::int64_t id = first; id <= last;) {
                const auto run = other.run_of(id);
                if (run != other.runs_.end()) {
                    id = run->second + 1;
                } else {
                    ids.push_back(id++);
                }
            }
        }
        return ids;
    }

private:
    using Runs = std::map<std::int64_t, std::int64_t>;  ///< first to last, apart by one or more

    Runs::const_iterator run_of(std::int64_t id) const {
        auto after = runs_.upper_bound(id);
        if (after == runs_.begin()) return runs_.end();
        const auto before = std::prev(after);
        return before->second >= id ? before : runs_.end();
    }
    void insert_range(std::int64_t first, std::int64_t last) {
        auto at = runs_.upper_bound(first);
        if (at != runs_.begin() && std::prev(at)->second >= first - 1) --at;
        while (at != runs_.end() && at->first <= last + 1) {
            first = std::min(first, at->first);
            last = std::max(last, at->second);
            size_ -= at->second - at->first + 1;
            at = runs_.erase(at);
        }
        runs_.emplace(first, last);
        size_ += last - first + 1;
    }

    static void append_base36(std::string& out, std::int64_t number) {
        char digits[16];
        std::size_t count = 0;
        do {
            digits[count++] = "0123456789abcdefghijklmnopqrstuvwxyz"[number % 36];
            number /= 36;
        } while (number > 0);
        while (count > 0) out += digits[--count];
    }
    /// -1: no number.
    static std::int64_t from_base36(std::string_view text) {
        if (text.empty() || text.size() > 12) return -1;
        std::int64_t number = 0;
        for (const char c : text) {
            const int digit = c >= '0' && c <= '9'   ? c - '0'
                              : c >= 'a' && c <= 'z' ? c - 'a' + 10
                                                     : -1;
            if (digit < 0) return -1;
            number = number * 36 + digit;
        }
        return number;
    }

    Runs runs_;
    std::int64_t size_ = 0;
};

}  // namespace touchline::sdk
