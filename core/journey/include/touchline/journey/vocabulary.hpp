// The words for the steps of a customer's way, and which kinds of touchpoint belong to which step.
// config/phases/ holds vocabularies as files; the eight phases of the buy-and-own loop are the
// standard one.
#pragma once

#include "touchline/base/result.hpp"
#include "touchline/json/node.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace touchline::journey {

enum class Stage { pre_purchase, purchase, post_purchase };

struct Phase {
    std::string id, name;
    Stage stage = Stage::pre_purchase;
    std::string question;  ///< what the customer asks in it
    bool operator==(const Phase&) const = default;
};

/// What has to be true, beside the kind, for a rule to hold.
enum class When {
    always,
    first,       ///< nothing of this customer is older
    prospect,    ///< nothing has been bought yet
    order_open,  ///< an order is on its way
    customer,    ///< something has been bought, and nothing is on its way
    positive,    ///< the touchpoint itself was measured as good
};

/// "Touchpoints of this kind belong to that phase."
struct PhaseRule {
    std::string kind;  ///< a kind ("case.opened") or its first part ("case")
    When when = When::always;
    std::string phase;  ///< an id of the vocabulary
    bool operator==(const PhaseRule&) const = default;
};

/// Immutable; any thread.
class Vocabulary {
public:
    /// need, research, select | purchase | receive, use, maintain, recommend. The same as
    /// config/phases/eight.yaml.
    static const Vocabulary& standard();
    /// Reads `{phases: [{id, name, stage, question}], rules: [{kind, when, phase}]}`. Error:
    /// config, with the place: an unknown stage, condition or phase, an id given twice.
    static Result<Vocabulary> read(const json::Node& node);

    const std::vector<Phase>& phases() const { return phases_; }  ///< in the order of the way
    const std::vector<PhaseRule>& rules() const { return rules_; }
    const Phase* find(std::string_view id) const;

private:
    Vocabulary() = default;

    std::vector<Phase> phases_;
    std::vector<PhaseRule> rules_;
};

std::string_view to_string(Stage stage);
std::string_view to_string(When when);

}  // namespace touchline::journey
