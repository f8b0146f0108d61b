// A figure beside its goal.
#pragma once

#include <cstdio>

namespace touchline::bench {

inline void at_most(const char* what, double figure, double goal, const char* unit) {
    std::printf(
        "%-26s %9.2f %-16s goal: at most %g, %s\n",
        what,
        figure,
        unit,
        goal,
        figure <= goal ? "met" : "missed"
    );
}

inline void at_least(const char* what, double figure, double goal, const char* unit) {
    std::printf(
        "%-26s %9.2f %-16s goal: at least %g, %s\n",
        what,
        figure,
        unit,
        goal,
        figure >= goal ? "met" : "missed"
    );
}

inline void shown(const char* what, double figure, const char* unit) {
    std::printf("%-26s %9.2f %s\n", what, figure, unit);
}

}  // namespace touchline::bench
