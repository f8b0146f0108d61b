// A mapping file: how the records of one stream become touchpoints, facts and links.
#pragma once

#include "touchline/base/result.hpp"
#include "touchline/json/node.hpp"

#include <memory>
#include <optional>
#include <vector>

namespace touchline::mapping {

struct Plan;

/// A checked and compiled mapping file. Immutable: copies share the plan, threads share the copies.
class Mapping {
public:
    /// Appends every problem of the file, each with file, line and column (inside the expression,
    /// where it is one). Empty if there was any.
    static std::optional<Mapping> compile(const json::Node& file, std::vector<Error>& problems);

    const Plan& plan() const { return *plan_; }

private:
    explicit Mapping(std::shared_ptr<const Plan> plan) : plan_(std::move(plan)) {}

    std::shared_ptr<const Plan> plan_;
};

}  // namespace touchline::mapping
