// How well and how fast records are resolved: for every labelled set in a folder (records.jsonl and
// truth.csv), pairwise and B-cubed figures beside time and memory. Without arguments the open sets
// of tests/data/identity; bench/identity/generate.py makes larger ones.
#include "touchline/identity/evaluation.hpp"
#include "touchline/identity/resolution.hpp"
#include "touchline/json/records.hpp"
#include "touchline/json/view.hpp"

#include <sys/resource.h>

#include <algorithm>
#include <cstdio>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <sstream>
#include <string>
#include <vector>

namespace {

using namespace touchline;
using namespace touchline::identity;

std::string text_of(const std::filesystem::path& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

std::vector<Record> records_in(const std::filesystem::path& set) {
    const auto text = text_of(set / "records.jsonl");
    std::vector<Record> records;
    json::Parser parser;
    for (const auto line : json::split_lines(text)) {
        const auto parsed = parser.parse(line);
        if (!parsed) continue;
        Record record;
        for (const auto [name, value] : parsed->members()) {
            const std::string content(value.as_string().value_or(""));
            if (name == "id")
                record.id = content;
            else if (name != "source")
                record.fields.push_back({std::string(name), content});
        }
        records.push_back(std::move(record));
    }
    std::ranges::sort(records, {}, &Record::id);
    return records;
}

Labels truth_in(const std::filesystem::path& set) {
    Labels truth;
    std::istringstream lines(text_of(set / "truth.csv"));
    std::string line;
    std::getline(lines, line);
    while (std::getline(lines, line)) {
        const auto comma = line.find(',');
        truth.emplace(line.substr(0, comma), line.substr(comma + 1));
    }
    return truth;
}

double cpu_seconds() {
    return double(std::clock()) / CLOCKS_PER_SEC;
}

long peak_megabytes() {
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    return usage.ru_maxrss / 1024;
}

int measure(const std::filesystem::path& set) {
    const double begin = cpu_seconds();
    auto records = records_in(set);
    FeatureReader reader(recognise_fields(records));
    std::vector<std::string> ids;
    std::vector<Features> features;
    for (auto& record : records) {
        auto one = reader.read(record);
        if (!one) return std::fprintf(stderr, "%s\n", one.error().text().c_str()), 1;
        features.push_back(std::move(*one));
        ids.push_back(record.id);
        record = {};
    }
    mark_shared(features, Model(reader.fields()).sharers_max);
    const double ready = cpu_seconds();
    const auto model = train(reader.fields(), features);
    const double trained = cpu_seconds();
    const auto clusters = resolve(model, features);
    const double end = cpu_seconds();
    Labels found;
    for (std::size_t i = 0; i < ids.size(); ++i) found[ids[i]] = ids[clusters[i]];
    const auto quality = evaluate(truth_in(set), found);
    std::printf(
        "%-14s %7zu  pairs P %.4f R %.4f F1 %.4f  B3 P %.4f R %.4f F1 %.4f  read %.2f train %.2f "
        "resolve %.2f s CPU, "
        "%.0f records/s, peak %ld MB\n",
        set.filename().string().c_str(),
        ids.size(),
        quality.pairwise.precision,
        quality.pairwise.recall,
        quality.pairwise.f1,
        quality.b_cubed.precision,
        quality.b_cubed.recall,
        quality.b_cubed.f1,
        ready - begin,
        trained - ready,
        end - trained,
        double(ids.size()) / (end - begin),
        peak_megabytes()
    );
    return 0;
}

}  // namespace

int main(int argc, char** argv) {
    std::vector<std::filesystem::path> sets(argv + 1, argv + argc);
    if (sets.empty())
        for (const auto& entry :
             std::filesystem::directory_iterator(TOUCHLINE_SOURCE_DIR "/tests/data/identity"))
            if (entry.is_directory()) sets.push_back(entry.path());
    std::ranges::sort(sets);
    int failed = 0;
    for (const auto& set : sets) failed |= measure(set);
    return failed;
}
