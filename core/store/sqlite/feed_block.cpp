#include "feed_block.hpp"

namespace touchline::store::sqlite {
namespace {

/// Seven bits a byte, the lowest first.
void put_number(std::string& bytes, std::uint64_t number) {
    while (number >= 0x80) {
        bytes.push_back(static_cast<char>(number | 0x80));
        number >>= 7;
    }
    bytes.push_back(static_cast<char>(number));
}

// Small numbers of either sign as small numbers without one.
std::uint64_t fold(std::int64_t number) {
    return (static_cast<std::uint64_t>(number) << 1) ^ static_cast<std::uint64_t>(number >> 63);
}
std::int64_t unfold(std::uint64_t number) {
    return static_cast<std::int64_t>((number >> 1) ^ (~(number & 1) + 1));
}

}  // namespace

void FeedBlock::add(WordKey type, const FeedWrite& entry) {
    const auto touchpoint = static_cast<std::int64_t>(entry.touchpoint);
    put_number(bytes_, static_cast<std::uint64_t>(type));
    put_number(bytes_, static_cast<std::uint64_t>(entry.customer));
    // Those of a page ascend in small steps.
    put_number(bytes_, fold(touchpoint - last_touchpoint_));
    put_number(bytes_, entry.data.size());
    bytes_.append(entry.data);
    last_touchpoint_ = touchpoint;
    ++count_;
}

void FeedBlock::clear() {
    bytes_.clear();
    count_ = 0;
    last_touchpoint_ = 0;
}

std::optional<BlockEntry> FeedBlockReader::next() {
    std::uint64_t type = 0, customer = 0, step = 0, size = 0;
    if (!take(type) || !take(customer) || !take(step) || !take(size) || size > rest_.size()) {
        return std::nullopt;
    }
    last_touchpoint_ += unfold(step);
    const BlockEntry entry{
        static_cast<WordKey>(type),
        static_cast<CustomerKey>(customer),
        static_cast<TouchpointKey>(last_touchpoint_),
        rest_.substr(0, size)};
    rest_.remove_prefix(size);
    return entry;
}

bool FeedBlockReader::take(std::uint64_t& number) {
    for (unsigned shift = 0; shift < 64 && !rest_.empty(); shift += 7) {
        const auto byte = static_cast<unsigned char>(rest_.front());
        rest_.remove_prefix(1);
        number |= std::uint64_t{byte & 0x7fU} << shift;
        if ((byte & 0x80U) == 0) return true;
    }
    return false;
}

}  // namespace touchline::store::sqlite
