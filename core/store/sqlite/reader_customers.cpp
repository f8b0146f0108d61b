#include "identity_rows.hpp"
#include "sqlite_reader.hpp"

namespace touchline::store::sqlite {
namespace {

#define TOUCHLINE_CUSTOMER_QUERY "SELECT id, public_id, anchor, alias_of, created_at FROM customer "

Customer read_customer(const Query& row) {
    return {
        row.as<CustomerKey>(0),
        row.text(1),
        row.as<IdentityKey>(2),
        row.as<CustomerKey>(3),
        row.time(4)};
}

template <typename Key>
Result<std::optional<Customer>> one_customer(Connection& db, std::string_view sql, Key key) {
    TOUCHLINE_TRY(Query query, db.query(sql));
    query.bind(key);
    TOUCHLINE_TRY(const bool found, query.next());
    if (!found) return std::optional<Customer>();
    return std::optional(read_customer(query));
}

// The living customer ?1 and every alias that leads to it, however long the chain.
#define TOUCHLINE_FAMILY                                                            \
    "WITH RECURSIVE family(id) AS (SELECT ?1 UNION SELECT customer.id FROM family " \
    "JOIN customer ON customer.alias_of = family.id AND customer.alias_of <> 0) "

}  // namespace

Result<std::optional<Customer>> SqliteReader::customer(CustomerKey key) {
    return one_customer(db_, TOUCHLINE_CUSTOMER_QUERY "WHERE id = ?1", key);
}

Result<std::optional<Customer>> SqliteReader::customer(std::string_view id) {
    return one_customer(db_, TOUCHLINE_CUSTOMER_QUERY "WHERE public_id = ?1", id);
}

Result<Customer> SqliteReader::resolve(CustomerKey key) {
    // set_alias() lets no circle come about, so this ends.
    for (;;) {
        TOUCHLINE_TRY(std::optional<Customer> found, customer(key));
        if (!found) return Error(Code::not_found, "there is no such customer");
        if (found->alias_of == CustomerKey::none) return std::move(*found);
        key = found->alias_of;
    }
}

Result<std::vector<Customer>> SqliteReader::aliases(CustomerKey living) {
    TOUCHLINE_TRY(
        Query query,
        db_.query(TOUCHLINE_FAMILY TOUCHLINE_CUSTOMER_QUERY
                  "WHERE id IN (SELECT id FROM family) AND id <> ?1 ORDER BY id")
    );
    query.bind(living);
    std::vector<Customer> customers;
    TOUCHLINE_CHECK(query.each([&] { customers.push_back(read_customer(query)); }));
    return customers;
}

Result<std::vector<Identity>> SqliteReader::identities_of(CustomerKey living) {
    TOUCHLINE_CHECK(settle());
    TOUCHLINE_TRY(
        Query query,
        db_.query(TOUCHLINE_FAMILY "SELECT " TOUCHLINE_IDENTITY_COLUMNS
                                   " FROM family JOIN identity ON identity.customer = family.id"
                                   " AND identity.customer <> 0"
                                   " JOIN word ON word.id = identity.ns ORDER BY identity.id")
    );
    query.bind(living);
    std::vector<Identity> identities;
    TOUCHLINE_CHECK(query.each([&] { identities.push_back(read_identity(query)); }));
    return identities;
}

}  // namespace touchline::store::sqlite
