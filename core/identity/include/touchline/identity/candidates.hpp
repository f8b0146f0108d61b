// The pairs of a record set that share a blocking key. Learning a model and resolving by it both
// need them: make them once, `Candidates candidates(features)`, when the features are final.
#pragma once

#include "touchline/identity/blocking.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace touchline::identity {

using Index = std::uint32_t;

/// Every record's keys, turned into blocks. About 8 bytes for each key of each record, and 16 more
/// while it is made. Any thread, once made.
class Candidates {
public:
    explicit Candidates(std::span<const Features> features);

    std::size_t size() const { return first_block_.size() - 1; }
    /// How many pairs share a key of at most `block_max` records, each counted once per key.
    std::uint64_t pairs_within(std::size_t block_max) const;
    /// The records after `record` that share a key of at most `block_max` records with it; sorted.
    void after(Index record, std::size_t block_max, std::vector<Index>& found) const;

private:
    std::vector<Index> members_;              // by block
    std::vector<std::uint32_t> block_begin_;  // into members_, one more than blocks
    std::vector<std::uint32_t> blocks_;       // by record; only blocks of two and more
    std::vector<std::uint32_t> first_block_;  // into blocks_, one more than records
};

}  // namespace touchline::identity
