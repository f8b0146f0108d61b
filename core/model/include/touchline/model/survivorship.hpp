// Which of several values of a field becomes the customer's own, when sources differ.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace touchline::model {

/// What decides between values. Among equals the later one wins, then the better trusted one, then
/// the names of connection, stream and record: the same facts in any order give the same value.
enum class Survival {
    most_recent,    ///< observed last
    oldest,         ///< observed first
    most_frequent,  ///< said by most connections, then by most records
    most_trusted,   ///< verified before claimed before inferred
    source_order,   ///< of the connection that is named first
};
std::string_view to_string(Survival strategy);

struct FieldRule {
    /// "name.full"; a beginning ("address" is "address.city" too); "*" is every other field.
    std::string field;
    Survival strategy = Survival::most_recent;
    std::vector<std::string> sources = {};  ///< connections, for source_order; others come behind
    /// All fields that it speaks of come from one record: no street beside another record's city.
    bool together = false;
};

/// The rules of an installation. Immutable; any thread.
class Survivorship {
public:
    /// As shipped: a name by most_frequent, e-mail and phone by most_trusted, an address together,
    /// and most_recent for everything.
    Survivorship() : Survivorship(std::vector<FieldRule>()) {}
    /// A rule replaces the shipped one for the same field.
    explicit Survivorship(std::vector<FieldRule> configured);

    /// The rule that names the field, else the longest beginning of it, else "*".
    const FieldRule& rule_for(std::string_view field) const;

private:
    std::vector<FieldRule> rules_;  // by field
};

}  // namespace touchline::model
