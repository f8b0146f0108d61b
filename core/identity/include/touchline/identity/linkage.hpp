// From scored pairs to customers: average linkage inside what positive pairs connect.
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <utility>
#include <vector>

namespace touchline::identity {

struct Edge {
    std::uint32_t a = 0, b = 0;
    double bits = 0;
};

/// What people have decided; it overrules every score.
struct Constraints {
    std::vector<std::pair<std::uint32_t, std::uint32_t>> same, different;
};

struct LinkageOptions {
    double join_from = 0;    ///< bits from which a pair connects
    double stop_below = -2;  ///< mean bits between two clusters below which they stay apart
    double lowest = -10, highest = 20;  ///< one pair counts at most so much
    double never = -1000;               ///< and a pair of no more keeps its clusters apart for good
    std::size_t component_max = 600;   ///< larger ones are first cut at rising thresholds
};

/// The bits of any two records, whether or not they are an edge. Symmetric.
using PairBits = std::function<double(std::uint32_t, std::uint32_t)>;

/// The cluster of each record, named by its first member. Records are numbered in the order of
/// their ids: then the partition depends on the set alone, not on the order of `edges`. Quadratic
/// in the largest component, never in `records`.
std::vector<std::uint32_t> link(
    std::uint32_t records,
    std::span<const Edge> edges,
    const PairBits& bits,
    const Constraints& constraints = {},
    const LinkageOptions& options = {}
);

}  // namespace touchline::identity
