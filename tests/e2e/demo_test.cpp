// The sample company, from the outside: what somebody sees who tries Touchline for the first time.
#include "store_state.hpp"

#include <algorithm>
#include <filesystem>
#include <set>

namespace touchline::e2e {
namespace {

namespace fs = std::filesystem;

const std::vector<std::string> k_demo{
    "demo", "--dir", "demo", "--port", "0", "--customers", "300", "--records", "6000"};

std::string star(const Folder& folder) {
    const std::string text = read_file(folder.path() / "demo/look-at-first.txt");
    return text.substr(0, text.find('\n'));
}

void expect_a_full_picture(const Daemon& daemon, const std::string& email) {
    const auto found = daemon.json("/api/v1/lookup?q=" + testing_support::percent_encoded(email));
    const std::string path = "/api/v1/customers/" + text_at(found.root(), "/matches/0/customer");

    std::set<std::string> departments, namespaces;
    const auto timeline = daemon.json(path + "/timeline?limit=200");
    for (const json::View item : timeline.root().get("items")->elements())
        departments.insert(text_at(item, "/department"));
    EXPECT_GE(departments.size(), 6U);

    const auto customer = daemon.json(path), why = daemon.json(path + "/why");
    for (const json::View identity : customer.root().get("identities")->elements()) {
        namespaces.insert(text_at(identity, "/ns"));
        if (text_at(identity, "/strength") == "weak") continue;  // holds nobody together
        const std::string name = text_at(identity, "/ns") + ":" + text_at(identity, "/value");
        EXPECT_NE(why.root().text().find(name + " "), std::string::npos)
            << "no reason for " << name;
    }
    EXPECT_GE(namespaces.size(), 6U);
}

void expect_reasons_for_dead_letters(const Daemon& daemon) {
    const auto answer = daemon.json("/api/v1/dead-letters?limit=500");
    const auto letters = *answer.root().get("dead_letters");
    EXPECT_GT(letters.size(), 0U);
    for (const json::View letter : letters.elements()) {
        EXPECT_NE(text_at(letter, "/message"), "") << letter.text();
        // A row that could not be read names its file and line in the message.
        const bool has_place = text_at(letter, "/place") != "" ||
                               text_at(letter, "/message").find(':') != std::string::npos;
        EXPECT_TRUE(has_place) << letter.text();
    }
}

std::int64_t total(const Daemon& daemon, std::string_view what) {
    std::int64_t sum = 0;
    const auto answer = daemon.json("/api/v1/connections");
    for (const json::View one : answer.root().get("connections")->elements())
        sum += number_at(one, what);
    return sum;
}

std::size_t lines_of(const fs::path& file) {
    const std::string text = read_file(file);
    return static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n'));
}

/// What the systems hold beyond what the truth knows: the records that make no sense.
std::size_t bad_records(const fs::path& sample) {
    std::size_t records = 0;
    for (const auto& entry : fs::recursive_directory_iterator(sample / "export")) {
        if (!entry.is_regular_file()) continue;
        records += lines_of(entry.path()) - (entry.path().extension() == ".csv" ? 1 : 0);
    }
    return records - (lines_of(sample / "truth/records.csv") - 1);
}

TEST(Demo, RefusesNothingButWhatMakesNoSense) {
    const Folder folder;
    auto arguments = k_demo;
    arguments.emplace_back("--prepare-only");
    ASSERT_EQ(run(arguments, folder.path()), 0) << read_file(folder.path() / "stderr.txt");
    const State state = state_of(folder.path() / "demo/data/touchline.db");
    // A good record that names nobody, but a mailbox that says nothing, is a dead letter as well.
    const auto refused = std::ranges::count_if(state.dead_letters, [](const auto& letter) {
        return letter.first.find("no identity is left") == std::string::npos;
    });
    EXPECT_GT(refused, 5);
    EXPECT_LE(static_cast<std::size_t>(refused), bad_records(folder.path() / "demo"));
}

TEST(Demo, ShowsOneCustomerAcrossTheCompanyAndGoesOnWhereItWas) {
    const Folder folder;
    std::int64_t records = 0, letters = 0, touchpoints = 0;
    for (const bool is_first : {true, false}) {
        Daemon daemon(k_demo, folder.path());
        ASSERT_TRUE(daemon.is_ready()) << read_file(folder.path() / "stderr.txt");
        expect_a_full_picture(daemon, star(folder));
        expect_reasons_for_dead_letters(daemon);
        if (!is_first) {
            EXPECT_EQ(total(daemon, "/records"), records);
            EXPECT_EQ(total(daemon, "/dead_letters"), letters);
        }
        records = total(daemon, "/records");
        letters = total(daemon, "/dead_letters");
        EXPECT_GT(records, 4500);
        daemon.child().signal(SIGTERM);
        EXPECT_EQ(daemon.child().wait(), 0) << read_file(folder.path() / "stderr.txt");

        const State state = state_of(folder.path() / "demo/data/touchline.db");
        if (!is_first) {
            EXPECT_EQ(state.counts.at("touchpoints"), touchpoints);
        }
        touchpoints = state.counts.at("touchpoints");
    }
}

std::int64_t pairs(std::int64_t count) {
    return count * (count - 1) / 2;
}

TEST(Demo, JoinsTheRecordsOfOnePersonAndOfNobodyElse) {
    const Folder folder;
    auto arguments = k_demo;
    arguments.emplace_back("--prepare-only");
    ASSERT_EQ(run(arguments, folder.path()), 0) << read_file(folder.path() / "stderr.txt");
    const State state = state_of(folder.path() / "demo/data/touchline.db");

    // The truth names systems and collections, as connections and streams are named.
    const auto& customers = state.customers_of_record;
    std::map<std::string, std::int64_t> by_customer, by_person;
    std::map<std::pair<std::string, std::string>, std::int64_t> by_both;
    std::istringstream truth(read_file(folder.path() / "demo/truth/records.csv"));
    std::string line;
    std::getline(truth, line);
    while (std::getline(truth, line)) {
        const std::size_t last = line.rfind(',');
        std::string record = line.substr(0, last);
        std::replace(record.begin(), record.end(), ',', '/');
        const auto customer = customers.find(record);
        if (customer == customers.end()) continue;
        const std::string person = line.substr(last + 1);
        ++by_customer[customer->second];
        ++by_person[person];
        ++by_both[{customer->second, person}];
    }
    std::int64_t together = 0, same = 0, right = 0;
    for (const auto& [customer, count] : by_customer) together += pairs(count);
    for (const auto& [person, count] : by_person) same += pairs(count);
    for (const auto& [both, count] : by_both) right += pairs(count);
    ASSERT_GT(together, 10'000);
    const double precision = static_cast<double>(right) / static_cast<double>(together);
    const double recall = static_cast<double>(right) / static_cast<double>(same);
    std::cout << "precision " << precision << ", recall " << recall << " over " << together
              << " pairs of records\n";
    EXPECT_GE(precision, 0.97);
}

}  // namespace
}  // namespace touchline::e2e
