// Memory that host and runner share. Of fixed size for good, so that neither end can pull it away
// from under the other.
#pragma once

#include "touchline/base/result.hpp"

#include <cstddef>
#include <cstdint>
#include <map>
#include <string_view>

namespace touchline::host {

enum class Writers { host, both };

/// Pages take memory once they are written to.
class SharedMemory {
public:
    /// Where only the host writes, other mappings of the descriptor cannot be made writable. Error
    /// unavailable.
    static Result<SharedMemory> make(std::size_t bytes, Writers writers);
    SharedMemory(SharedMemory&& other) noexcept;
    SharedMemory& operator=(SharedMemory&& other) noexcept;
    ~SharedMemory();

    char* data() const { return data_; }
    std::size_t size() const { return size_; }
    int descriptor() const { return descriptor_; }

private:
    SharedMemory(int descriptor, char* data, std::size_t size)
        : descriptor_(descriptor), data_(data), size_(size) {}

    int descriptor_;
    char* data_;
    std::size_t size_;
};

/// Places in a range of `capacity` bytes: the first gap that is large enough. One thread.
class Places {
public:
    Places(std::uint64_t begin, std::uint64_t capacity) { gaps_.emplace(begin, capacity); }
    /// Error denied: there is no gap of this size.
    Result<std::uint64_t> take(std::uint64_t bytes);
    void give_back(std::uint64_t place);

private:
    std::map<std::uint64_t, std::uint64_t> gaps_, taken_;  ///< begin to length
};

}  // namespace touchline::host
