#include "page_codec.hpp"
#include "sqlite_reader.hpp"

namespace touchline::store::sqlite {

Result<std::string> SqliteReader::slice(
    std::int64_t page, std::int64_t start, std::int64_t length
) {
    if (page != unpacked_page_) {
        unpacked_page_ = 0;
        TOUCHLINE_TRY(Query query, db_.query("SELECT data FROM page WHERE id = ?1"));
        query.bind(page);
        TOUCHLINE_TRY(const bool found, query.next());
        if (!found) return Error(Code::not_found, "the page of this record is not kept any more");
        TOUCHLINE_CHECK(unpack_page(query.view(0), unpacked_));
        unpacked_page_ = page;
    }
    const auto first = static_cast<std::size_t>(start), size = static_cast<std::size_t>(length);
    if (first > unpacked_.size() || size > unpacked_.size() - first) {
        return Error(Code::config, "a stored page is shorter than a record in it")
            .cure("Put back the last backup of the store.");
    }
    return unpacked_.substr(first, size);
}

Result<std::string> SqliteReader::raw(RecordKey key) {
    TOUCHLINE_TRY(Query query, db_.query("SELECT page, start, length FROM record WHERE id = ?1"));
    query.bind(key);
    TOUCHLINE_TRY(const bool found, query.next());
    if (!found) return Error(Code::not_found, "there is no such record");
    return slice(query.integer(0), query.integer(1), query.integer(2));
}

Result<std::optional<std::string>> SqliteReader::previous_raw(RecordKey key, std::size_t back) {
    TOUCHLINE_TRY(
        Query query,
        db_.query("SELECT page, start, length FROM record_version"
                  " WHERE record = ?1 AND stale = 0 ORDER BY id DESC LIMIT 1 OFFSET ?2")
    );
    query.bind(key, static_cast<std::int64_t>(back) - 1);
    TOUCHLINE_TRY(const bool found, query.next());
    if (!found) return std::optional<std::string>();
    TOUCHLINE_TRY(std::string bytes, slice(query.integer(0), query.integer(1), query.integer(2)));
    return std::optional(std::move(bytes));
}

}  // namespace touchline::store::sqlite
