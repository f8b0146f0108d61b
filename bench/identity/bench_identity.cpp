// How well and how fast records are resolved: for every labelled set in a folder (records.jsonl and
// truth.csv), pairwise and B-cubed figures beside time and memory; with cases.csv (pairs of known
// difficulty) also the share of each kind that came out right. Without arguments the open sets of
// tests/data/identity; bench/identity/generate.py makes larger ones. --failures prints the pairs of
// cases.csv that came out wrong, each with its sentence.
#include "labelled_set.hpp"

#include "touchline/identity/evaluation.hpp"
#include "touchline/identity/evidence.hpp"
#include "touchline/identity/resolution.hpp"

#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <ctime>
#include <filesystem>
#include <map>
#include <sstream>
#include <string>
#include <vector>

namespace {

using namespace touchline;
using namespace touchline::identity;
using bench::rows_of;

double cpu_seconds() {
    return double(std::clock()) / CLOCKS_PER_SEC;
}

long peak_megabytes() {
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    return usage.ru_maxrss / 1024;
}

struct Set {
    std::vector<std::string> ids;
    std::vector<Features> features;

    const Features& of(const std::string& id) const {
        return features[std::size_t(std::ranges::lower_bound(ids, id) - ids.begin())];
    }
};

/// id_a,id_b,expect,case,decidable; what the records alone cannot settle is left out.
void print_probes(
    const std::filesystem::path& file,
    const Model& model,
    const Set& set,
    const Labels& found,
    bool failures
) {
    struct Counts {
        int right = 0, all = 0;
    };
    std::map<std::string, Counts> probes;
    for (const auto& line : rows_of(file)) {
        std::istringstream cells(line);
        std::string a, b, expect, kind, decidable;
        for (auto* cell : {&a, &b, &expect, &kind, &decidable}) std::getline(cells, *cell, ',');
        if (decidable != "1") continue;
        const bool right = (found.at(a) == found.at(b)) == (expect == "same");
        auto& counts = probes[kind];
        ++counts.all;
        counts.right += right;
        if (right || !failures) continue;
        const auto sentence = sentence_for(weigh(model, set.of(a), set.of(b)));
        std::printf("  %s: %s and %s: %s\n", kind.c_str(), a.c_str(), b.c_str(), sentence.c_str());
    }
    for (const auto& [kind, counts] : probes)
        std::printf(
            "  %-24s %4d of %4d  %.3f\n",
            kind.c_str(),
            counts.right,
            counts.all,
            double(counts.right) / double(counts.all)
        );
}

int measure(const std::filesystem::path& folder, bool failures) {
    const double begin = cpu_seconds();
    std::vector<Record> records;
    for (auto& one : bench::read_labelled_records(folder)) records.push_back(std::move(one.record));
    FeatureReader reader(recognise_fields(records));
    Set set;
    set.features.reserve(records.size());
    for (auto& record : records) {
        auto one = reader.read(record);
        if (!one) return std::fprintf(stderr, "%s\n", one.error().text().c_str()), 1;
        set.features.push_back(std::move(*one));
        set.ids.push_back(record.id);
        record = {};
    }
    take_out_placeholders(set.features);
    mark_shared(set.features, Model(reader.fields()).sharers_max);
    const double ready = cpu_seconds();
    const Candidates candidates(set.features);
    const auto model = train(reader.fields(), set.features, candidates);
    const double trained = cpu_seconds();
    const auto clusters = resolve(model, set.features, candidates);
    const double end = cpu_seconds();
    const auto peak = peak_megabytes();
    Labels found;
    for (std::size_t i = 0; i < set.ids.size(); ++i) found[set.ids[i]] = set.ids[clusters[i]];
    const auto quality = evaluate(bench::read_truth(folder), found);
    std::printf(
        "%-14s %7zu  pairs P %.4f R %.4f F1 %.4f  B3 P %.4f R %.4f F1 %.4f  read %.3f train %.3f "
        "resolve %.3f s CPU, "
        "%.0f records/s, peak %ld MB\n",
        folder.filename().string().c_str(),
        set.ids.size(),
        quality.pairwise.precision,
        quality.pairwise.recall,
        quality.pairwise.f1,
        quality.b_cubed.precision,
        quality.b_cubed.recall,
        quality.b_cubed.f1,
        ready - begin,
        trained - ready,
        end - trained,
        double(set.ids.size()) / (end - begin),
        peak
    );
    const auto cases = folder / "cases.csv";
    if (std::filesystem::exists(cases)) print_probes(cases, model, set, found, failures);
    return 0;
}

/// In a process of its own, so that the peak is this set's.
int measured_apart(const std::filesystem::path& folder, bool failures) {
    std::fflush(stdout);
    const auto child = fork();
    if (child == 0) {
        const int failed = measure(folder, failures);
        std::fflush(stdout);
        _exit(failed);
    }
    int status = 0;
    waitpid(child, &status, 0);
    return status == 0 ? 0 : 1;
}

}  // namespace

int main(int argc, char** argv) {
    std::vector<std::filesystem::path> sets(argv + 1, argv + argc);
    const bool failures = std::erase(sets, std::filesystem::path("--failures")) > 0;
    if (sets.empty()) sets = bench::open_sets();
    std::ranges::sort(sets);
    int failed = 0;
    for (const auto& set : sets) failed |= measured_apart(set, failures);
    return failed;
}
