// A file of records, read, normalised and joined by a model: where every command of `touchline
// identity` begins.
#pragma once

#include "commands.hpp"
#include "decision_file.hpp"

#include "touchline/base/result.hpp"
#include "touchline/identity/candidates.hpp"
#include "touchline/identity/features.hpp"
#include "touchline/identity/model.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace touchline::app {

/// "training 40 %, 3 s left" on a terminal.
class Advance {
public:
    Advance(Terminal& terminal, std::string what) : terminal_(terminal), what_(std::move(what)) {}

    void operator()(double share) {
        const auto spent =
            std::chrono::duration<double>(std::chrono::steady_clock::now() - began_).count();
        auto line = what_ + " " + std::to_string(int(100 * share)) + " %";
        if (share > 0.02 && spent > 1)
            line += ", " + std::to_string(int(spent / share - spent + 0.5)) + " s left";
        if (line != said_) terminal_.progress(line);
        said_ = std::move(line);
    }

private:
    Terminal& terminal_;
    std::string what_, said_;
    const std::chrono::steady_clock::time_point began_ = std::chrono::steady_clock::now();
};

/// One record as the file brings it; shared addresses are not marked yet.
struct DeliveredRecord {
    std::string id;
    identity::Features features;
};

/// Sorted by id, so that nothing depends on the order of the file. Of several records with one id
/// the last counts.
struct LoadedRecords {
    std::vector<std::string> ids;
    std::vector<identity::Features> features;
    std::vector<DeliveredRecord> deliveries;  ///< in the order of the file; only with --stream
    identity::Model model;
    std::vector<Decision> decisions;
    identity::Constraints constraints;               ///< the decisions, by place
    std::optional<identity::Candidates> candidates;  ///< of the features, where learning made them
};

/// With the model of the arguments, or one learnt from the records.
Result<LoadedRecords> load_records(Terminal& terminal, const IdentityArguments& arguments);

/// The cluster of each record, named by its first member.
std::vector<std::uint32_t> resolve_records(Terminal& terminal, const LoadedRecords& loaded);

}  // namespace touchline::app
