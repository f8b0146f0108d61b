// Sets that only ever join, each named by its least member.
#pragma once

#include <cstdint>
#include <numeric>
#include <vector>

namespace touchline::identity {

class DisjointSets {
public:
    explicit DisjointSets(std::uint32_t count) : parent_(count) {
        std::iota(parent_.begin(), parent_.end(), 0U);
    }

    std::uint32_t find(std::uint32_t i) {
        while (parent_[i] != i) i = parent_[i] = parent_[parent_[i]];
        return i;
    }
    void join(std::uint32_t a, std::uint32_t b) {
        a = find(a);
        b = find(b);
        if (a < b)
            parent_[b] = a;
        else
            parent_[a] = b;
    }

private:
    std::vector<std::uint32_t> parent_;
};

}  // namespace touchline::identity
