// A source, a rule or a person says that two identities are, or are not, the same.
#pragma once

#include "touchline/model/touchpoint.hpp"

namespace touchline::model {

enum class Polarity { same, not_same };
enum class By { source, rule, agent, import };

struct Link {
    Claim a, b;
    Polarity polarity = Polarity::same;
    By by = By::source;
    std::string rule;  ///< "email_exact@1"
    std::optional<double> score;
    Time asserted_at{};
    std::string reason;
    Source source;
};

Result<void> validate(const Link& link);
void write(json::Writer& writer, const Link& link);

std::string_view to_string(Polarity polarity);
std::string_view to_string(By by);

}  // namespace touchline::model
