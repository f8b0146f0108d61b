#include "touchline/identity/stream.hpp"

#include "labelled_set.hpp"

#include <map>
#include <random>
#include <set>

namespace touchline::identity {
namespace {

using Partition = std::set<std::set<std::string>>;

template <typename Map>
Partition partition_of(const Map& labels) {
    std::map<std::string, std::set<std::string>> groups;
    for (const auto& [id, customer] : labels) groups[customer].insert(id);
    Partition partition;
    for (auto& [name, group] : groups) partition.insert(group);
    return partition;
}

/// The records of a set as a stream brings them, and a model with low limits, so that they are
/// crossed on the way.
class StreamOf {
public:
    explicit StreamOf(const std::string& set) : learnt_(set) {
        FeatureReader reader(learnt_.model.fields());
        for (const auto& record : records_of(set))
            records_.emplace_back(record.id, *reader.read(record));
        learnt_.model.block_max = 12;
        learnt_.model.sharers_max = 2;
        std::map<std::string, Features> by_id(records_.begin(), records_.end());
        for (std::size_t i = 0; i < learnt_.ids.size(); ++i)
            learnt_.features[i] = by_id.at(learnt_.ids[i]);
        mark_shared(learnt_.features, learnt_.model.sharers_max);
    }
    Partition at_once() const { return partition_of(learnt_.clusters()); }
    StreamResolver resolver() const { return StreamResolver(learnt_.model); }
    std::vector<std::pair<std::string, Features>>& records() { return records_; }

private:
    LearntSet learnt_;
    std::vector<std::pair<std::string, Features>> records_;
};

TEST(Stream, EndsInThePartitionOfAllAtOnceInAnyOrder) {
    StreamOf stream("crm_dev");
    const auto expected = stream.at_once();
    std::mt19937 random(3);
    for (int order = 0; order < 2; ++order) {
        auto resolver = stream.resolver();
        for (const auto& [id, features] : stream.records()) resolver.add(id, features);
        EXPECT_EQ(partition_of(resolver.customers()), expected);
        std::shuffle(stream.records().begin(), stream.records().end(), random);
    }
}

TEST(Stream, ChangesNothingWhenARecordComesAgain) {
    StreamOf stream("fake_1000");
    auto resolver = stream.resolver();
    for (const auto& [id, features] : stream.records()) resolver.add(id, features);
    for (const auto& [id, features] : stream.records())
        EXPECT_TRUE(resolver.add(id, features).empty()) << id;
    EXPECT_EQ(partition_of(resolver.customers()), stream.at_once());
}

TEST(Stream, ForgetsWhatARemovedRecordBroughtTogether) {
    StreamOf stream("crm_dev");
    auto whole = stream.resolver(), part = stream.resolver();
    auto& records = stream.records();
    for (const auto& [id, features] : records) whole.add(id, features);
    for (std::size_t i = 0; i < records.size(); ++i)
        if (i % 20 == 0)
            whole.remove(records[i].first);
        else
            part.add(records[i].first, records[i].second);
    EXPECT_EQ(partition_of(whole.customers()), partition_of(part.customers()));
}

}  // namespace
}  // namespace touchline::identity
