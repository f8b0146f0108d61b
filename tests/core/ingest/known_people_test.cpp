// Records of which it is known who they are, on the way that records take in a running
// installation: connection by connection through ingest and matching, with everything as it ships.
#include "workbench.hpp"

#include "touchline/identity/evaluation.hpp"
#include "touchline/ingest/matching.hpp"

#include <algorithm>
#include <fstream>
#include <iostream>
#include <map>
#include <random>
#include <set>

namespace touchline::ingest {
namespace {

struct Row {
    std::string id, source, json;
};

class KnownPeople : public Workbench {
protected:
    static std::filesystem::path folder_of(const std::string& set) {
        return std::filesystem::path(TOUCHLINE_SOURCE_DIR) / "tests/data/identity" / set;
    }
    static std::vector<Row> rows_of(const std::string& set) {
        std::vector<Row> rows;
        std::ifstream file(folder_of(set) / "records.jsonl");
        for (std::string line; std::getline(file, line);) {
            const auto document = json::Document::parse(line);
            const auto text = [&](const char* name) {
                return std::string(document->root().get(name)->as_string().value_or(""));
            };
            rows.push_back({text("id"), text("source"), line});
        }
        return rows;
    }
    static identity::Labels truth_of(const std::string& set) {
        identity::Labels labels;
        std::ifstream file(folder_of(set) / "truth.csv");
        std::string line;
        std::getline(file, line);  // the heading
        while (std::getline(file, line))
            labels[line.substr(0, line.find(','))] = line.substr(line.find(',') + 1);
        return labels;
    }

    /// A connection for each department, as a company would configure it.
    const ConnectionPlan& plan_of(const std::string& source) {
        const auto known = plans_.find(source);
        if (known != plans_.end()) return known->second;
        const std::string mapping =
            "emit: fact\n"
            "set:\n"
            "  identities: [{ns: " +
            source +
            ".record, value: =id}, {ns: email, value: =email},"
            " {ns: phone, value: =phone || phone_number},"
            " {ns: name, value: \"=full_name || join(' ', [given_name || first_name || '', surname"
            " || ''])\"}, {ns: birth_date, value: =date_of_birth || dob}]\n"
            "  observed_at: \"=updated_at || '2024-01-01'\"\n"
            "fields:\n"
            "  name.full: =full_name\n"
            "  name.given: =given_name || first_name\n"
            "  name.family: =surname\n"
            "  email: =email\n"
            "  phone: =phone || phone_number\n"
            "  birth_date: =date_of_birth || dob\n"
            "  address.street: \"=join(' ', [street_number || '', street || address_1 || ''])\"\n"
            "  address.city: =city || suburb\n"
            "  address.postcode: =postcode\n"
            "  address.state: =state\n";
        ConnectionPlan made = plan(source, mapping);
        made.streams[0].info.version = "";
        return plans_.emplace(source, std::move(made)).first->second;
    }

    void read(store::Store& store, const std::vector<Row>& rows, bool match) {
        const Environment environment{store, policy_, clock_};
        std::map<std::string, std::string> pages;
        for (const Row& row : rows) {
            std::string& page = pages[row.source];
            page.append(page.empty() ? "[" : ",").append(row.json);
        }
        for (const auto& [source, page] : pages) {
            Ingestor ingestor(environment, plan_of(source));
            EXPECT_TRUE(ingestor.page({"rows", page + "]", "", Format::json, model::Via::poll}));
            const auto done = ingestor.finish();
            EXPECT_TRUE(done) << done.error().text();
            EXPECT_EQ(ingestor.totals().dead_letters, 0);
        }
        if (!match) return;
        const auto matched = match_due(environment);
        EXPECT_TRUE(matched) << matched.error().text();
    }

    static identity::Labels customers(store::Store& store, const std::vector<Row>& rows) {
        identity::Labels labels;
        const auto reader = std::move(*store.reader());
        for (const Row& row : rows) {
            const auto identity = *reader->find_identity(row.source + ".record", row.id);
            if (identity) labels[row.id] = reader->resolve(identity->customer)->id;
        }
        return labels;
    }

    identity::Evaluation evaluate(const std::string& set) {
        const auto rows = rows_of(set);
        read(*store_, rows, true);
        const auto result = identity::evaluate(truth_of(set), customers(*store_, rows));
        const auto open = reader()->open_questions();
        std::cout << set << ": pairwise precision " << result.pairwise.precision << ", recall "
                  << result.pairwise.recall << ", F1 " << result.pairwise.f1 << "; "
                  << result.found_clusters << " customers of " << result.true_clusters
                  << " people, " << open->size() << " open pairs\n";
        return result;
    }

    std::map<std::string, ConnectionPlan> plans_;
};

TEST_F(KnownPeople, OfSevenDepartmentsAreSeldomTakenForOneAnother) {
    policy_ = identity::Policy::make({}, "US").value();
    const auto result = evaluate("crm_dev");
    EXPECT_EQ(result.missing, 0U);
    EXPECT_GE(result.pairwise.precision, 0.99);
    EXPECT_GE(result.pairwise.recall, 0.70);
}

TEST_F(KnownPeople, OfOneRegisterAreSeldomTakenForOneAnother) {
    policy_ = identity::Policy::make({}, "AU").value();
    const auto result = evaluate("febrl1");
    EXPECT_GE(result.pairwise.precision, 0.99);
    EXPECT_GE(result.pairwise.recall, 0.86);
}

TEST_F(KnownPeople, AreTheSameCustomersInAnyOrder) {
    policy_ = identity::Policy::make({}, "US").value();
    auto rows = rows_of("crm_dev");
    rows.resize(500);
    read(*store_, rows, true);
    const auto partition_of = [&](store::Store& store) {
        std::map<std::string, std::set<std::string>> by_customer;
        for (const auto& [id, customer] : customers(store, rows)) by_customer[customer].insert(id);
        std::set<std::set<std::string>> all;
        for (auto& [customer, ids] : by_customer) all.insert(std::move(ids));
        return all;
    };
    const auto expected = partition_of(*store_);
    std::mt19937 random(20261128);
    for (const std::size_t together : {std::size_t{1}, std::size_t{40}}) {
        auto shuffled = rows;
        std::ranges::shuffle(shuffled, random);
        const auto folder = folder_ / std::to_string(together);
        std::filesystem::create_directories(folder);
        auto store = open(folder);
        for (std::size_t i = 0; i < shuffled.size(); i += together) {
            const auto last = std::min(i + together, shuffled.size());
            const bool match = random() % 3 == 0;
            read(
                *store,
                {shuffled.begin() + std::ptrdiff_t(i), shuffled.begin() + std::ptrdiff_t(last)},
                match
            );
            if (random() % 50 != 0) continue;
            store.reset();  // a restart
            store = open(folder);
        }
        read(*store, {shuffled.begin(), shuffled.begin() + 60}, true);  // sent again
        EXPECT_EQ(partition_of(*store), expected) << together << " at a time";
    }
}

}  // namespace
}  // namespace touchline::ingest
