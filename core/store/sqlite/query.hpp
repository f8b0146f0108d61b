// A prepared statement in use: bind, step, read columns. Goes back to the connection's cache,
// reset, when it leaves scope. Bound texts and blobs are not copied: they have to live until the
// step.
#pragma once

#include "touchline/base/result.hpp"
#include "touchline/base/time.hpp"

#include <sqlite3.h>

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>

namespace touchline::store::sqlite {

using Bytes = std::span<const unsigned char>;

inline Bytes bytes_of(std::string_view text) {
    return {reinterpret_cast<const unsigned char*>(text.data()), text.size()};
}

class Query {
public:
    explicit Query(sqlite3_stmt* statement) : statement_(statement) {}
    Query(Query&& other) noexcept
        : statement_(std::exchange(other.statement_, nullptr)), status_(other.status_) {}
    Query(const Query&) = delete;
    Query& operator=(const Query&) = delete;
    Query& operator=(Query&&) = delete;
    ~Query() {
        if (statement_ != nullptr) sqlite3_reset(statement_);
    }

    /// Binds the parameters from 1 on. A failure comes out of the next step.
    template <typename... Values>
    Query& bind(const Values&... values) {
        int index = 0;
        (put(++index, values), ...);
        return *this;
    }

    /// True while there is a row.
    Result<bool> next();
    /// For statements without rows; ready for the next bind() afterwards.
    Result<void> run();
    /// Calls `row()` for every row.
    template <typename F>
    Result<void> each(F&& row) {
        for (;;) {
            TOUCHLINE_TRY(const bool more, next());
            if (!more) return {};
            row();
        }
    }
    void reset() { sqlite3_reset(statement_); }

    bool is_null(int column) const {
        return sqlite3_column_type(statement_, column) == SQLITE_NULL;
    }
    std::int64_t integer(int column) const { return sqlite3_column_int64(statement_, column); }
    template <typename Enum>
    Enum as(int column) const {
        return static_cast<Enum>(integer(column));
    }
    double real(int column) const { return sqlite3_column_double(statement_, column); }
    Time time(int column) const { return Time(std::chrono::microseconds(integer(column))); }
    /// Text or blob; valid until the next step.
    std::string_view view(int column) const;
    std::string text(int column) const { return std::string(view(column)); }

private:
    void put(int index, std::int64_t value) { note(sqlite3_bind_int64(statement_, index, value)); }
    void put(int index, double value) { note(sqlite3_bind_double(statement_, index, value)); }
    void put(int index, std::string_view text);
    void put(int index, Bytes bytes);
    void put(int index, Time time) { put(index, time.time_since_epoch().count()); }
    void put(int index, std::nullptr_t) { note(sqlite3_bind_null(statement_, index)); }
    template <typename T>
    requires std::is_enum_v<T> ||
        (std::is_integral_v<T> && !std::is_same_v<T, std::int64_t>)void put(int index, T value) {
        put(index, static_cast<std::int64_t>(value));
    }
    template <typename T>
    void put(int index, const std::optional<T>& value) {
        value ? put(index, *value) : put(index, nullptr);
    }
    void note(int status) {
        if (status != SQLITE_OK) status_ = status;
    }
    Error failure(int status);

    sqlite3_stmt* statement_;
    int status_ = SQLITE_OK;
};

}  // namespace touchline::store::sqlite
