// A process that looks for likenesses is killed at many points: whoever goes on ends where one that
// was never killed ends.
#include "touchline/config/yaml.hpp"
#include "touchline/ingest/matching.hpp"
#include "touchline/store/sqlite.hpp"

#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <map>
#include <set>

namespace touchline::ingest {
namespace {

namespace fs = std::filesystem;

constexpr int k_people = 700;
/// Each system has a key of its own for its contacts.
std::string mapping_of(const std::string& system) {
    return "emit: fact\nset:\n  identities: [{ns: " + system +
           R"(.contact, value: =id}, {ns: email, value: =email}, {ns: name, value: =name}]
  observed_at: "2026-01-01T00:00:00Z"
fields: {name.full: =name, email: =email, birth_date: =birth, address.street: =street, address.city: =city}
)";
}

/// A name that nobody else has, nor one like it.
std::string family_of(int person) {
    constexpr const char* k_syllables[] = {
        "ba", "de", "fi", "go", "lu", "ma", "ne", "pi", "ro", "tu"};
    std::string name;
    for (const int number : {person * 379 % 1000, person * 617 % 1000})
        for (const int part : {number, number / 10, number / 100}) name += k_syllables[part % 10];
    return name + "son";
}

/// Whose names are alike live far apart.
std::string street_of(int person) {
    return family_of(person * 379 % 1000) + " " + family_of(person * 617 % 1000);
}

/// A contact of each person; in the second system without the address that could be the bridge.
std::string page(bool has_email) {
    constexpr const char* k_given[] = {
        "Anastasia", "Bartholomew", "Clementine", "Desmond", "Eva", "Faustina", "Gottfried"};
    std::string rows;
    for (int i = 0; i < k_people; ++i) {
        const std::string number = std::to_string(1000 + i), family = family_of(i);
        const std::string birth = std::to_string(1940 + i * 7 % 60) + "-0" +
                                  std::to_string(1 + i * 5 % 9) + "-" +
                                  std::to_string(10 + i * 3 % 17);
        rows += std::string(rows.empty() ? "" : ",") + R"({"id":")" + number + R"(","name":")" +
                k_given[i % 7] + " " + family + R"(","email":")" +
                (has_email ? family + "@example.org" : "") + R"(","birth":")" + birth +
                R"(","street":")" + number + " " + street_of(i) + R"(","city":"Gent"})";
    }
    return "[" + rows + "]";
}

class MatchingCrash : public testing::Test {
protected:
    MatchingCrash() {
        fs::remove_all(folder_);
        fs::create_directories(folder_);
    }
    ~MatchingCrash() override { fs::remove_all(folder_); }

    static std::unique_ptr<store::Store> open(const fs::path& file) {
        auto store = store::open_sqlite({file, 8, false});
        EXPECT_TRUE(store) << store.error().text();
        return std::move(store).value();
    }
    Environment environment(store::Store& store) const {
        return {store, policy_, clock_, "default"};
    }

    void read_people(const fs::path& file) const {
        const auto store = open(file);
        for (const std::string system : {"crm", "shop"}) {
            std::vector<Error> problems;
            auto mapping =
                mapping::Mapping::compile(*config::read_yaml(mapping_of(system), "m"), problems);
            ASSERT_TRUE(mapping);
            ConnectionPlan plan;
            plan.id = system;
            plan.streams.push_back({{"rows", "/id", "", ""}, std::move(*mapping), "m@1"});
            Ingestor ingestor(environment(*store), plan);
            const std::string text = page(system == "crm");
            ASSERT_TRUE(ingestor.page({"rows", text, "", Format::json, model::Via::poll}));
            ASSERT_TRUE(ingestor.finish());
        }
    }

    /// True when it was killed before it was done.
    bool match_and_kill(const fs::path& file, int spins) const {
        const pid_t child = ::fork();
        if (child == 0) {
            auto store = store::open_sqlite({file, 8, false});
            std::_Exit(store && match_due(environment(**store)) ? 0 : 1);
        }
        for (int spin = 0; spin < spins; ++spin)
            if (::waitpid(child, nullptr, WNOHANG) != 0) return false;
        ::kill(child, SIGKILL);
        int status = 0;
        ::waitpid(child, &status, 0);
        return WIFSIGNALED(status);
    }

    std::set<std::set<std::string>> customers(const fs::path& file) const {
        const auto store = open(file);
        const auto reader = std::move(store->reader()).value();
        std::map<std::string, std::set<std::string>> by_id;
        for (store::IdentityKey last{};;) {
            const auto identities = reader->identities_after(last, 500).value();
            if (identities.empty()) break;
            last = identities.back().key;
            for (const store::Identity& one : identities)
                by_id[reader->resolve(one.customer)->id].insert(one.ns + ":" + one.value);
        }
        std::set<std::set<std::string>> all;
        for (auto& [id, members] : by_id) all.insert(std::move(members));
        return all;
    }

    fs::path folder_ =
        fs::temp_directory_path() / ("touchline-matching-crash-" + std::to_string(::getpid()));
    ManualClock clock_{*parse_rfc3339("2026-11-01T12:00:00Z")};
    identity::Policy policy_;
};

TEST_F(MatchingCrash, EndsWhereOneThatWasNotInterruptedEnds) {
    const fs::path whole = folder_ / "whole.db", killed = folder_ / "killed.db";
    read_people(whole);
    fs::copy_file(whole, killed);
    {
        const auto store = open(whole);
        const auto report = match_due(environment(*store));
        ASSERT_TRUE(report) << report.error().text();
        EXPECT_EQ(report->profiles, 2 * k_people);
    }
    const auto expected = customers(whole);
    ASSERT_EQ(expected.size(), std::size_t{k_people});
    int kills = 0;
    std::set<std::size_t> seen;  // how far the killed ones had come
    // A little further with every round, so that it ends.
    for (int spins = 500; match_and_kill(killed, spins); spins += spins / 2) {
        ++kills;
        seen.insert(customers(killed).size());
    }
    EXPECT_GE(kills, 3);
    EXPECT_GE(seen.size(), 2U) << "none was killed half way";
    EXPECT_EQ(customers(killed), expected);
    const auto store = open(killed);
    EXPECT_EQ(match_due(environment(*store))->profiles, 0) << "nothing is left to do";
}

}  // namespace
}  // namespace touchline::ingest
