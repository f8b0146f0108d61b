// The cases that resolvers get wrong (tests/core/identity/cases), on the way that records take in a
// running installation: each record from a system of its own, one by one, with the model that
// ships. A case's file says who the store takes them for and whom it asks about ("live: 1 | 2 3;
// asked 1 2"), and for some pairs what an agent reads ("live 1 2: ..."). The store may join fewer
// than a file's own "customers:", since it asks where it is not sure, and never others.
// TOUCHLINE_UPDATE_GOLDEN=1 rewrites what the store says. Read the diff before you keep it.
#include "workbench.hpp"

#include "touchline/ingest/explanation.hpp"
#include "touchline/ingest/matching.hpp"

#include <algorithm>
#include <cctype>
#include <cstdlib>
#include <fstream>
#include <map>
#include <random>
#include <set>
#include <sstream>

namespace touchline::ingest {
namespace {

namespace fs = std::filesystem;
using Groups = std::set<std::set<std::string>>;

struct CaseRecord {
    std::string id, json;
};

struct Outcome {
    Groups customers;
    std::set<std::pair<std::string, std::string>> asked;
    std::map<std::pair<std::string, std::string>, std::string> sentences;
    bool operator==(const Outcome&) const = default;
};

std::vector<std::string> lines_of(const fs::path& path) {
    std::ifstream file(path);
    std::vector<std::string> lines;
    for (std::string line; std::getline(file, line);) lines.push_back(line);
    return lines;
}

std::vector<CaseRecord> records_in(const std::vector<std::string>& lines) {
    std::vector<CaseRecord> records;
    for (const auto& line : lines) {
        if (!line.starts_with('{')) continue;
        const auto document = json::Document::parse(line);
        records.push_back({std::string(document->root().get("id")->as_string().value_or("")), line}
        );
    }
    return records;
}

Groups groups_in(std::string_view text) {
    Groups groups;
    std::istringstream words{std::string(text)};
    std::set<std::string> group;
    for (std::string word; words >> word;) {
        if (word == "|")
            groups.insert(std::exchange(group, {}));
        else
            group.insert(word);
    }
    groups.insert(group);
    return groups;
}

/// "1 2: They are one: ..." names the pairs that are explained.
std::optional<std::pair<std::string, std::string>> pair_in(const std::string& line) {
    const auto space = line.find(' '), colon = line.find(':');
    const bool pair = !line.empty() && std::isdigit(static_cast<unsigned char>(line.front())) &&
                      space < colon && colon != std::string::npos;
    if (!pair) return std::nullopt;
    return std::pair{line.substr(0, space), line.substr(space + 1, colon - space - 1)};
}

std::string text_of(const Groups& groups) {
    std::string text;
    for (const auto& group : groups) {
        if (!text.empty()) text += " |";
        for (const auto& id : group) text += " " + id;
    }
    return text;
}

/// What the store says, as the file has it.
std::vector<std::string> live_lines(const Outcome& outcome) {
    std::string first = "live:" + text_of(outcome.customers);
    const char* between = "; asked ";
    for (const auto& [a, b] : outcome.asked) {
        first += between + a + " " + b;
        between = ", ";
    }
    std::vector<std::string> lines = {first};
    for (const auto& [pair, sentence] : outcome.sentences)
        lines.push_back("live " + pair.first + " " + pair.second + ": " + sentence);
    return lines;
}

class AdversarialLive : public Workbench {
protected:
    AdversarialLive() { policy_ = identity::Policy::make({}, "US").value(); }

    /// As the mappings that ship: the number of a company is a fact about it, no one's identity.
    const ConnectionPlan& plan_of(const std::string& id) {
        const auto known = plans_.find(id);
        if (known != plans_.end()) return known->second;
        const std::string mapping =
            "emit: fact\n"
            "set:\n"
            "  identities: [{ns: system" +
            id +
            ".record, value: =id}, {ns: email, value: =email}, {ns: phone, value: \"=(full_name || "
            "given_name || surname) && phone\"},"
            " {ns: name, value: \"=full_name || join(' ', [given_name || '', surname || ''])\"},"
            " {ns: birth_date, value: =date_of_birth}]\n"
            "  observed_at: \"=updated_at || '2024-01-01'\"\n"
            "fields:\n"
            "  name.full: =full_name\n"
            "  name.given: =given_name\n"
            "  name.family: =surname\n"
            "  email: =email\n"
            "  phone: =phone\n"
            "  birth_date: =date_of_birth\n"
            "  company.name: =company\n"
            "  address.street: \"=join(' ', [street_number || '', street || ''])\"\n"
            "  address.city: =city\n"
            "  address.postcode: =postcode\n";
        ConnectionPlan made = plan("system" + id, mapping);
        made.streams[0].info.version = "";
        return plans_.emplace(id, std::move(made)).first->second;
    }

