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
        FeatureReader reader(learnt_.model.fields(), learnt_.model.placeholders);
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

TEST(Stream, EndsWithUpdatesWhereAFreshLoadEnds) {
    StreamOf stream("crm_dev");
    auto updated = stream.resolver(), fresh = stream.resolver();
    auto& records = stream.records();
    for (const auto& [id, features] : records) updated.add(id, features);
    for (std::size_t i = 0; i < records.size(); ++i) {
        // Somebody else's contacts, and back again for some.
        if (i % 20 == 0) {
            auto features = records[i].second;
            features.mails = records[(i + 7) % records.size()].second.mails;
            updated.add(records[i].first, features);
            if (i % 40 == 0) records[i].second = features;
        }
        if (i % 40 == 20) updated.add(records[i].first, records[i].second);
    }
    for (const auto& [id, features] : records) fresh.add(id, features);
    EXPECT_EQ(partition_of(updated.customers()), partition_of(fresh.customers()));
}

/// People with much and little in common, few enough to try thousands of orders.
class SmallSet {
public:
    SmallSet() : model(FieldMap()) {
        const std::vector<Record> records = {
            {"a1", "", {{"name", "William Turner"}, {"email", "will.turner@gmail.com"}}},
            {"a2", "", {{"name", "Bill Turner"}, {"email", "willturner+shop@gmail.com"}}},
            {"a3", "", {{"name", "Turner, William"}, {"phone", "+1 303 555 9876"}}},
            {"a4", "", {{"name", "W. Turner"}, {"phone", "303 555 9876"}, {"city", "Ostwick"}}},
            {"b1", "", {{"name", "Ana Souza"}, {"email", "casa@souza.example"}}},
            {"b2", "", {{"name", "Ana Sousa"}, {"email", "casa@souza.example"}}},
            {"b3", "", {{"name", "Rui Souza"}, {"email", "casa@souza.example"}}},
            {"b4", "", {{"name", "Ines Souza"}, {"email", "casa@souza.example"}}},
            {"b5", "", {{"name", "Ana Souza"}, {"phone", "303 555 9876"}}},
        };
        FeatureReader reader(recognise_fields(records));
        for (const auto& record : records) features.emplace(record.id, *reader.read(record));
        model = Model(reader.fields());
        model.block_max = 4;
        model.sharers_max = 1;
    }

    Partition at_once(const std::map<std::string, Features>& some) const {
        std::vector<std::string> ids;
        std::vector<Features> marked;
        for (const auto& [id, one] : some) {
            ids.push_back(id);
            marked.push_back(one);
        }
        mark_shared(marked, model.sharers_max);
        const auto clusters = resolve(model, marked);
        std::map<std::string, std::string> labels;
        for (std::size_t i = 0; i < ids.size(); ++i) labels[ids[i]] = ids[clusters[i]];
        return partition_of(labels);
    }

    std::map<std::string, Features> features;
    Model model;
};

TEST(Stream, EndsInOnePartitionOverThousandsOfOrders) {
    const SmallSet set;
    const auto expected = set.at_once(set.features);
    std::vector<std::string> order;
    for (const auto& [id, one] : set.features) order.push_back(id);
    std::mt19937 random(11);
    for (int i = 0; i < 3000; ++i) {
        std::shuffle(order.begin(), order.end(), random);
        StreamResolver resolver(set.model);
        for (const auto& id : order) resolver.add(id, set.features.at(id));
        ASSERT_EQ(partition_of(resolver.customers()), expected);
    }
}

/// What somebody knows who reads nothing but the events.
class Listener {
public:
    void hear(const std::vector<Change>& changes) {
        for (const auto& change : changes) {
            handed_out.insert(change.customer);
            if (change.kind == ChangeKind::merged) {
                for (auto& [record, customer] : customers)
                    if (customer == change.customer) customer = change.into;
            } else if (change.kind != ChangeKind::redirect) {
                customers[change.record] = change.customer;
            }
        }
    }
    std::map<std::string, std::string> customers;
    std::set<std::string> handed_out;
};

