#include "write_raw.hpp"

#include "touchline/store/version_order.hpp"

#include <cstring>

namespace touchline::store::sqlite {
namespace {

/// Judges and stores the records of one page, whose key is known before the page is written.
class PageOfRecords {
public:
    PageOfRecords(Writer& writer, SourceKey source, std::int64_t page)
        : writer_(writer), source_(source), page_(page) {}

    Result<std::vector<RecordState>> judge(std::span<const RawRecord> records) {
        TOUCHLINE_TRY(
            Query insert,
            writer_.db.query("INSERT INTO record(source, external_id, hash, version, page, start,"
                             " length) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)"
                             " ON CONFLICT(source, external_id) DO NOTHING")
        );
        std::vector<RecordState> states;
        states.reserve(records.size());
        for (const RawRecord& record : records) {
            insert.bind(
                source_,
                record.external_id,
                Bytes(record.hash),
                record.version,
                page_,
                record.offset,
                record.length
            );
            TOUCHLINE_CHECK(insert.run());
            if (writer_.db.changes() == 1) {
                states.push_back({created(), RecordChange::created});
            } else {
                TOUCHLINE_TRY(states.emplace_back(), known(record));
            }
        }
        if (created_ != 0) writer_.gathered.count_records(source_, created_);
        return states;
    }

    bool is_wanted() const { return kept_ > 0; }
    std::int64_t kept() const { return kept_; }

private:
    RecordKey created() {
        const auto key = static_cast<RecordKey>(writer_.db.last_key());
        writer_.note_record(key, source_);
        ++created_;
        ++kept_;
        return key;
    }

    Result<RecordState> known(const RawRecord& record) {
        TOUCHLINE_TRY(
            Query find,
            writer_.db.query("SELECT id, hash, version FROM record"
                             " WHERE source = ?1 AND external_id = ?2")
        );
        find.bind(source_, record.external_id);
        TOUCHLINE_CHECK(find.next());
        const auto key = find.as<RecordKey>(0);
        const std::string_view hash = find.view(1);
        const bool same = hash.size() == record.hash.size() &&
                          std::memcmp(hash.data(), record.hash.data(), hash.size()) == 0;
        const bool older = is_older(record.version, find.view(2));
        const bool newer = is_older(find.view(2), record.version);
        find.reset();
        if (same) {
            if (newer) TOUCHLINE_CHECK(note_version(key, record));
            return RecordState{key, RecordChange::unchanged};
        }
        if (older) {
            TOUCHLINE_CHECK(keep_stale(key, record));
            return RecordState{key, RecordChange::stale};
        }
        TOUCHLINE_CHECK(replace(key, record));
        return RecordState{key, RecordChange::changed};
    }

    Result<void> note_version(RecordKey key, const RawRecord& record) {
        TOUCHLINE_TRY(
            Query update, writer_.db.query("UPDATE record SET version = ?2 WHERE id = ?1")
        );
        return update.bind(key, record.version).run();
    }

    Result<void> keep_stale(RecordKey key, const RawRecord& record) {
        // A source that sends everything again sends the same late version again.
        TOUCHLINE_TRY(
            Query insert,
            writer_.db.query("INSERT INTO record_version(record, stale, hash, version, page, start,"
                             " length) SELECT ?1, 1, ?2, ?3, ?4, ?5, ?6 WHERE NOT EXISTS"
                             " (SELECT 1 FROM record_version WHERE record = ?1 AND hash = ?2)")
        );
        insert.bind(key, Bytes(record.hash), record.version, page_, record.offset, record.length);
        TOUCHLINE_CHECK(insert.run());
        kept_ += writer_.db.changes();
        return {};
    }

    Result<void> replace(RecordKey key, const RawRecord& record) {
        TOUCHLINE_TRY(
            Query move,
            writer_.db.query("INSERT INTO record_version(record, stale, hash, version, page, start,"
                             " length) SELECT id, 0, hash, version, page, start, length"
                             " FROM record WHERE id = ?1")
        );
        TOUCHLINE_CHECK(move.bind(key).run());
        TOUCHLINE_TRY(
            Query update,
            writer_.db.query("UPDATE record SET hash = ?2, version = ?3, page = ?4, start = ?5,"
                             " length = ?6 WHERE id = ?1")
        );
        update.bind(key, Bytes(record.hash), record.version, page_, record.offset, record.length);
        ++kept_;
        return update.run();
    }

    Writer& writer_;
    SourceKey source_;
    std::int64_t page_;
    std::int64_t created_ = 0;
    std::int64_t kept_ = 0;  // records whose bytes are not known yet
};

}  // namespace

Result<SourceKey> find_or_make_source(
    Writer& writer, std::string_view connection, std::string_view stream
) {
    TOUCHLINE_TRY(
        Query insert,
        writer.db.query("INSERT INTO source(connection, stream) VALUES (?1, ?2)"
                        " ON CONFLICT DO NOTHING")
    );
    TOUCHLINE_CHECK(insert.bind(connection, stream).run());
    TOUCHLINE_TRY(
        Query find, writer.db.query("SELECT id FROM source WHERE connection = ?1 AND stream = ?2")
    );
    find.bind(connection, stream);
    TOUCHLINE_CHECK(find.next());
    return find.as<SourceKey>(0);
}

Result<std::vector<RecordState>> put_raw(
    Writer& writer,
    SourceKey source,
    std::string_view page,
    std::span<const RawRecord> records,
    Time at
) {
    for (const RawRecord& record : records) {
        if (record.offset > page.size() || record.length > page.size() - record.offset) {
            return Error(Code::bad_data, "a record reaches beyond its page");
        }
    }
    TOUCHLINE_TRY(const auto last, writer.db.integer("SELECT max(id) FROM page"));
    PageOfRecords judging(writer, source, last + 1);
    TOUCHLINE_TRY(std::vector<RecordState> states, judging.judge(records));
    if (!judging.is_wanted()) return states;
    TOUCHLINE_TRY(const std::string_view frame, writer.packer.pack(page));
    TOUCHLINE_TRY(Query insert, writer.db.query("INSERT INTO page VALUES (?1, ?2, ?3)"));
    TOUCHLINE_CHECK(insert.bind(last + 1, at, bytes_of(frame)).run());
    writer.gathered.arrived(source, at, judging.kept());
    return states;
}

}  // namespace touchline::store::sqlite
