#include "touchline/journey/score.hpp"

#include <algorithm>
#include <cmath>

namespace touchline::journey {
namespace {

double author_weight(const model::Experience& measured) {
    if (measured.by == "customer") return 1;
    if (measured.by == "agent") return 0.6;
    return 0.3 * measured.confidence.value_or(0);
}

double weight_of(const Feeling& feeling, Time now, std::chrono::hours half_life) {
    using Hours = std::chrono::duration<double, std::ratio<3600>>;
    const Hours age = std::max(now - feeling.at, Time::duration::zero());
    return author_weight(feeling.measured) * std::exp2(-age / Hours(half_life));
}

}  // namespace

std::optional<Score> score_of(
    std::span<const Feeling> feelings, Time now, const ScoreOptions& options
) {
    Score score;
    double total = 0, sum = 0;
    const Feeling* latest = nullptr;
    for (const Feeling& feeling : feelings) {
        const double weight = weight_of(feeling, now, options.half_life);
        if (weight <= 0) continue;
        total += weight;
        sum += weight * feeling.mood;
        score.worst = score.measurements == 0 ? feeling.mood : std::min(score.worst, feeling.mood);
        if (latest == nullptr || feeling.at > latest->at) latest = &feeling;
        ++score.measurements;
        score.contributions.push_back({feeling, weight});
    }
    if (latest == nullptr) return std::nullopt;
    score.value = sum / total;
    score.latest = latest->mood;
    for (Contribution& one : score.contributions) one.share /= total;
    std::stable_sort(
        score.contributions.begin(),
        score.contributions.end(),
        [](const Contribution& a, const Contribution& b) {
            return a.share * std::abs(a.feeling.mood) > b.share * std::abs(b.feeling.mood);
        }
    );
    if (score.contributions.size() > options.contributions) {
        score.contributions.erase(
            score.contributions.begin() + static_cast<std::ptrdiff_t>(options.contributions),
            score.contributions.end()
        );
    }
    return score;
}

}  // namespace touchline::journey