TEST(Stream, TellsAllThatHappensAndEveryIdLeadsToOneCustomer) {
    const SmallSet set;
    std::vector<std::string> ids;
    for (const auto& [id, one] : set.features) ids.push_back(id);
    std::mt19937 random(5);
    for (int round = 0; round < 200; ++round) {
        StreamResolver resolver(set.model);
        Listener listener;
        std::map<std::string, Features> there;
        for (int step = 0; step < 40; ++step) {
            const auto& id = ids[random() % ids.size()];
            const auto& other = ids[random() % ids.size()];
            switch (random() % 6) {
                case 0:
                    listener.hear(resolver.remove(id));
                    listener.customers.erase(id);
                    there.erase(id);
                    break;
                case 1:
                    listener.hear(resolver.decide(id, other, Verdict(random() % 3)));
                    break;
                case 2:
                    there[id] = set.features.at(other);
                    listener.hear(resolver.add(id, there[id]));
                    break;
                default:
                    there[id] = set.features.at(id);
                    listener.hear(resolver.add(id, there[id]));
            }
            const auto customers = resolver.customers();
            ASSERT_EQ(listener.customers, customers);
            std::set<std::string> live;
            for (const auto& [record, customer] : customers) live.insert(customer);
            for (const auto& customer : live)
                ASSERT_EQ(resolver.customer_behind(customer), customer);
            for (const auto& customer : listener.handed_out) {
                const auto behind = resolver.customer_behind(customer);
                ASSERT_TRUE(!behind || live.contains(*behind)) << customer;
            }
        }
        for (const auto& a : ids)
            for (const auto& b : ids) resolver.decide(a, b, Verdict::none);
        ASSERT_EQ(partition_of(resolver.customers()), set.at_once(there));
    }
}

TEST(Stream, KeepsAnIdWhileItsRecordIsUpdated) {
    const SmallSet set;
    StreamResolver resolver(set.model);
    for (const auto& [id, features] : set.features) resolver.add(id, features);
    const auto before = resolver.customers();
    auto features = set.features.at("a1");
    features.day = 19000;
    EXPECT_TRUE(resolver.add("a1", features).empty());
    EXPECT_EQ(resolver.customers(), before);
}

TEST(Stream, PartsWhomPeopleHoldApartUntilTheyTakeItBack) {
    StreamOf stream("crm_dev");
    auto resolver = stream.resolver();
    for (const auto& [id, features] : stream.records()) resolver.add(id, features);
    const auto before = resolver.customers();
    std::map<std::string, std::vector<std::string>> clusters;
    for (const auto& [id, customer] : before) clusters[customer].push_back(id);
    int parted = 0;
    for (const auto& [customer, members] : clusters) {
        if (members.size() < 3 || parted == 100) continue;
        ++parted;
        const auto &a = members.front(), &b = members.back();
        resolver.decide(a, b, Verdict::different);
        auto after = resolver.customers();
        ASSERT_NE(after.at(a), after.at(b));
        // All others stay together as they were.
        std::map<std::string, std::string> others_before, others_after;
        for (const auto& [id, other] : before)
            if (other != customer) {
                others_before.emplace(id, other);
                others_after.emplace(id, after.at(id));
            }
        ASSERT_EQ(partition_of(others_after), partition_of(others_before));
        // A replay changes nothing.
        for (const auto& [id, features] : stream.records())
            if (id == a || id == b) resolver.add(id, features);
        ASSERT_EQ(resolver.customers(), after);
        resolver.decide(a, b, Verdict::none);
        ASSERT_EQ(resolver.customers(), before);
    }
    EXPECT_EQ(parted, 100);
}

TEST(Stream, JoinsWhomPeopleSayAreOneWhateverComesFirst) {
    const SmallSet set;
    StreamResolver early(set.model), late(set.model);
    early.decide("a1", "b3", Verdict::same);
    for (const auto& [id, features] : set.features) early.add(id, features);
    for (const auto& [id, features] : set.features) late.add(id, features);
    EXPECT_NE(late.customers().at("a1"), late.customers().at("b3"));
    late.decide("a1", "b3", Verdict::same);
    EXPECT_EQ(early.customers().at("a1"), early.customers().at("b3"));
    EXPECT_EQ(partition_of(early.customers()), partition_of(late.customers()));
}

}  // namespace
}  // namespace touchline::identity
