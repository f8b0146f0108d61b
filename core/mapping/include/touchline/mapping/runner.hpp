// Runs a mapping over records.
#pragma once

#include "touchline/json/view.hpp"
#include "touchline/mapping/mapping.hpp"
#include "touchline/model/fact.hpp"
#include "touchline/model/link.hpp"
#include "touchline/model/touchpoint.hpp"

#include <memory>
#include <optional>
#include <string_view>
#include <vector>

namespace touchline::mapping {

/// What the mapping needs to know about a record beyond the record itself.
struct Context {
    std::string_view tenant;
    /// Copied into every output; `part` comes from the mapping. Without `external_id` no touchpoint
    /// can be made.
    const model::Source& source;
    /// The connection's settings, as `settings` in expressions.
    std::optional<json::View> settings = std::nullopt;
    /// The department of the connection: `source.department`, and the owner of touchpoints that
    /// name none.
    std::string_view department = {};
};

struct Output {
    std::vector<model::Touchpoint> touchpoints;
    std::vector<model::Fact> facts;
    std::vector<model::Link> links;

    bool empty() const { return touchpoints.empty() && facts.empty() && links.empty(); }
    /// Keeps the capacity.
    void clear();
};

/// The scratch memory of one thread; keep it between records.
class Runner {
public:
    Runner();
    ~Runner();
    Runner(Runner&&) noexcept;
    Runner& operator=(Runner&&) noexcept;

    /// Appends what `record` becomes. Error: bad_data, with the place in the mapping file, naming
    /// the rule's key, as in `set.occurred_at: "tomorrow" is not a time`; then `out` is as before.
    /// The outputs refer to nothing.
    Result<void> run(
        const Mapping& mapping, const Context& context, json::View record, Output& out
    );

private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace touchline::mapping
