#include "touchline/identity/features.hpp"

#include <gtest/gtest.h>

#include <string>

namespace touchline::identity {
namespace {

/// People of differing initials, born on differing days.
std::vector<Features> people(std::size_t count) {
    FeatureReader reader(FieldMap({{"name", Role::full_name}, {"dob", Role::birth_date}}));
    std::vector<Features> features;
    for (std::size_t i = 0; i < count; ++i) {
        const std::string name = {char('a' + i % 26), 'a', ' ', char('a' + i / 26 % 26), 'o'};
        const auto date = std::to_string(1940 + i % 60) + "-0" + std::to_string(1 + i % 9) + "-" +
                          std::to_string(10 + i % 18);
        features.push_back(*reader.read({"", "", {{"name", name}, {"dob", date}}}));
    }
    return features;
}

BirthFeature born(const std::string& date) {
    FeatureReader reader(FieldMap({{"dob", Role::birth_date}}));
    return reader.read({"", "", {{"dob", date}}})->birth;
}

TEST(Placeholders, AreDatesOnWhichFarTooManyPeopleWereBorn) {
    auto features = people(200);
    for (std::size_t i = 0; i < 40; ++i) features[i * 5].birth = born("1985-05-05");
    const auto found = take_out_placeholders(features);
    EXPECT_EQ(found.size(), 1U);
    EXPECT_EQ(features[0].birth.year, 0);
    EXPECT_TRUE(features[0].birth.digits.empty());
    EXPECT_FALSE(features[1].birth.digits.empty());
}

TEST(Placeholders, LeaveTheYearOfAFirstOfJanuary) {
    auto features = people(200);
    for (std::size_t i = 0; i < 40; ++i) features[i * 5].birth = born("1985-01-01");
    EXPECT_EQ(take_out_placeholders(features).size(), 1U);
    EXPECT_EQ(features[0].birth.year, 1985);
    EXPECT_EQ(features[0].birth.month, 0);
}

TEST(Placeholders, AreNotTheManyRecordsOfOnePerson) {
    auto features = people(200);
    for (std::size_t i = 0; i < 40; ++i) {
        features[i].birth = born("1985-05-05");
        features[i].given = features[0].given;
        features[i].surname = features[0].surname;
    }
    EXPECT_TRUE(take_out_placeholders(features).empty());
}

TEST(Placeholders, AreReadAsNothingByTheModelThatKnowsThem) {
    auto features = people(200);
    for (std::size_t i = 0; i < 40; ++i) features[i * 5].birth = born("1985-05-05");
    FeatureReader reader(FieldMap({{"dob", Role::birth_date}}), take_out_placeholders(features));
    EXPECT_EQ(reader.read({"", "", {{"dob", "05.05.1985"}}})->birth.year, 0);
}

}  // namespace
}  // namespace touchline::identity