    void read(store::Store& store, const CaseRecord& record) {
        const Environment environment{store, policy_, clock_};
        Ingestor ingestor(environment, plan_of(record.id));
        EXPECT_TRUE(
            ingestor.page({"rows", "[" + record.json + "]", "", Format::json, model::Via::poll})
        );
        const auto done = ingestor.finish();
        EXPECT_TRUE(done) << done.error().text();
        EXPECT_EQ(ingestor.totals().dead_letters, 0);
        const auto matched = match_due(environment);
        EXPECT_TRUE(matched) << matched.error().text();
    }

    /// One by one into a new store, which is closed and opened again after `restart_after` records.
    Outcome outcome_of(
        const std::vector<CaseRecord>& records,
        std::size_t restart_after,
        const std::vector<std::pair<std::string, std::string>>& explained
    ) {
        const auto folder = folder_ / std::to_string(++stores_);
        fs::create_directories(folder);
        auto store = open(folder);
        for (std::size_t i = 0; i < records.size(); ++i) {
            if (i == restart_after) {
                store.reset();
                store = open(folder);
            }
            read(*store, records[i]);
        }
        const auto reader = std::move(*store->reader());
        std::map<std::string, std::string> customer_of;
        std::map<std::string, std::set<std::string>> by_customer;
        for (const auto& record : records) {
            const auto identity =
                *reader->find_identity("system" + record.id + ".record", record.id);
            customer_of[record.id] = reader->resolve(identity->customer)->id;
            by_customer[customer_of[record.id]].insert(record.id);
        }
        Outcome outcome;
        for (const auto& [customer, ids] : by_customer) outcome.customers.insert(ids);
        std::map<std::pair<std::string, std::string>, std::string> doubts;
        const auto owner_of = [&](store::CustomerKey key) {
            for (const auto& [id, customer] : customer_of)
                if ((*reader->customer(customer))->key == key) return id;
            return std::string("?");
        };
        for (const auto& question : *reader->open_questions()) {
            const std::pair<std::string, std::string> pair =
                std::minmax(owner_of(question.a), owner_of(question.b));
            outcome.asked.insert(pair);
            doubts[pair] = (*reader->review(question.review))->reason;
        }
        for (const auto& [a, b] : explained)
            outcome.sentences[{a, b}] = sentence_for(*reader, a, b, customer_of, doubts);
        return outcome;
    }

    std::string sentence_for(
        store::Reader& reader,
        const std::string& a,
        const std::string& b,
        std::map<std::string, std::string>& customer_of,
        const std::map<std::pair<std::string, std::string>, std::string>& doubts
    ) {
        const auto doubt = doubts.find({a, b});
        if (doubt != doubts.end()) return doubt->second;
        const auto name = [](const std::string& id) { return "system" + id + ".record:" + id; };
        const auto explanation =
            explain(reader, policy_, customer_of[a], std::pair{name(a), name(b)});
        if (!explanation) return "Nothing was found that joins them.";
        std::string text = explanation->summary;
        for (const auto& reason : explanation->reasons) text += " " + reason;
        return text;
    }

private:
    std::map<std::string, ConnectionPlan> plans_;
    int stores_ = 0;
};

/// Whether no two are together that the other keeps apart.
bool refines(const Groups& finer, const Groups& coarser) {
    return std::ranges::all_of(finer, [&](const auto& group) {
        return std::ranges::any_of(coarser, [&](const auto& whole) {
            return std::ranges::includes(whole, group);
        });
    });
}

TEST_F(AdversarialLive, EveryCaseComesOutAsItsFileSaysInAnyOrderAndOverARestart) {
    const bool update = std::getenv("TOUCHLINE_UPDATE_GOLDEN") != nullptr;
    std::vector<fs::path> files;
    for (const auto& entry :
         fs::directory_iterator(TOUCHLINE_SOURCE_DIR "/tests/core/identity/cases"))
        files.push_back(entry.path());
    std::ranges::sort(files);
    ASSERT_GE(files.size(), 30U);
    std::mt19937 random(20261128);
    for (const auto& file : files) {
        SCOPED_TRACE(file.stem().string());
        const auto lines = lines_of(file);
        auto records = records_in(lines);
        std::vector<std::pair<std::string, std::string>> explained;
        std::vector<std::string> said, rest;
        Groups people;
        for (const auto& line : lines) {
            if (const auto pair = pair_in(line)) explained.push_back(*pair);
            if (line.starts_with("customers:")) people = groups_in(line.substr(10));
            (line.starts_with("live") ? said : rest).push_back(line);
        }
        const Outcome outcome = outcome_of(records, SIZE_MAX, explained);
        EXPECT_TRUE(refines(outcome.customers, people)) << "who differ are joined";
        EXPECT_EQ(live_lines(outcome), said);
        for (int order = 0; order < 3; ++order) {
            std::ranges::shuffle(records, random);
            const Outcome other = outcome_of(records, 1 + random() % records.size(), {});
            EXPECT_EQ(other.customers, outcome.customers);
            EXPECT_EQ(other.asked, outcome.asked);
        }
        if (!update) continue;
        std::ofstream out(file);
        for (const auto& line : rest) out << line << "\n";
        for (const auto& line : live_lines(outcome)) out << line << "\n";
    }
}

}  // namespace
}  // namespace touchline::ingest
