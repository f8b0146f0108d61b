// What resolving costs when one value stands in every record: counted, not timed.
#include "touchline/identity/candidates.hpp"
#include "touchline/identity/linkage.hpp"

#include <gtest/gtest.h>

#include <string>

namespace touchline::identity {
namespace {

constexpr std::size_t k_records = 50'000;
constexpr std::size_t k_block_max = 300;

std::uint64_t pairs_of(const Candidates& candidates) {
    std::uint64_t pairs = 0;
    std::vector<Index> found;
    for (Index i = 0; i < candidates.size(); ++i) {
        candidates.after(i, k_block_max, found);
        pairs += found.size();
    }
    return pairs;
}

std::vector<Features> records_with(std::size_t count, const std::string& common) {
    FeatureReader reader(FieldMap({{"name", Role::full_name}, {"email", Role::email}}));
    std::vector<Features> features;
    for (std::size_t i = 0; i < count; ++i) {
        const auto letter = [&](std::size_t place) { return char('a' + (i / place) % 26); };
        const std::string name = {letter(1), letter(26), letter(676), letter(1), letter(26)};
        features.push_back(*reader.read({"", "", {{"name", name}, {"email", common}}}));
    }
    return features;
}

TEST(Bounds, AValueInEveryRecordIsNoReasonToCompare) {
    const auto features = records_with(k_records, "casa@souza.example");
    EXPECT_LE(pairs_of(Candidates(features)), k_records * k_block_max);
}

TEST(Bounds, ABlockAtTheLimitIsComparedAndOneAboveIsNot) {
    const auto at = records_with(k_block_max, "casa@souza.example");
    EXPECT_EQ(pairs_of(Candidates(at)), k_block_max * (k_block_max - 1) / 2);
}

TEST(Bounds, AChainOfFiftyThousandIsNotComparedAllWithAll) {
    std::vector<Edge> edges;
    for (std::uint32_t i = 0; i + 1 < k_records; ++i) edges.push_back({i, i + 1, 25});
    std::uint64_t asked = 0;
    const auto clusters = link(k_records, edges, [&](std::uint32_t, std::uint32_t) {
        ++asked;
        return 25.0;
    });
    EXPECT_LT(asked, k_records * 600);
    EXPECT_EQ(clusters.back(), 0U);
}

TEST(Bounds, WhoIsHeldApartIsApartAmongFiftyThousandCopiesToo) {
    std::vector<Edge> edges;
    for (std::uint32_t i = 0; i + 1 < k_records; ++i) edges.push_back({i, i + 1, 25});
    Constraints constraints;
    constraints.different = {{10, 20}};
    constraints.same = {{20, 30}};
    const auto clusters = link(
        k_records, edges, [](std::uint32_t, std::uint32_t) { return 25.0; }, constraints
    );
    EXPECT_NE(clusters[10], clusters[20]);
    EXPECT_EQ(clusters[20], clusters[30]);
}

}  // namespace
}  // namespace touchline::identity
