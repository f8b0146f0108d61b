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

/// Every record's keys, turned into blocks. About 12 bytes for each key of each record, and 16 more
/// while it is made. Any thread, once made.
class Candidates {
public:
    explicit Candidates(std::span<const Features> features);

    std::size_t size() const { return first_place_.size() - 1; }
    /// How many pairs share a key of at most `block_max` records, each counted once per key.
    std::uint64_t pairs_within(std::size_t block_max) const;
    /// The records after `record` that share a key of at most `block_max` records with it; sorted.
    void after(Index record, std::size_t block_max, std::vector<Index>& found) const;

private:
    /// A record's place in a block of two and more; the last of a block has none.
    struct Place {
        std::uint32_t after;  ///< the next member
        std::uint32_t end;    ///< of the block
        std::uint32_t size;   ///< of the block
    };

    std::vector<Index> members_;              // by block, ascending
    std::vector<std::uint32_t> block_begin_;  // into members_, one more than blocks
    std::vector<Place> places_;               // by record
    std::vector<std::uint32_t> first_place_;  // into places_, one more than records
};

}  // namespace touchline::identity
