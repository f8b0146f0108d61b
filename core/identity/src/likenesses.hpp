// How alike sides are on the whole: what a model found of single pairs, as the mean over all pairs
// of two sides. One pair that is alike by chance does not join two people of whom all else differs.
#pragma once

#include "link_order.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <tuple>
#include <unordered_map>
#include <vector>

namespace touchline::identity {

/// Sides are named by a member, as in Clusters.
class Likenesses {
public:
    /// `compared`: by side, how many of its members likenesses were looked for; from a mean of
    /// `join_from` bits two sides are alike.
    Likenesses(std::vector<std::uint32_t> compared, double join_from)
        : compared_(std::move(compared)), join_from_(join_from) {}

    /// Of a pair between two sides, the surest of them first.
    void add(Rank side_a, Rank side_b, const Pair& pair);

    struct Alike {
        Rank a = 0, b = 0;
        double mean = 0;
        const Pair* surest = nullptr;
    };
    /// Takes the two that are most alike; each two once, unless one of them grows.
    std::optional<Alike> take();
    /// What `gone` was is part of `kept` from now on.
    void join(Rank kept, Rank gone);

private:
    struct Between {
        double bits = 0;  // over the known pairs
        std::uint32_t known = 0;
        const Pair* surest = nullptr;
        bool operator==(const Between&) const = default;
    };
    using Place = std::tuple<double, Rank, Rank>;  // highest mean first

    std::optional<Place> place(Rank a, Rank b, const Between& between) const;
    void leave(Rank a, Rank b, const Between& between);
    void enter(Rank a, Rank b, const Between& between);

    std::vector<std::uint32_t> compared_;
    double join_from_;
    std::unordered_map<Rank, std::map<Rank, Between>> between_;  // from both sides
    std::set<Place> queue_;
};

}  // namespace touchline::identity
