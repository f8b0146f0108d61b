#include "write_links.hpp"

#include <algorithm>

namespace touchline::store::sqlite {
namespace {

struct LiveLink {
    LinkKey key = LinkKey::none;
    std::int64_t support = 0;
};

class LinkWriter {
public:
    LinkWriter(Writer& writer, Time at) : writer_(writer), at_(at) {}

    Result<Transaction::LinkWritten> put(const LinkWrite& link) {
        // An identity is itself without anybody saying so.
        if (link.a == link.b) return Transaction::LinkWritten{LinkKey::none, false};
        TOUCHLINE_TRY(const WordKey rule, writer_.word(link.rule));
        if (link.renews) return renew(link, rule);
        const LinkName name = name_of(link, rule);
        if (const LinkKey* known = writer_.memory.links.find(name)) return support(*known, link);
        TOUCHLINE_TRY(const Transaction::LinkWritten inserted, insert(link, rule));
        if (inserted.inserted) {
            writer_.memory.links.put(name, inserted.key);
            return inserted;
        }
        TOUCHLINE_TRY(const LiveLink live, find(link, rule));
        writer_.memory.links.put(name, live.key);
        return support(live.key, link);
    }

    /// True when the last support is gone and the link is retracted.
    Result<bool> withdraw(const LinkWrite& link) {
        TOUCHLINE_TRY(const WordKey rule, writer_.word(link.rule));
        TOUCHLINE_TRY(const LiveLink live, find(link, rule));
        if (live.key == LinkKey::none) return false;
        if (live.support + writer_.gathered.pending_support(live.key) > 1) {
            writer_.gathered.support(live.key, -1);
            return false;
        }
        writer_.gathered.forget_support(live.key);
        writer_.memory.links.erase(name_of(link, rule));
        TOUCHLINE_TRY(
            Query end,
            writer_.db.query("UPDATE link SET retracted_at = ?2, ended = id, support = 0"
                             " WHERE id = ?1")
        );
        TOUCHLINE_CHECK(end.bind(live.key, at_).run());
        writer_.gathered.count_links(-1);
        return true;
    }

private:
    static LinkName name_of(const LinkWrite& link, WordKey rule) {
        return {std::min(link.a, link.b), std::max(link.a, link.b), rule, link.polarity, link.by};
    }

    Result<Transaction::LinkWritten> renew(const LinkWrite& link, WordKey rule) {
        TOUCHLINE_TRY(const LiveLink live, find(link, rule));
        if (live.support + writer_.gathered.pending_support(live.key) != 1)
            return Transaction::LinkWritten{live.key, false};
        TOUCHLINE_TRY(
            Query update,
            writer_.db.query("UPDATE link SET asserted_at = ?2 WHERE id = ?1 AND asserted_at <> ?2")
        );
        TOUCHLINE_CHECK(update.bind(live.key, link.asserted_at).run());
        return Transaction::LinkWritten{live.key, false, writer_.db.changes() > 0};
    }

    Transaction::LinkWritten support(LinkKey key, const LinkWrite& link) {
        if (link.support > 0) writer_.gathered.support(key, link.support, link.asserted_at);
        return {key, false};
    }

    /// Not inserted: a live one stands there.
    Result<Transaction::LinkWritten> insert(const LinkWrite& link, WordKey rule) {
        TOUCHLINE_TRY(
            Query insert,
            writer_.db.query("INSERT INTO link(a, b, polarity, author, rule, score, evidence,"
                             " asserted_at, recorded_at, reason, support)"
                             " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)"
                             " ON CONFLICT DO NOTHING")
        );
        insert.bind(
            std::min(link.a, link.b),
            std::max(link.a, link.b),
            link.polarity,
            link.by,
            rule,
            link.score,
            link.evidence,
            link.asserted_at,
            at_,
            link.reason,
            std::max<std::int64_t>(link.support, 1)
        );
        TOUCHLINE_CHECK(insert.run());
        if (writer_.db.changes() == 0) return Transaction::LinkWritten{LinkKey::none, false};
        writer_.gathered.count_links(1);
        return Transaction::LinkWritten{static_cast<LinkKey>(writer_.db.last_key()), true};
    }

    Result<LiveLink> find(const LinkWrite& link, WordKey rule) {
        TOUCHLINE_TRY(
            Query query,
            writer_.db.query("SELECT id, support FROM link WHERE a = ?1 AND b = ?2"
                             " AND polarity = ?3 AND author = ?4 AND rule = ?5 AND ended = 0")
        );
        query.bind(
            std::min(link.a, link.b), std::max(link.a, link.b), link.polarity, link.by, rule
        );
        TOUCHLINE_TRY(const bool found, query.next());
        if (!found) return LiveLink{};
        return LiveLink{query.as<LinkKey>(0), query.integer(1)};
    }

    Writer& writer_;
    Time at_;
};

}  // namespace

Result<std::vector<Transaction::LinkWritten>> put_links(
    Writer& writer, std::span<const LinkWrite> links, Time at
) {
    LinkWriter writing(writer, at);
    std::vector<Transaction::LinkWritten> written;
    written.reserve(links.size());
    for (const LinkWrite& link : links) {
        TOUCHLINE_TRY(written.emplace_back(), writing.put(link));
    }
    return written;
}

Result<std::vector<IdentityKey>> withdraw_links(
    Writer& writer, std::span<const LinkWrite> links, Time at
) {
    LinkWriter writing(writer, at);
    std::vector<IdentityKey> parted;
    for (const LinkWrite& link : links) {
        TOUCHLINE_TRY(const bool retracted, writing.withdraw(link));
        if (retracted) parted.insert(parted.end(), {link.a, link.b});
    }
    std::sort(parted.begin(), parted.end());
    parted.erase(std::unique(parted.begin(), parted.end()), parted.end());
    return parted;
}

Result<void> retract_link(Writer& writer, LinkKey key, std::string_view reason, Time at) {
    TOUCHLINE_TRY(Query find, writer.db.query("SELECT ended FROM link WHERE id = ?1"));
    find.bind(key);
    TOUCHLINE_TRY(const bool found, find.next());
    if (!found) return Error(Code::not_found, "there is no such link");
    if (find.integer(0) != 0) return {};
    TOUCHLINE_TRY(
        Query update,
        writer.db.query("UPDATE link SET retracted_at = ?2, reason = ?3, ended = id WHERE id = ?1")
    );
    TOUCHLINE_CHECK(update.bind(key, at, reason).run());
    // People do this by hand, so seldom that it is no loss to learn the others again.
    writer.memory.links.clear();
    writer.gathered.count_links(-1);
    return {};
}

}  // namespace touchline::store::sqlite
