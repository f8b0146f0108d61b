// A value that must not be seen: it cannot be printed, and its memory is wiped when it goes.
#pragma once

#include <string>
#include <string_view>

namespace touchline {

class Secret {
public:
    Secret() = default;
    explicit Secret(std::string value) : value_(std::move(value)) {}
    Secret(const Secret&) = default;
    Secret& operator=(const Secret&) = default;
    Secret(Secret&&) noexcept = default;
    Secret& operator=(Secret&&) noexcept = default;
    ~Secret();

    bool empty() const { return value_.empty(); }
    /// Constant time.
    bool matches(std::string_view other) const;
    /// For the one place that puts it on the wire. Never log the result.
    std::string_view reveal() const { return value_; }

private:
    std::string value_;
};

}  // namespace touchline
