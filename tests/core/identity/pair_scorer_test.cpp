#include "model/pair_scorer.hpp"

#include "labelled_set.hpp"

namespace touchline::identity {
namespace {

TEST(PairScorer, LeavesOutNothingThatReachesTheLimitAndChangesNoScore) {
    for (const auto* name : {"crm_dev", "febrl1", "fake_1000"}) {
        const LearntSet set(name);
        const PairScorer scorer(set.model);
        for (std::size_t i = 0; i < set.features.size(); i += 2) {
            const auto& a = set.features[i];
            for (std::size_t j = i + 1; j < set.features.size(); j += 37) {
                const auto& b = set.features[j];
                const double bits = set.model.score(a, b).bits;
                const auto told = scorer.told_by(a) & scorer.told_by(b);
                for (const double from : {0.0, -10.0}) {
                    const auto found = scorer.bits_from(from, a, b, told);
                    ASSERT_EQ(found.has_value(), bits >= from) << set.ids[i] << " " << set.ids[j];
                    ASSERT_EQ(found.value_or(bits), bits);
                }
            }
        }
    }
}

}  // namespace
}  // namespace touchline::identity
