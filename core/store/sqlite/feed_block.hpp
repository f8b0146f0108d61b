// Feed entries in blocks of one row: what a commit appends costs one insert instead of one an
// entry. Positions are consecutive inside a block.
#pragma once

#include "words.hpp"

#include "touchline/store/rows.hpp"

#include <optional>

namespace touchline::store::sqlite {

/// Gathers entries of one moment as bytes.
class FeedBlock {
public:
    void add(WordKey type, const FeedWrite& entry);
    std::string_view bytes() const { return bytes_; }
    std::int64_t count() const { return count_; }
    /// Larger blocks gain nothing and cost whoever reads from their middle.
    bool is_full() const { return count_ >= 256 || bytes_.size() >= 32'768; }
    void clear();

private:
    std::string bytes_;
    std::int64_t count_ = 0;
    std::int64_t last_touchpoint_ = 0;
};

struct BlockEntry {
    WordKey type = WordKey::none;
    CustomerKey customer = CustomerKey::none;
    TouchpointKey touchpoint = TouchpointKey::none;
    std::string_view data;
};

/// Takes the entries out of a block again, in order.
class FeedBlockReader {
public:
    explicit FeedBlockReader(std::string_view bytes) : rest_(bytes) {}
    /// Nothing at the end of the block, or where it is damaged.
    std::optional<BlockEntry> next();
    bool at_end() const { return rest_.empty(); }

private:
    bool take(std::uint64_t& number);

    std::string_view rest_;
    std::int64_t last_touchpoint_ = 0;
};

}  // namespace touchline::store::sqlite
