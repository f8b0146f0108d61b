// Searches that give at most so many results: the span of time is cut until every part fits.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace touchline::sdk {

/// A half-open span, [from, until), in the unit that the source searches by.
struct Window {
    std::int64_t from = 0, until = 0;
    std::int64_t width() const { return until - from; }
};

/// The parts that are still to be read, earliest first. Small enough for a checkpoint:
///
///     for (Windows windows({from, until}); !windows.empty();) {
///         … search windows.front() …
///         if (total > cap && windows.split()) continue;   // cannot be split: read what there is
///         … emit …
///         windows.done();
///         … checkpoint windows.front().from …
///     }
class Windows {
public:
    explicit Windows(Window whole) {
        if (whole.width() > 0) parts_.push_back(whole);
    }

    bool empty() const { return parts_.empty(); }
    Window front() const { return parts_.back(); }
    /// Halves the first part; false: it is one unit wide, which no search by time can divide.
    bool split() {
        const Window whole = parts_.back();
        if (whole.width() < 2) return false;
        const std::int64_t middle = whole.from + whole.width() / 2;
        parts_.back() = {middle, whole.until};
        parts_.push_back({whole.from, middle});
        return true;
    }
    /// The first part has been read.
    void done() { parts_.pop_back(); }

private:
    std::vector<Window> parts_;  ///< latest first
};

}  // namespace touchline::sdk
