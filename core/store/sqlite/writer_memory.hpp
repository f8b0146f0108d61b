// What the writer remembers from transaction to transaction, so that a record's usual words and
// identities cost no look-up. A rollback or another process's write makes it forget.
#pragma once

#include "generation_cache.hpp"
#include "words.hpp"

#include "touchline/store/rows.hpp"

namespace touchline::store::sqlite {

struct KnownIdentity {
    IdentityKey key = IdentityKey::none;
    model::Strength strength = model::Strength::unique;
    Time first_seen{}, last_seen{};
};

struct NameView {
    WordKey ns = WordKey::none;
    std::string_view value;
};

struct Name {
    WordKey ns = WordKey::none;
    std::string value;
    operator NameView() const { return {ns, value}; }  // NOLINT: found by its view
};

inline bool operator==(const NameView& x, const NameView& y) {
    return x.ns == y.ns && x.value == y.value;
}

struct NameHash {
    using is_transparent = void;
    std::size_t operator()(const NameView& name) const {
        return std::hash<std::string_view>{}(name.value) ^
               (static_cast<std::size_t>(name.ns) * 0x9e3779b97f4a7c15U);
    }
};

/// An identity and a connection that names it, in one number.
inline std::uint64_t pair_of(IdentityKey identity, WordKey connection) {
    return (static_cast<std::uint64_t>(identity) << 24) ^ static_cast<std::uint64_t>(connection);
}

/// What makes a live link the same as another.
struct LinkName {
    IdentityKey a = IdentityKey::none, b = IdentityKey::none;  ///< a < b
    WordKey rule = WordKey::none;
    model::Polarity polarity = model::Polarity::same;
    model::By by = model::By::source;
    bool operator==(const LinkName&) const = default;
};

struct LinkNameHash {
    std::size_t operator()(const LinkName& name) const {
        const auto a = static_cast<std::uint64_t>(name.a), b = static_cast<std::uint64_t>(name.b);
        return (a * 0x9e3779b97f4a7c15U) ^ (b * 0xc2b2ae3d27d4eb4fU) ^
               static_cast<std::uint64_t>(name.rule);
    }
};

struct WriterMemory {
    explicit WriterMemory(std::size_t identities)
        : names(identities), customers(identities), pairs(identities), links(identities) {}

    void forget() {
        words.forget();
        names.clear();
        customers.clear();
        pairs.clear();
        links.clear();
        connections.clear();
    }

    Words words;
    GenerationCache<Name, KnownIdentity, NameHash> names;
    GenerationCache<IdentityKey, CustomerKey> customers;
    /// Those that stand in identity_source.
    GenerationCache<std::uint64_t, bool> pairs;
    /// Live ones.
    GenerationCache<LinkName, LinkKey, LinkNameHash> links;
    std::unordered_map<SourceKey, WordKey> connections;
};

}  // namespace touchline::store::sqlite
