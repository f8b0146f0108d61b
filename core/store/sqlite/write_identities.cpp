#include "write_identities.hpp"

#include <algorithm>

namespace touchline::store::sqlite {
namespace {

/// Being seen again this soon is not worth a write: every record of a busy customer would cost one.
constexpr auto k_seen_step = std::chrono::hours(1);

class Interning {
public:
    Interning(Writer& writer, Time seen) : writer_(writer), seen_(seen) {}

    Result<Interned> intern(const IdentityName& name) {
        TOUCHLINE_TRY(const WordKey ns, writer_.word(name.ns));
        KnownIdentity* known = writer_.memory.names.find(NameView{ns, name.value});
        if (known == nullptr) {
            TOUCHLINE_TRY(known, look_up(ns, name));
        }
        if (known->strength != name.strength)
            TOUCHLINE_CHECK(change_strength(*known, name.strength));
        note_seen(*known);
        const IdentityKey key = known->key;
        TOUCHLINE_TRY(const CustomerKey customer, customer_of(key));
        return Interned{key, customer};
    }

private:
    Result<KnownIdentity*> look_up(WordKey ns, const IdentityName& name) {
        TOUCHLINE_CHECK(writer_.write_forgettable_identities());
        TOUCHLINE_TRY(
            Query find,
            writer_.db.query("SELECT id, strength, customer, first_seen, last_seen FROM identity"
                             " WHERE ns = ?1 AND value = ?2")
        );
        find.bind(ns, name.value);
        TOUCHLINE_TRY(const bool found, find.next());
        KnownIdentity known;
        if (found) {
            known = {
                find.as<IdentityKey>(0), find.as<model::Strength>(1), find.time(3), find.time(4)};
            writer_.memory.customers.put(known.key, find.as<CustomerKey>(2));
        } else {
            NewIdentityRow row{
                ns, std::string(name.value), name.strength, CustomerKey::none, seen_};
            TOUCHLINE_TRY(known.key, writer_.make_identity(std::move(row), name.terms));
            known.strength = name.strength;
            known.first_seen = known.last_seen = seen_;
            writer_.memory.customers.put(known.key, CustomerKey::none);
        }
        return &writer_.memory.names.put({ns, std::string(name.value)}, known);
    }

    Result<void> change_strength(KnownIdentity& known, model::Strength strength) {
        known.strength = strength;
        if (NewIdentityRow* row = writer_.gathered.identities.find(known.key)) {
            row->strength = strength;
            return {};
        }
        TOUCHLINE_TRY(
            Query update, writer_.db.query("UPDATE identity SET strength = ?2 WHERE id = ?1")
        );
        return update.bind(known.key, strength).run();
    }

    void note_seen(KnownIdentity& known) {
        const bool earlier = seen_ + k_seen_step <= known.first_seen;
        const bool later = seen_ >= known.last_seen + k_seen_step;
        if (!earlier && !later) return;
        writer_.gathered.saw(known.key, seen_);
        known.first_seen = std::min(known.first_seen, seen_);
        known.last_seen = std::max(known.last_seen, seen_);
    }

    Result<CustomerKey> customer_of(IdentityKey key) {
        if (const CustomerKey* known = writer_.memory.customers.find(key)) return *known;
        if (const NewIdentityRow* row = writer_.gathered.identities.find(key)) return row->customer;
        TOUCHLINE_TRY(Query find, writer_.db.query("SELECT customer FROM identity WHERE id = ?1"));
        find.bind(key);
        TOUCHLINE_CHECK(find.next());
        return writer_.memory.customers.put(key, find.as<CustomerKey>(0));
    }

    Writer& writer_;
    Time seen_;
};

Result<CustomerKey> alias_of(Writer& writer, CustomerKey customer) {
    TOUCHLINE_TRY(Query find, writer.db.query("SELECT alias_of FROM customer WHERE id = ?1"));
    find.bind(customer);
    TOUCHLINE_TRY(const bool found, find.next());
    if (!found) return Error(Code::not_found, "there is no such customer");
    return find.as<CustomerKey>(0);
}

}  // namespace

Result<std::vector<Interned>> intern(
    Writer& writer, std::span<const IdentityName> names, Time seen
) {
    Interning interning(writer, seen);
    std::vector<Interned> all;
    all.reserve(names.size());
    for (const IdentityName& name : names) {
        TOUCHLINE_TRY(all.emplace_back(), interning.intern(name));
    }
    return all;
}

Result<CustomerKey> create_customer(
    Writer& writer, std::string_view id, IdentityKey anchor, Time at
) {
    TOUCHLINE_TRY(
        Query insert,
        writer.db.query("INSERT INTO customer(public_id, anchor, created_at) VALUES (?1, ?2, ?3)"
                        " ON CONFLICT DO NOTHING")
    );
    TOUCHLINE_CHECK(insert.bind(id, anchor, at).run());
    if (writer.db.changes() == 0) {
        return Error(Code::conflict, "the customer id " + std::string(id) + " is taken");
    }
    return static_cast<CustomerKey>(writer.db.last_key());
}

Result<void> set_alias(Writer& writer, CustomerKey customer, CustomerKey living) {
    TOUCHLINE_CHECK(alias_of(writer, customer));
    for (CustomerKey next = living; next != CustomerKey::none;) {
        if (next == customer)
            return Error(Code::conflict, "a customer cannot be an alias of itself");
        TOUCHLINE_TRY(next, alias_of(writer, next));
    }
    TOUCHLINE_TRY(Query update, writer.db.query("UPDATE customer SET alias_of = ?2 WHERE id = ?1"));
    return update.bind(customer, living).run();
}

Result<void> set_memberships(Writer& writer, std::span<const Transaction::Membership> memberships) {
    TOUCHLINE_TRY(Query update, writer.db.query("UPDATE identity SET customer = ?2 WHERE id = ?1"));
    for (const Transaction::Membership& membership : memberships) {
        if (NewIdentityRow* row = writer.gathered.identities.find(membership.identity)) {
            row->customer = membership.customer;
        } else {
            TOUCHLINE_CHECK(update.bind(membership.identity, membership.customer).run());
            if (writer.db.changes() == 0)
                return Error(Code::not_found, "there is no such identity");
        }
        writer.memory.customers.put(membership.identity, membership.customer);
    }
    return {};
}

/// Profiles leave shared values out.
Result<void> make_holders_due(Writer& writer, IdentityKey identity) {
    TOUCHLINE_TRY(
        Query due,
        writer.db.query("INSERT OR IGNORE INTO profile_due SELECT identity FROM profile"
                        " WHERE identity = ?1"
                        " OR identity IN (SELECT a FROM link WHERE b = ?1 AND ended = 0)"
                        " OR identity IN (SELECT b FROM link WHERE a = ?1 AND ended = 0)")
    );
    return due.bind(identity).run();
}

Result<void> set_shared(Writer& writer, IdentityKey identity, bool shared) {
    TOUCHLINE_CHECK(make_holders_due(writer, identity));
    if (NewIdentityRow* row = writer.gathered.identities.find(identity)) {
        row->shared = shared;
        return {};
    }
    TOUCHLINE_TRY(Query update, writer.db.query("UPDATE identity SET shared = ?2 WHERE id = ?1"));
    TOUCHLINE_CHECK(update.bind(identity, shared).run());
    if (writer.db.changes() == 0) return Error(Code::not_found, "there is no such identity");
    return {};
}

}  // namespace touchline::store::sqlite
