#include "touchline/identity/resolution.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <random>
#include <set>

namespace touchline::identity {
namespace {

Record record(std::string id, std::vector<RecordField> fields) {
    return {std::move(id), "test", std::move(fields)};
}

std::vector<Record> two_people() {
    return {
        record(
            "a1",
            {{"given_name", "William"},
             {"surname", "Turner"},
             {"email", "will.turner@gmail.com"},
             {"dob", "1961-04-02"}}
        ),
        record(
            "a2",
            {{"given_name", "Bill"}, {"surname", "Turner"}, {"email", "willturner+shop@gmail.com"}}
        ),
        record(
            "a3",
            {{"given_name", "Turner"},
             {"surname", "William"},
             {"dob", "1961-02-04"},
             {"phone", "+1 303 555 9876"}}
        ),
        record(
            "b1",
            {{"given_name", "Ana"},
             {"surname", "Souza"},
             {"email", "ana@souza.example"},
             {"dob", "1980-12-24"}}
        ),
        record("b2", {{"given_name", "Ana"}, {"surname", "Sousa"}, {"email", "ana@souza.example"}}),
    };
}

/// Groups of record ids, resolved in the order in which they are given.
std::set<std::set<std::string>> partition_of(std::vector<Record> records) {
    std::ranges::sort(records, {}, &Record::id);
    FeatureReader reader(recognise_fields(records));
    std::vector<Features> features;
    for (const auto& one : records) features.push_back(*reader.read(one));
    mark_shared(features, Model(reader.fields()).sharers_max);
    const auto model = train(reader.fields(), features);
    const auto clusters = resolve(model, features);
    std::map<std::uint32_t, std::set<std::string>> groups;
    for (std::size_t i = 0; i < records.size(); ++i) groups[clusters[i]].insert(records[i].id);
    std::set<std::set<std::string>> partition;
    for (auto& [name, group] : groups) partition.insert(group);
    return partition;
}

TEST(Resolution, JoinsFormsOfOnePersonAndKeepsPeopleApart) {
    EXPECT_EQ(
        partition_of(two_people()),
        (std::set<std::set<std::string>>{{"a1", "a2", "a3"}, {"b1", "b2"}})
    );
}

TEST(Resolution, GivesTheSamePartitionInEveryOrder) {
    auto records = two_people();
    const auto expected = partition_of(records);
    std::mt19937 random(7);
    for (int i = 0; i < 100; ++i) {
        std::shuffle(records.begin(), records.end(), random);
        ASSERT_EQ(partition_of(records), expected);
    }
}

TEST(Resolution, KeepsFatherAndSonApartByTheirSuffix) {
    const auto partition = partition_of({
        record("jr", {{"name", "Patrick Staber Jr"}, {"email", "staber@icloud.com"}}),
        record("sr", {{"name", "Patrick Staber Sr"}, {"email", "staber@icloud.com"}}),
    });
    EXPECT_EQ(partition.size(), 2U);
}

TEST(Resolution, NeverJoinsByNamesAlone) {
    const auto partition = partition_of({
        record("1", {{"name", "Quincy Harper"}, {"email", "quincy@one.example"}}),
        record("2", {{"name", "Quincy Harper"}, {"phone", "+1 303 555 9876"}}),
    });
    EXPECT_EQ(partition.size(), 2U);
}

TEST(Resolution, DoesNotStallOnOneValueInEveryRecord) {
    std::vector<Record> records;
    for (int i = 0; i < 20000; ++i)
        records.push_back(
            record(std::to_string(i), {{"email", "info@example.net"}, {"city", "Springfield"}})
        );
    EXPECT_GT(partition_of(std::move(records)).size(), 0U);
}

TEST(Model, ReadsBackWhatItWroteBitForBit) {
    const auto records = two_people();
    FeatureReader reader(recognise_fields(records));
    std::vector<Features> features;
    for (const auto& one : records) features.push_back(*reader.read(one));
    const auto model = train(reader.fields(), features);
    const auto again = Model::from_json(model.to_json());
    ASSERT_TRUE(again) << again.error().text();
    for (const auto& a : features)
        for (const auto& b : features) EXPECT_EQ(model.score(a, b).bits, again->score(a, b).bits);
    EXPECT_EQ(again->to_json(), model.to_json());
}

TEST(Model, ScoresAPairTheSameBothWays) {
    const auto records = two_people();
    FeatureReader reader(recognise_fields(records));
    std::vector<Features> features;
    for (const auto& one : records) features.push_back(*reader.read(one));
    const Model model(reader.fields());
    for (const auto& a : features)
        for (const auto& b : features) EXPECT_EQ(model.score(a, b).bits, model.score(b, a).bits);
}

TEST(Model, SaysWhatAFileLacks) {
    EXPECT_FALSE(Model::from_json("{}"));
    EXPECT_NE(Model::from_json("{}").error().text().find("touchline_model"), std::string::npos);
}

}  // namespace
}  // namespace touchline::identity
