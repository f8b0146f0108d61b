#include "touchline/journey/curve.hpp"

#include <algorithm>
#include <cmath>
#include <map>

namespace touchline::journey {
namespace {

/// The bucket that a time falls into, or nothing outside of [from, to).
std::optional<std::size_t> bucket_of(Time at, Time from, Time to, std::size_t buckets) {
    if (at < from || at >= to) return std::nullopt;
    const double part =
        static_cast<double>((at - from).count()) / static_cast<double>((to - from).count());
    return std::min(buckets - 1, static_cast<std::size_t>(part * static_cast<double>(buckets)));
}

Time bucket_start(Time from, Time to, std::size_t buckets, std::size_t bucket) {
    const auto length = (to - from).count();
    return from +
           Time::duration(
               length * static_cast<std::int64_t>(bucket) / static_cast<std::int64_t>(buckets)
           );
}

/// What people did outweighs any number of automatic steps.
constexpr std::int64_t k_weight_of_people = 1000;

struct Tally {
    std::map<const Phase*, std::int64_t> weights;
    const Phase* winner() const {
        const Phase* best = nullptr;
        std::int64_t most = 0;
        for (const auto& [phase, weight] : weights) {
            if (weight > most) {
                best = phase;
                most = weight;
            }
        }
        return best;
    }
};

std::optional<double> mean(const std::vector<double>& values) {
    if (values.empty()) return std::nullopt;
    double sum = 0;
    for (const double value : values) sum += value;
    return sum / static_cast<double>(values.size());
}

/// Linear between the two closest ranks. Expects sorted values.
double quantile(const std::vector<double>& sorted, double share) {
    const double rank = share * static_cast<double>(sorted.size() - 1);
    const auto below = static_cast<std::size_t>(rank);
    const auto above = std::min(below + 1, sorted.size() - 1);
    return std::lerp(sorted[below], sorted[above], rank - static_cast<double>(below));
}

constexpr std::size_t k_enough_for_quartiles = 4;

}  // namespace

std::vector<Spell> spells(std::span<const Step> steps, Time from, Time to, std::size_t buckets) {
    std::vector<Tally> tallies(buckets);
    const Phase* before = nullptr;
    for (const Step& step : steps) {
        if (step.phase == nullptr) continue;
        if (step.at < from && !step.quiet) before = step.phase;
        const auto bucket = bucket_of(step.at, from, to, buckets);
        if (bucket) tallies[*bucket].weights[step.phase] += step.quiet ? 1 : k_weight_of_people;
    }
    std::vector<Spell> result;
    for (std::size_t bucket = 0; bucket < buckets; ++bucket) {
        const Phase* winner = tallies[bucket].winner();
        const Phase* phase = winner != nullptr ? winner : before;
        before = phase;
        if (phase == nullptr) continue;
        const Time start = bucket_start(from, to, buckets, bucket);
        const Time end = bucket_start(from, to, buckets, bucket + 1);
        if (!result.empty() && result.back().phase == phase && result.back().to == start) {
            result.back().to = end;
        } else {
            result.push_back({phase, start, end});
        }
    }
    return result;
}

std::vector<std::int64_t> volume(
    std::span<const Step> steps, Time from, Time to, std::size_t buckets
) {
    std::vector<std::int64_t> counts(buckets);
    for (const Step& step : steps) {
        if (const auto bucket = bucket_of(step.at, from, to, buckets)) ++counts[*bucket];
    }
    return counts;
}

std::vector<PhaseFigures> figures_by_phase(
    const Vocabulary& vocabulary, std::span<const Step> steps
) {
    std::vector<PhaseFigures> result;
    for (const Phase& phase : vocabulary.phases()) {
        PhaseFigures figures;
        figures.phase = &phase;
        std::vector<double> stated, estimated;
        for (const Step& step : steps) {
            if (step.phase == nullptr || step.phase->id != phase.id) continue;
            ++figures.touchpoints;
            if (!figures.first || step.at < *figures.first) figures.first = step.at;
            if (!figures.last || step.at > *figures.last) figures.last = step.at;
            if (step.mood) (step.stated ? stated : estimated).push_back(*step.mood);
        }
        figures.stated = std::ssize(stated);
        figures.estimated = std::ssize(estimated);
        figures.mood = mean(stated);
        figures.mood_estimated = mean(estimated);
        if (stated.size() >= k_enough_for_quartiles) {
            std::sort(stated.begin(), stated.end());
            figures.quartile_low = quantile(stated, 0.25);
            figures.quartile_high = quantile(stated, 0.75);
        }
        result.push_back(std::move(figures));
    }
    return result;
}

std::vector<Feeling> moments(
    std::span<const Feeling> feelings, Time from, Time to, std::size_t limit
) {
    std::vector<const Feeling*> inside;
    for (const Feeling& feeling : feelings) {
        if (feeling.at >= from && feeling.at < to) inside.push_back(&feeling);
    }
    if (inside.empty() || limit == 0) return {};
    // The latest always; then the strongest, newer before older.
    std::stable_sort(inside.begin(), inside.end(), [](const Feeling* a, const Feeling* b) {
        return a->at > b->at;
    });
    std::stable_sort(inside.begin() + 1, inside.end(), [](const Feeling* a, const Feeling* b) {
        return std::abs(a->mood) > std::abs(b->mood);
    });
    inside.resize(std::min(limit, inside.size()));
    std::stable_sort(inside.begin(), inside.end(), [](const Feeling* a, const Feeling* b) {
        return a->at < b->at;
    });
    std::vector<Feeling> result;
    for (const Feeling* feeling : inside) result.push_back(*feeling);
    return result;
}

}  // namespace touchline::journey
