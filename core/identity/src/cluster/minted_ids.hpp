// The ids of customers: which were handed out, and which record each stands for.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

namespace touchline::identity {

/// Ids are numbered in the order in which they were handed out, so that the lesser is the older.
class MintedIds {
public:
    using Number = std::uint32_t;
    using Index = std::uint32_t;
    static constexpr Number k_none = ~Number{0};

    struct Minted {
        std::string name;
        std::optional<Index> anchor;  ///< the record that it stands for; none: all are gone
        Number led = k_none;          ///< where it led when that was last told
    };

    /// Named after the record; no id is handed out twice.
    Number mint(const std::string& record, Index anchor) {
        auto name = "c:" + record;
        for (int again = 2; numbers_.contains(name); ++again)
            name = "c:" + record + "~" + std::to_string(again);
        const auto number = Number(ids_.size());
        numbers_.emplace(name, number);
        ids_.push_back({std::move(name), anchor, number});
        return number;
    }

    Minted& operator[](Number number) { return ids_[number]; }
    const Minted& operator[](Number number) const { return ids_[number]; }
    const Minted* find(const std::string& name) const {
        const auto found = numbers_.find(name);
        return found == numbers_.end() ? nullptr : &ids_[found->second];
    }

private:
    std::vector<Minted> ids_;
    std::unordered_map<std::string, Number> numbers_;
};

}  // namespace touchline::identity
