#include "arena.hpp"

#include <algorithm>
#include <cstring>

namespace touchline::mapping {

void* Arena::allocate(std::size_t bytes) {
    bytes = (bytes + k_alignment - 1) / k_alignment * k_alignment;
    if (bytes > left_) {
        const std::size_t size = std::max(bytes, k_block_bytes);
        blocks_.push_back({std::make_unique_for_overwrite<std::byte[]>(size), size});
        next_ = blocks_.back().bytes.get();
        left_ = size;
    }
    void* result = next_;
    next_ += bytes;
    left_ -= bytes;
    used_bytes_ += bytes;
    return result;
}

std::string_view Arena::copy(std::string_view text) {
    if (text.empty()) return {};
    char* bytes = static_cast<char*>(allocate(text.size()));
    std::memcpy(bytes, text.data(), text.size());
    return {bytes, text.size()};
}

void Arena::reset() {
    used_bytes_ = 0;
    if (blocks_.empty()) return;
    if (blocks_.size() > 1) blocks_.resize(1);
    next_ = blocks_.front().bytes.get();
    left_ = blocks_.front().size;
}

}  // namespace touchline::mapping
