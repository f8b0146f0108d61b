// Each file of cases/ is a case that resolvers get wrong: why it is hard, its records, who they are
// ("customers: 1 | 2 3"), and for some pairs the sentence that an agent reads. The model is what
// the records of seven departments taught. TOUCHLINE_UPDATE_GOLDEN=1 rewrites the sentences, never
// who they are: where that is wrong, mend the model. Read the diff before you keep it.
#include "labelled_set.hpp"

#include "touchline/identity/evidence.hpp"

#include <cstdlib>
#include <filesystem>
#include <map>
#include <set>
#include <string_view>

namespace touchline::identity {
namespace {

namespace fs = std::filesystem;
using Groups = std::set<std::set<std::string>>;

constexpr std::string_view k_customers = "customers:";

std::vector<std::string> lines_of(const fs::path& path) {
    std::ifstream file(path);
    std::vector<std::string> lines;
    for (std::string line; std::getline(file, line);) lines.push_back(line);
    return lines;
}

Groups groups_in(std::string_view text) {
    Groups groups;
    std::istringstream words{std::string(text)};
    std::set<std::string> group;
    for (std::string word; words >> word;) {
        if (word != "|") {
            group.insert(word);
            continue;
        }
        groups.insert(std::exchange(group, {}));
    }
    groups.insert(group);
    return groups;
}

Record record_in(const std::string& line) {
    json::Parser parser;
    Record record;
    const auto parsed = parser.parse(line);
    EXPECT_TRUE(parsed) << line;
    for (const auto [name, value] : parsed->members()) {
        const std::string content(value.as_string().value_or(""));
        if (name == "id")
            record.id = content;
        else
            record.fields.push_back({std::string(name), content});
    }
    return record;
}

/// The records of one case, resolved by the model.
class Case {
public:
    Case(const Model& model, const std::vector<std::string>& lines) : model_(model) {
        FeatureReader reader(model.fields(), model.placeholders);
        for (const auto& line : lines) {
            if (!line.starts_with('{')) continue;
            const auto record = record_in(line);
            ids_.push_back(record.id);
            features_.push_back(*reader.read(record));
        }
        mark_shared(features_, model.sharers_max);
    }

    Groups customers() const {
        std::map<std::uint32_t, std::set<std::string>> groups;
        const auto clusters = resolve(model_, features_);
        for (std::size_t i = 0; i < ids_.size(); ++i) groups[clusters[i]].insert(ids_[i]);
        Groups found;
        for (const auto& [name, group] : groups) found.insert(group);
        return found;
    }

    std::string sentence(const std::string& a, const std::string& b) const {
        return sentence_for(weigh(model_, of(a), of(b)));
    }

private:
    const Features& of(const std::string& id) const {
        return features_.at(std::size_t(std::ranges::find(ids_, id) - ids_.begin()));
    }

    const Model& model_;
    std::vector<std::string> ids_;
    std::vector<Features> features_;
};

/// "1 2: They are one: ..."
bool is_pair(const std::string& line) {
    const auto space = line.find(' '), colon = line.find(':');
    return !line.empty() && std::isdigit(static_cast<unsigned char>(line.front())) &&
           space < colon && colon != std::string::npos;
}

TEST(Adversarial, EveryCaseComesOutAsItsFileSaysAndSaysWhy) {
    const LearntSet departments("crm_dev");
    const bool update = std::getenv("TOUCHLINE_UPDATE_GOLDEN") != nullptr;
    std::vector<fs::path> files;
    for (const auto& entry :
         fs::directory_iterator(TOUCHLINE_SOURCE_DIR "/tests/core/identity/cases"))
        files.push_back(entry.path());
    std::ranges::sort(files);
    ASSERT_GE(files.size(), 30U);
    for (const auto& file : files) {
        SCOPED_TRACE(file.stem().string());
        auto lines = lines_of(file);
        const Case one(departments.model, lines);
        bool said = false;
        for (auto& line : lines) {
            if (line.starts_with(k_customers)) {
                said = true;
                EXPECT_EQ(one.customers(), groups_in(line.substr(k_customers.size())));
            }
            if (!is_pair(line)) continue;
            const auto space = line.find(' '), colon = line.find(':');
            const auto a = line.substr(0, space), b = line.substr(space + 1, colon - space - 1);
            const auto expected = a + " " + b + ": " + one.sentence(a, b);
            if (update) line = expected;
            EXPECT_EQ(line, expected);
        }
        EXPECT_TRUE(said) << "the file does not say who they are";
        if (!update) continue;
        std::ofstream out(file);
        for (const auto& line : lines) out << line << "\n";
    }
}

}  // namespace
}  // namespace touchline::identity
