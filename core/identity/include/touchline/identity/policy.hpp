// The rules of every namespace: how its values are normalised and how far they decide who somebody
// is.
#pragma once

#include "touchline/base/result.hpp"
#include "touchline/model/identity.hpp"

#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

namespace touchline::identity {

/// What ships: `email` and `phone` (strong), `name` (weak), each with the values that say nothing
/// about anybody.
std::vector<model::Namespace> default_namespaces();

/// Immutable after make(); any thread may read it.
class Policy {
public:
    /// The shipped namespaces only.
    Policy();

    /// What is configured over what ships. `default_region` is that of phone numbers without a
    /// country code where a namespace has none of its own. Error: config, naming the namespace.
    static Result<Policy> make(
        std::span<const model::NamespaceSetting> settings, std::string_view default_region = {}
    );

    /// Null when nobody configured it.
    const model::Namespace* find(std::string_view ns) const;
    /// The rule that holds for `ns`: unknown namespaces are a source's own keys (unique, raw, 50
    /// per customer).
    const model::Namespace& rule(std::string_view ns) const;
    /// In the order of their names.
    std::span<const model::Namespace> namespaces() const { return namespaces_; }

    /// Blocked entries are whole normalised values; `none@` stands for that mailbox at any domain,
    /// `@trash.example` for a whole domain.
    bool blocks(std::string_view ns, std::string_view value) const;
    /// How many different holders may share the value before it joins none of them: the
    /// namespace's max_customers, and one for a mailbox with a role ("info@").
    std::uint32_t max_holders(std::string_view ns, std::string_view value) const;

private:
    struct Hash : std::hash<std::string_view> {
        using is_transparent = void;
    };
    struct Entry {
        std::size_t index = 0;
        std::unordered_set<std::string, Hash, std::equal_to<>> blocked, roles;
    };

    explicit Policy(std::vector<model::Namespace> namespaces);

    std::vector<model::Namespace> namespaces_;
    std::unordered_map<std::string, Entry, Hash, std::equal_to<>> entries_;
    model::Namespace unknown_;
};

}  // namespace touchline::identity
