// Memory for the values of one evaluation: handed out by bumping a pointer, given back all at once.
#pragma once

#include <cstddef>
#include <memory>
#include <span>
#include <string_view>
#include <vector>

namespace touchline::mapping {

class Arena {
public:
    /// Beyond this an evaluation is out of hand; the evaluator asks `exhausted()` where results can
    /// grow.
    static constexpr std::size_t k_limit_bytes = std::size_t{64} << 20;

    void* allocate(std::size_t bytes);
    template <typename T>
    std::span<T> array(std::size_t count) {
        static_assert(std::is_trivially_destructible_v<T> && alignof(T) <= k_alignment);
        T* first = static_cast<T*>(allocate(count * sizeof(T)));
        for (std::size_t i = 0; i < count; ++i) new (first + i) T();
        return {first, count};
    }
    std::string_view copy(std::string_view text);

    bool exhausted() const { return used_bytes_ > k_limit_bytes; }
    /// Everything handed out is gone; keeps the first block.
    void reset();

private:
    static constexpr std::size_t k_alignment = 16;
    static constexpr std::size_t k_block_bytes = 16 * 1024;

    struct Block {
        std::unique_ptr<std::byte[]> bytes;
        std::size_t size = 0;
    };
    std::vector<Block> blocks_;
    std::byte* next_ = nullptr;
    std::size_t left_ = 0;
    std::size_t used_bytes_ = 0;
};

}  // namespace touchline::mapping
