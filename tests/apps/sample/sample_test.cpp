#include "touchline/sample/sample.hpp"

#include "csv_reader.hpp"

#include "touchline/json/view.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <map>
#include <set>
#include <sstream>

namespace touchline::sample {
namespace {

class Sample : public testing::Test {
protected:
    Sample() {
        std::filesystem::remove_all(folder_);
        options_.customers = 300;
        options_.records = 6000;
        options_.end = *parse_rfc3339("2026-11-20T17:00:00Z");
    }
    ~Sample() override { std::filesystem::remove_all(folder_); }

    SampleReport write(const std::filesystem::path& folder) {
        auto report = write_sample(folder, options_);
        if (!report) ADD_FAILURE() << report.error().text();
        return std::move(report).value_or(SampleReport{});
    }

    std::filesystem::path folder_ = std::filesystem::path(testing::TempDir()) /
                                    (std::string("touchline_sample_") +
                                     testing::UnitTest::GetInstance()->current_test_info()->name());
    SampleOptions options_;
};

TEST_F(Sample, IsTheSameForTheSameSeed) {
    const SampleReport first = write(folder_ / "a");
    const SampleReport second = write(folder_ / "b");
    ASSERT_EQ(first.files.size(), second.files.size());
    for (std::size_t i = 0; i < first.files.size(); ++i) {
        EXPECT_EQ(read_all(first.files[i]), read_all(second.files[i])) << first.files[i];
    }
    options_.seed = 2;
    EXPECT_NE(read_all(write(folder_ / "c").files[0]), read_all(first.files[0]));
}

TEST_F(Sample, HasNineSystemsAndAboutAsManyRecordsAsAsked) {
    const SampleReport report = write(folder_);
    std::map<std::string, std::size_t> systems;
    for (const auto& [stream, rows] : report.streams) {
        systems[stream.substr(0, stream.find('/'))] += rows;
        EXPECT_GT(rows, 5u) << stream;
    }
    EXPECT_EQ(systems.size(), 9u);
    for (const auto& [system, rows] : systems) EXPECT_GT(rows, 100u) << system;
    EXPECT_GE(report.records, 6000u);
    EXPECT_LE(report.records, 6100u);
    EXPECT_GE(report.bad_records, report.records / 1000);
    EXPECT_LE(report.bad_records, report.records / 200);
}

TEST_F(Sample, KnowsWhoEachGoodRecordIsAbout) {
    const SampleReport report = write(folder_);
    const auto records = read_csv(read_all(folder_ / "truth/records.csv"), ',');
    EXPECT_EQ(records.size(), report.records - report.bad_records);
    std::set<std::string> people;
    for (const auto& person : read_csv(read_all(folder_ / "truth/people.csv"), ',')) {
        people.insert(person.at("person"));
    }
    EXPECT_EQ(people.size(), options_.customers);
    for (const auto& record : records) EXPECT_TRUE(people.contains(record.at("person")));
}

TEST_F(Sample, ShowsTheStarInEveryDepartment) {
    const SampleReport report = write(folder_);
    std::set<std::string> systems;
    for (const auto& record : read_csv(read_all(folder_ / "truth/records.csv"), ',')) {
        if (record.at("person") == report.star.person) systems.insert(record.at("system"));
    }
    EXPECT_EQ(systems.size(), 9u);
    EXPECT_FALSE(report.star.second_email.empty());
    EXPECT_TRUE(report.star.phone.starts_with("+32"));
}

TEST_F(Sample, UsesAddressesOfNobodyOnly) {
    write(folder_);
    for (const auto& person : read_csv(read_all(folder_ / "truth/people.csv"), ',')) {
        for (const char* column : {"email", "second_email"}) {
            const std::string& email = person.at(column);
            if (email.empty()) continue;
            const std::string domain = email.substr(email.find('@') + 1);
            const bool is_reserved = domain == "example.org" || domain == "example.com" ||
                                     domain == "example.net" || domain.ends_with(".example");
            EXPECT_TRUE(is_reserved) << email;
        }
    }
}

TEST_F(Sample, HappensBeforeItsEnd) {
    options_.end = *parse_rfc3339("2026-06-30T12:00:00Z");
    write(folder_);
    std::istringstream orders(read_all(folder_ / "export/shop/orders.jsonl"));
    std::string line;
    std::size_t count = 0;
    while (std::getline(orders, line)) {
        const auto order = json::Document::parse(line);
        ASSERT_TRUE(order) << line;
        const auto time = parse_rfc3339(*json::find(order->root(), "/updatedAt")->as_string());
        ASSERT_TRUE(time) << line;
        EXPECT_LE(*time, options_.end);
        ++count;
    }
    EXPECT_GT(count, 100u);
}

TEST_F(Sample, HoldsEachObjectOfASystemOnce) {
    write(folder_);
    for (const char* name :
         {"crm/contacts", "helpdesk/tickets", "shop/orders", "billing/customers"}) {
        std::set<std::string> ids;
        std::istringstream objects(read_all(folder_ / "export" / (name + std::string(".jsonl"))));
        std::string line;
        while (std::getline(objects, line)) {
            const auto object = json::Document::parse(line);
            ASSERT_TRUE(object) << line;
            EXPECT_TRUE(ids.insert(json::find(object->root(), "/id")->text()).second) << line;
        }
        EXPECT_GT(ids.size(), 20u) << name;
    }
}

TEST_F(Sample, RefusesOptionsThatMakeNoSense) {
    options_.customers = 3;
    EXPECT_EQ(write_sample(folder_, options_).error().code(), Code::config);
}

}  // namespace
}  // namespace touchline::sample
