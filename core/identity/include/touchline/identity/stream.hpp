// The same as resolving all at once, record by record: after each one the customers are what
// resolve() makes of all records so far, whatever the order they came in.
#pragma once

#include "touchline/identity/features.hpp"
#include "touchline/identity/linkage.hpp"
#include "touchline/identity/model.hpp"

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace touchline::identity {

enum class ChangeKind {
    created,   ///< `record` is the first of `customer`
    joined,    ///< `record` belongs to `customer`, which was there
    merged,    ///< `customer` lives on in `into`; its id leads there
    split,     ///< `record` left `into` and belongs to `customer` now
    redirect,  ///< the id of `customer`, merged before, leads to `into` now
};
std::string_view to_string(ChangeKind kind);

struct Change {
    ChangeKind kind = ChangeKind::created;
    std::string customer, record, into;
};

/// What people said about two records.
enum class Verdict { none, same, different };

/// Holds the records in memory. A customer has the id of the record that it was created for and
/// keeps it as long as a record of it is left; of two that merge the older one lives, and the
/// other's id comes to life again when they part. One thread at a time.
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
    /// Holds for these ids whatever the records say, also when they come later or come again, until
    /// another verdict, or none, takes its place.
    std::vector<Change> decide(const std::string& a, const std::string& b, Verdict verdict);

    /// Record id to customer.
    std::map<std::string, std::string> customers() const;
    /// Where a customer's id leads: to itself, to the one that it merged into, or to nothing when
    /// its records are gone.
    std::optional<std::string> customer_behind(const std::string& customer) const;

private:
    class State;
    std::unique_ptr<State> state_;
};

}  // namespace touchline::identity
