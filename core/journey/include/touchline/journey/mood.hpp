// What customers said about how they felt, on one scale from -1 to 1. The original scale stays with
// the measurement; nothing is guessed where nobody measured.
#pragma once

#include "touchline/base/time.hpp"
#include "touchline/model/touchpoint.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace touchline::journey {

enum class Tone { angry, unhappy, neutral, content, delighted };

/// A measurement on the common scale.
///   nps            0 to 10; the middle of the passives, 7.5, is neutral
///   csat, stars    1 to 5 unless it says otherwise; the middle is neutral
///   ces            1 to 7, 7 is easy; the middle is neutral
///   effort         1 to 5, 5 is hard: turned round
///   thumb          0 or 1
///   sentiment, emotion   -1 to 1
/// Empty for a value outside of its scale and for a measure that is not listed.
std::optional<double> normalised(const model::Experience& experience);

Tone tone_of(double mood);
std::string_view to_string(Tone tone);

/// Said by the customer; everything else is somebody's or something's estimate.
bool is_stated(const model::Experience& experience);

/// One point of the emotion curve.
struct Feeling {
    Time at{};
    double mood = 0;  ///< -1 to 1
    bool stated = false;
    model::Experience measured;  ///< with its own scale
    std::string touchpoint;      ///< its id
    std::string title;           ///< what it was about, for people
};

/// The measurements of one touchpoint: what the customer states before estimates, in order.
std::vector<Feeling> feelings_of(const model::Touchpoint& touchpoint);

}  // namespace touchline::journey
