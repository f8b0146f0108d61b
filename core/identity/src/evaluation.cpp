#include "touchline/identity/evaluation.hpp"

#include <algorithm>
#include <map>
#include <utility>

namespace touchline::identity {

namespace {

std::uint64_t pairs_among(std::uint64_t count) {
    return count * (count - 1) / 2;
}

template <typename Sizes>
std::uint64_t pairs_in(const Sizes& sizes) {
    std::uint64_t pairs = 0;
    for (const auto& entry : sizes) pairs += pairs_among(entry.second);
    return pairs;
}

Quality quality(double precision, double recall) {
    const double sum = precision + recall;
    return {precision, recall, sum > 0 ? 2 * precision * recall / sum : 0};
}

double ratio(std::uint64_t part, std::uint64_t whole) {
    return whole == 0 ? 1 : double(part) / double(whole);
}

}  // namespace

Evaluation evaluate(const Labels& truth, const Labels& found) {
    std::map<std::string, std::uint64_t> true_sizes, found_sizes;
    std::map<std::pair<std::string, std::string>, std::uint64_t> both_sizes;
    Evaluation result;
    result.records = truth.size();
    for (const auto& [record, cluster] : truth) {
        const auto entry = found.find(record);
        result.missing += entry == found.end();
        // The prefix keeps the names of found clusters and of missing records apart.
        const auto name = entry == found.end() ? "missing " + record : "found " + entry->second;
        ++true_sizes[cluster];
        ++found_sizes[name];
        ++both_sizes[{cluster, name}];
    }
    for (const auto& entry : found) result.unknown += !truth.contains(entry.first);
    result.true_clusters = true_sizes.size();
    result.found_clusters = found_sizes.size();
    for (const auto& entry : found_sizes) result.largest = std::max(result.largest, entry.second);
    result.true_pairs = pairs_in(true_sizes);
    result.found_pairs = pairs_in(found_sizes);
    result.hits = pairs_in(both_sizes);
    result.pairwise =
        quality(ratio(result.hits, result.found_pairs), ratio(result.hits, result.true_pairs));
    double precision = 0, recall = 0;
    for (const auto& [names, count] : both_sizes) {
        const double squared = double(count) * double(count);
        precision += squared / double(found_sizes[names.second]);
        recall += squared / double(true_sizes[names.first]);
    }
    const auto records = double(std::max<std::uint64_t>(1, result.records));
    result.b_cubed = quality(precision / records, recall / records);
    return result;
}

}  // namespace touchline::identity
