// What learning makes of records that might mislead it.
#include "touchline/identity/training.hpp"

#include "touchline/identity/evaluation.hpp"
#include "touchline/identity/resolution.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <cstdint>
#include <random>
#include <string>
#include <vector>

namespace touchline::identity {
namespace {

/// Companies of a few trades, each in up to four records with gaps: most candidates have a trade
/// and a word of the name in common, and are related at best.
struct Companies {
    explicit Companies(std::size_t count) {
        std::mt19937 random(11);
        const auto one_of = [&](const std::vector<std::string>& words) {
            return words[random() % words.size()];
        };
        const auto word = [&] {
            std::string text;
            for (int i = 0; i < 3; ++i)
                text += one_of(
                    {"ba",
                     "cor",
                     "del",
                     "fa",
                     "gan",
                     "hol",
                     "ken",
                     "mar",
                     "nor",
                     "pen",
                     "ros",
                     "tal",
                     "wes",
                     "wil"}
                );
            return text;
        };
        std::vector<std::string> names;
        for (int i = 0; i < 500; ++i) names.push_back(word());
        const auto skewed = [&](const std::vector<std::string>& words) {
            return words
                [std::size_t(std::pow(double(words.size()), double(random()) / 4294967296.0)) - 1];
        };
        while (records.size() < count) {
            const auto name = skewed(names), trade = one_of(
                                                 {"systems",
                                                  "foods",
                                                  "logistics",
                                                  "energy",
                                                  "media",
                                                  "labs",
                                                  "partners",
                                                  "textiles",
                                                  "motors",
                                                  "optics",
                                                  "paper",
                                                  "steel",
                                                  "software",
                                                  "dairy"}
                                             );
            const auto street = std::to_string(random() % 200) + " " + skewed(names) + " street";
            const auto city = skewed(names),
                       phone = "+1 20" + std::to_string(10'000'000 + random() % 80'000'000);
            const auto id = std::to_string(records.size());
            for (std::size_t copies = 1 + random() % 3; copies > 0; --copies) {
                Record record{std::to_string(100'000 + records.size()), "", {}};
                truth[record.id] = id;
                record.fields.push_back({"company_name", name + " " + trade});
                const auto add = [&](const char* field, const std::string& value, unsigned gap) {
                    if (random() % 10 >= gap) record.fields.push_back({field, value});
                };
                add("website", "https://" + name + trade + ".com", 4);
                add("address", street, 3);
                add("city", city, 2);
                add("phone", phone, 4);
                add("industry", trade, 3);
                records.push_back(std::move(record));
            }
        }
    }
    std::vector<Record> records;
    Labels truth;
};

TEST(Training, WhatManyRelatedHaveInCommonIsNotTakenForTheSame) {
    const Companies companies(4000);
    FeatureReader reader(recognise_fields(companies.records));
    std::vector<Features> features;
    for (const auto& record : companies.records) features.push_back(*reader.read(record));
    mark_shared(features, Model(reader.fields()).sharers_max);
    const Candidates candidates(features);
    for (const auto pairs : {k_training_pairs, std::uint64_t{100'000}}) {
        TrainingNotes notes;
        const auto model = train(reader.fields(), features, candidates, {}, &notes, pairs);
        const auto clusters = resolve(model, features, candidates);
        Labels found;
        for (std::size_t i = 0; i < clusters.size(); ++i)
            found[companies.records[i].id] = companies.records[clusters[i]].id;
        const auto quality = evaluate(companies.truth, found).pairwise;
        EXPECT_GT(quality.precision, 0.9) << pairs;
        EXPECT_GT(quality.recall, 0.8) << pairs;
        // Of fewer pairs "same" takes those of one trade at first, which is noticed.
        EXPECT_EQ(notes.size(), pairs == k_training_pairs ? 0 : 1);
    }
}

}  // namespace
}  // namespace touchline::identity
