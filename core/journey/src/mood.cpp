#include "touchline/journey/mood.hpp"

#include <algorithm>
#include <array>

namespace touchline::journey {
namespace {

struct Scale {
    std::string_view measure;
    double min, max;
    bool more_is_better = true;
};

constexpr std::array k_scales = {
    Scale{"nps", 0, 10},
    Scale{"csat", 1, 5},
    Scale{"stars", 1, 5},
    Scale{"ces", 1, 7},
    Scale{"effort", 1, 5, false},
    Scale{"thumb", 0, 1},
    Scale{"sentiment", -1, 1},
    Scale{"emotion", -1, 1},
};

/// 9 and 10 promote, 0 to 6 warn, and 7 and 8 are neither.
constexpr double k_nps_neutral = 7.5;

}  // namespace

std::optional<double> normalised(const model::Experience& experience) {
    const auto scale = std::find_if(k_scales.begin(), k_scales.end(), [&](const Scale& one) {
        return one.measure == experience.measure;
    });
    if (scale == k_scales.end()) return std::nullopt;
    const double min = experience.min.value_or(scale->min);
    const double max = experience.max.value_or(scale->max);
    const double value = experience.value;
    if (!(min < max) || value < min || value > max) return std::nullopt;
    if (scale->measure == "nps") {
        return value <= k_nps_neutral ? (value - k_nps_neutral) / k_nps_neutral
                                      : (value - k_nps_neutral) / (10 - k_nps_neutral);
    }
    const double mood = 2 * (value - min) / (max - min) - 1;
    return scale->more_is_better ? mood : -mood;
}

Tone tone_of(double mood) {
    if (mood >= 0.6) return Tone::delighted;
    if (mood >= 0.2) return Tone::content;
    if (mood > -0.2) return Tone::neutral;
    if (mood > -0.6) return Tone::unhappy;
    return Tone::angry;
}

std::string_view to_string(Tone tone) {
    switch (tone) {
        case Tone::angry:
            return "angry";
        case Tone::unhappy:
            return "unhappy";
        case Tone::neutral:
            return "neutral";
        case Tone::content:
            return "content";
        case Tone::delighted:
            return "delighted";
    }
    return {};
}

bool is_stated(const model::Experience& experience) {
    return experience.by == "customer";
}

std::vector<Feeling> feelings_of(const model::Touchpoint& touchpoint) {
    std::vector<Feeling> feelings;
    for (const model::Experience& one : touchpoint.experience) {
        const auto mood = normalised(one);
        if (!mood) continue;
        feelings.push_back(
            {touchpoint.occurred_at,
             *mood,
             is_stated(one),
             one,
             touchpoint.id,
             touchpoint.subject.empty() ? touchpoint.snippet : touchpoint.subject}
        );
    }
    std::stable_partition(feelings.begin(), feelings.end(), [](const Feeling& feeling) {
        return feeling.stated;
    });
    return feelings;
}

}  // namespace touchline::journey
