#include "shared_memory.hpp"

#include <gtest/gtest.h>
#include <sys/mman.h>

#include <cerrno>
#include <random>

namespace touchline::host {
namespace {

TEST(SharedMemory, OfTheHostCannotBeMappedWritableAgain) {
    const auto memory = SharedMemory::make(8192, Writers::host);
    ASSERT_TRUE(memory) << memory.error().text();
    EXPECT_EQ(
        mmap(nullptr, 8192, PROT_READ | PROT_WRITE, MAP_SHARED, memory->descriptor(), 0), MAP_FAILED
    );
    EXPECT_EQ(errno, EPERM);
    void* const view = mmap(nullptr, 8192, PROT_READ, MAP_SHARED, memory->descriptor(), 0);
    ASSERT_NE(view, MAP_FAILED);
    EXPECT_NE(mprotect(view, 8192, PROT_READ | PROT_WRITE), 0);
    memory->data()[0] = 'a';
    EXPECT_EQ(*static_cast<const char*>(view), 'a');
    munmap(view, 8192);
}

TEST(SharedMemory, KeepsItsSizeWhoeverWrites) {
    for (const Writers writers : {Writers::host, Writers::both}) {
        const auto memory = SharedMemory::make(8192, writers);
        ASSERT_TRUE(memory);
        EXPECT_NE(ftruncate(memory->descriptor(), 0), 0);
        EXPECT_NE(ftruncate(memory->descriptor(), 1 << 20), 0);
    }
}

TEST(Places, AreNeverGivenTwice) {
    Places places(4096, 1 << 20);
    std::mt19937 random(11);
    std::map<std::uint64_t, std::uint64_t> taken;
    for (int i = 0; i < 20'000; ++i) {
        if (taken.size() > 20 || (!taken.empty() && random() % 2 == 0)) {
            const auto one =
                std::next(taken.begin(), static_cast<std::ptrdiff_t>(random() % taken.size()));
            places.give_back(one->first);
            taken.erase(one);
            continue;
        }
        const std::uint64_t bytes = random() % 60'000;
        const auto place = places.take(bytes);
        if (!place) continue;
        const auto next = taken.lower_bound(*place);
        EXPECT_TRUE(next == taken.end() || *place + bytes <= next->first);
        EXPECT_TRUE(
            next == taken.begin() || std::prev(next)->first + std::prev(next)->second <= *place
        );
        EXPECT_GE(*place, 4096u);
        EXPECT_LE(*place + bytes, 4096u + (1u << 20));
        taken.emplace(*place, bytes);
    }
    for (const auto& [place, bytes] : taken) places.give_back(place);
    EXPECT_TRUE(places.take(1 << 20)) << "the gaps are one again";
    EXPECT_EQ(places.take(1).error().code(), Code::denied);
}

}  // namespace
}  // namespace touchline::host
