#include "query.hpp"

#include "status.hpp"

namespace touchline::store::sqlite {

Result<bool> Query::next() {
    if (status_ != SQLITE_OK) return failure(std::exchange(status_, SQLITE_OK));
    const int status = sqlite3_step(statement_);
    if (status == SQLITE_ROW) return true;
    if (status == SQLITE_DONE) return false;
    return failure(status);
}

Result<void> Query::run() {
    if (status_ != SQLITE_OK) return failure(std::exchange(status_, SQLITE_OK));
    const int status = sqlite3_step(statement_);
    if (status != SQLITE_DONE && status != SQLITE_ROW) return failure(status);
    sqlite3_reset(statement_);
    return {};
}

std::string_view Query::view(int column) const {
    const void* data = sqlite3_column_blob(statement_, column);
    const int size = sqlite3_column_bytes(statement_, column);
    return data == nullptr
               ? std::string_view{}
               : std::string_view(static_cast<const char*>(data), static_cast<std::size_t>(size));
}

void Query::put(int index, std::string_view text) {
    // A null pointer would be bound as NULL.
    const char* data = text.data() == nullptr ? "" : text.data();
    note(sqlite3_bind_text64(statement_, index, data, text.size(), SQLITE_STATIC, SQLITE_UTF8));
}

void Query::put(int index, Bytes bytes) {
    if (bytes.empty()) return note(sqlite3_bind_zeroblob(statement_, index, 0));
    note(sqlite3_bind_blob64(statement_, index, bytes.data(), bytes.size(), SQLITE_STATIC));
}

Error Query::failure(int status) {
    Error error = to_error(sqlite3_db_handle(statement_), status);
    sqlite3_reset(statement_);
    return error;
}

}  // namespace touchline::store::sqlite
