#include "link_rows.hpp"

namespace touchline::store::sqlite {
namespace {

#define TOUCHLINE_LINK_QUERY                                                                       \
    "SELECT link.id, a, b, polarity, author, word.text, score, support, asserted_at, recorded_at," \
    " retracted_at, reason, evidence, source.connection, source.stream, record.external_id FROM "

#define TOUCHLINE_LINK_JOINS                                                \
    " JOIN word ON word.id = rule LEFT JOIN record ON record.id = evidence" \
    " LEFT JOIN source ON source.id = record.source "

std::string evidence(const Query& row) {
    if (row.is_null(13)) return {};
    return row.text(13).append("/").append(row.view(14)).append("/").append(row.view(15));
}

StoredLink read_link(const Query& row) {
    StoredLink link;
    link.key = row.as<LinkKey>(0);
    link.a = row.as<IdentityKey>(1);
    link.b = row.as<IdentityKey>(2);
    link.polarity = row.as<model::Polarity>(3);
    link.by = row.as<model::By>(4);
    link.rule = row.text(5);
    if (!row.is_null(6)) link.score = row.real(6);
    link.support = row.integer(7);
    link.asserted_at = row.time(8);
    link.recorded_at = row.time(9);
    if (!row.is_null(10)) link.retracted_at = row.time(10);
    link.reason = row.text(11);
    link.evidence = evidence(row);
    return link;
}

Result<std::vector<StoredLink>> read_links(Query& query) {
    std::vector<StoredLink> links;
    TOUCHLINE_CHECK(query.each([&] { links.push_back(read_link(query)); }));
    return links;
}

}  // namespace

Result<std::vector<StoredLink>> links_at(Connection& db, IdentityKey key, bool with_retracted) {
    TOUCHLINE_TRY(
        Query query,
        db.query(TOUCHLINE_LINK_QUERY "(SELECT * FROM link WHERE a = ?1 AND (?2 OR ended = 0)"
                                      " UNION ALL SELECT * FROM link WHERE b = ?1 AND (?2 OR ended "
                                      "= 0)) AS link" TOUCHLINE_LINK_JOINS "ORDER BY link.id")
    );
    return read_links(query.bind(key, with_retracted));
}

Result<std::vector<StoredLink>> agent_links_at(Connection& db, IdentityKey key) {
    static_assert(static_cast<int>(model::By::agent) == 2, "the indices know it");
    TOUCHLINE_TRY(
        Query query,
        db.query(TOUCHLINE_LINK_QUERY
                 "(SELECT * FROM link WHERE a = ?1 AND author = 2 AND ended = 0"
                 " UNION ALL SELECT * FROM link WHERE b = ?1 AND author = 2 AND ended = 0)"
                 " AS link" TOUCHLINE_LINK_JOINS "ORDER BY link.id")
    );
    return read_links(query.bind(key));
}

Result<std::vector<StoredLink>> links_asserted_by(Connection& db, RecordKey record) {
    TOUCHLINE_TRY(
        Query query,
        db.query(TOUCHLINE_LINK_QUERY
                 "(SELECT link.* FROM assertion JOIN link ON link.id = assertion.link"
                 " WHERE assertion.record = ?1 AND ended = 0) AS link" TOUCHLINE_LINK_JOINS
                 "ORDER BY link.id")
    );
    return read_links(query.bind(record));
}

Result<std::optional<StoredLink>> link_by_key(Connection& db, LinkKey key) {
    TOUCHLINE_TRY(
        Query query, db.query(TOUCHLINE_LINK_QUERY "link" TOUCHLINE_LINK_JOINS "WHERE link.id = ?1")
    );
    query.bind(key);
    TOUCHLINE_TRY(const bool found, query.next());
    if (!found) return std::optional<StoredLink>();
    return std::optional(read_link(query));
}

}  // namespace touchline::store::sqlite
