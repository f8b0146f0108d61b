// Identities that a transaction has made and not written yet. They have their keys at once, and are
// written in order of name, with the customer that they were given meanwhile.
#pragma once

#include "words.hpp"

#include "touchline/store/rows.hpp"

#include <vector>

namespace touchline::store::sqlite {

struct NewIdentityRow {
    WordKey ns = WordKey::none;
    std::string value;
    model::Strength strength = model::Strength::unique;
    CustomerKey customer = CustomerKey::none;
    Time seen{};
    bool shared = false;
};

class NewIdentities {
public:
    explicit NewIdentities(Connection& db) : db_(db) {}

    bool empty() const { return rows_.empty(); }
    Result<IdentityKey> make(NewIdentityRow row, std::span<const std::string> terms);
    /// Null when the key is none of them. Valid until the next call of make() or write().
    NewIdentityRow* find(IdentityKey key);
    Result<void> write();

private:
    struct Term {
        std::string text;
        IdentityKey identity = IdentityKey::none;
    };
    Result<void> write_rows();
    Result<void> write_terms();

    Connection& db_;
    std::int64_t first_key_ = 0;
    std::vector<NewIdentityRow> rows_;  // the i-th has the key first_key_ + i
    std::vector<Term> terms_;
};

}  // namespace touchline::store::sqlite
