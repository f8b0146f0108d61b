// The same as resolving all at once, record by record: after each one the customers are what
// resolve() makes of all records so far, whatever the order they came in.
#pragma once

#include "touchline/identity/features.hpp"
#include "touchline/identity/linkage.hpp"
#include "touchline/identity/model.hpp"

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace touchline::identity {

enum class ChangeKind {
    created,  ///< `record` is the first of `customer`
    joined,   ///< `record` belongs to `customer`, which was there
    merged,   ///< `customer` lives on in `into`; its id leads there
    split,    ///< `record` left `into` and belongs to `customer` now
};
std::string_view to_string(ChangeKind kind);

struct Change {
    ChangeKind kind = ChangeKind::created;
    std::string customer, record, into;
};

/// Holds the records in memory. A customer is named after the record that it was created for and
/// keeps that name; of two that merge the older one lives. One thread at a time.
class StreamResolver {
public:
    explicit StreamResolver(Model model);
    ~StreamResolver();
    StreamResolver(StreamResolver&&) noexcept;
    StreamResolver& operator=(StreamResolver&&) noexcept;

    /// Features by the model's fields, not marked as shared. A record whose id is known already
    /// with equal features changes nothing; with others it takes the place of the earlier one.
    std::vector<Change> add(const std::string& id, Features features);
    /// Nothing when there is no such record.
    std::vector<Change> remove(const std::string& id);

    /// Record id to customer.
    std::map<std::string, std::string> customers() const;

private:
    class State;
    std::unique_ptr<State> state_;
};

}  // namespace touchline::identity
