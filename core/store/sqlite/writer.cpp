#include "writer.hpp"

#include <algorithm>

namespace touchline::store::sqlite {

Result<IdentityKey> Writer::make_identity(NewIdentityRow row, std::span<const std::string> terms) {
    if (gathered.identities.empty()) generation_ = memory.names.generation();
    return gathered.identities.make(std::move(row), terms);
}

Result<void> Writer::write_forgettable_identities() {
    if (memory.names.generation() < generation_ + 2) return {};
    return gathered.identities.write();
}

void Writer::note_record(RecordKey record, SourceKey source) {
    // Keys ascend, so the records of a page are one range.
    if (!made_.empty() && made_.back().source == source) {
        made_.back().last = record;
    } else {
        made_.push_back({record, record, source});
    }
}

Result<SourceKey> Writer::source_of(RecordKey record) {
    if (record == last_record_) return last_source_;
    const auto range =
        std::lower_bound(made_.begin(), made_.end(), record, [](const Range& x, RecordKey key) {
            return x.last < key;
        });
    last_record_ = RecordKey::none;
    if (range != made_.end() && range->first <= record) {
        last_source_ = range->source;
    } else {
        TOUCHLINE_TRY(Query query, db.query("SELECT source FROM record WHERE id = ?1"));
        query.bind(record);
        TOUCHLINE_TRY(const bool found, query.next());
        if (!found) return Error(Code::not_found, "there is no such record");
        last_source_ = query.as<SourceKey>(0);
    }
    last_record_ = record;
    return last_source_;
}

Result<WordKey> Writer::connection_of(SourceKey source) {
    if (const auto known = memory.connections.find(source); known != memory.connections.end()) {
        return known->second;
    }
    TOUCHLINE_TRY(Query query, db.query("SELECT connection FROM source WHERE id = ?1"));
    query.bind(source);
    TOUCHLINE_TRY(const bool found, query.next());
    if (!found) return Error(Code::not_found, "there is no such source");
    TOUCHLINE_TRY(const WordKey key, word(query.view(0)));
    memory.connections.emplace(source, key);
    return key;
}

Result<void> Writer::note_source(IdentityKey identity, SourceKey source) {
    TOUCHLINE_TRY(const WordKey connection, connection_of(source));
    const std::uint64_t pair = pair_of(identity, connection);
    if (memory.pairs.find(pair) != nullptr) return {};
    TOUCHLINE_TRY(Query insert, db.query("INSERT OR IGNORE INTO identity_source VALUES (?1, ?2)"));
    TOUCHLINE_CHECK(insert.bind(identity, connection).run());
    memory.pairs.put(pair, true);
    return {};
}

}  // namespace touchline::store::sqlite
