// How good a partition is, against the truth.
#pragma once

#include <cstdint>
#include <string>
#include <unordered_map>

namespace touchline::identity {

/// Record id to cluster name.
using Labels = std::unordered_map<std::string, std::string>;

struct Quality {
    double precision = 0, recall = 0, f1 = 0;
};

struct Evaluation {
    std::uint64_t records = 0, missing = 0, unknown = 0;
    std::uint64_t true_clusters = 0, found_clusters = 0, largest = 0;
    std::uint64_t true_pairs = 0, found_pairs = 0, hits = 0;
    Quality pairwise;  ///< over unordered pairs of records
    Quality b_cubed;   ///< mean over records (Bagga and Baldwin 1998)
};

/// A record of the truth that was not found counts as a cluster of its own; a record that the truth
/// does not name is left out.
Evaluation evaluate(const Labels& truth, const Labels& found);

}  // namespace touchline::identity
