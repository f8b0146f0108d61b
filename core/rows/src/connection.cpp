#include "connection.hpp"

#include "touchline/base/text.hpp"

#include <poll.h>

#include <algorithm>
#include <array>

namespace touchline::rows {

namespace {

using std::chrono::milliseconds;
using Steady = std::chrono::steady_clock;

/// How soon a request to stop is heard.
constexpr milliseconds k_slice{100};

Error cancelled() {
    return Error(Code::cancelled, "the call was cancelled");
}

/// "FATAL:  28P01": the words of a connection that says SQLSTATEs only.
std::string state_in(std::string_view words) {
    const auto end = words.find_last_not_of(" \r\n");
    if (end == std::string_view::npos || end < 4) return {};
    const auto state = words.substr(end - 4, 5);
    const bool fits = std::ranges::all_of(state, [](char c) {
        return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z');
    });
    return fits ? std::string(state) : std::string();
}

Code code_of(std::string_view state) {
    if (state == "57014") return Code::timeout;
    if (state == "42501" || state == "25006") return Code::denied;
    const std::string_view kind = state.substr(0, 2);
    if (kind == "28") return Code::auth;
    if (kind == "3D" || kind == "42" || kind == "22" || kind == "3F") return Code::config;
    if (kind == "40") return Code::retry;
    return Code::unavailable;
}

}  // namespace

Error error_of(const PGresult* result, const std::string& peer) {
    const char* state = PQresultErrorField(result, PG_DIAG_SQLSTATE);
    const char* words = PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY);
    const std::string code = state == nullptr ? "" : state;
    Error error(
        code_of(code),
        peer + ": the database says: " +
            truncate_text(to_utf8(words == nullptr ? "nothing" : words), 300) + " (" + code + ")"
    );
    if (code == "42501")
        return std::move(error).cure("Grant SELECT on it to the connection's user.");
    return error;
}

Result<Connection> Connection::open(
    const std::map<std::string, std::string>& parameters,
    const std::string& peer,
    const net::Timeouts& limits,
    const std::stop_token& stop
) {
    std::vector<const char*> names, values;
    for (const auto& [name, value] : parameters) {
        names.push_back(name.c_str());
        values.push_back(value.c_str());
    }
    names.push_back(nullptr);
    values.push_back(nullptr);
    Connection made(PQconnectStartParams(names.data(), values.data(), 0), peer, limits);
    PGconn* const connection = made.connection_.get();
    if (connection == nullptr || PQstatus(connection) == CONNECTION_BAD) return made.refused();
    PQsetErrorVerbosity(connection, PQERRORS_SQLSTATE);
    const Moment until = Steady::now() + limits.connect + limits.handshake;
    auto wants = PGRES_POLLING_WRITING;
    while (wants != PGRES_POLLING_OK) {
        const short events = wants == PGRES_POLLING_READING ? POLLIN : POLLOUT;
        TOUCHLINE_CHECK(made.await(events, until, stop));
        wants = PQconnectPoll(connection);
        if (wants == PGRES_POLLING_FAILED) return made.refused();
    }
    PQsetErrorVerbosity(connection, PQERRORS_DEFAULT);
    PQsetnonblocking(connection, 1);
    return made;
}

Error Connection::refused() const {
    const std::string words = to_utf8(PQerrorMessage(connection_.get()));
    const std::string state = state_in(words);
    if (state.starts_with("28")) {
        return Error(
                   Code::auth,
                   peer_ + ": the database refuses the user or the password (" + state + ")"
        )
            .cure("Check auth.user and the secret, and that the server lets this user in from here."
            );
    }
    if (state == "3D000") return Error(Code::config, peer_ + ": there is no such database");
    if (words.find("certificate") != std::string::npos)
        return Error(Code::config, peer_ + ": its certificate is not trusted");
    if (words.find("SSL") != std::string::npos)
        return Error(Code::config, peer_ + ": the database offers no TLS")
            .cure("Outside of private networks, nothing is read without.");
    return Error(
        Code::unavailable,
        peer_ + ": no connection to the database" + (state.empty() ? "" : " (" + state + ")")
    );
}

Error Connection::broken() const {
    return Error(Code::unavailable, peer_ + ": the connection to the database broke");
}

Result<void> Connection::await(short events, Moment until, const std::stop_token& stop) const {
    while (true) {
        if (stop.stop_requested()) {
            cancel();
            return cancelled();
        }
        const auto left = std::chrono::ceil<milliseconds>(until - Steady::now());
        if (left <= milliseconds(0)) {
            cancel();
            return Error(Code::timeout, peer_ + ": the database takes too long");
        }
        pollfd fd{PQsocket(connection_.get()), events, 0};
        const auto slice = static_cast<int>(std::min(left, k_slice).count());
        if (poll(&fd, 1, slice) > 0) return {};
    }
}

/// So that it does not go on for nobody; a courtesy that may fail. Whoever has not even signed us in
/// has nothing to go on with, and may never answer this either.
void Connection::cancel() const {
    if (PQstatus(connection_.get()) != CONNECTION_OK) return;
    PGcancel* const cancel = PQgetCancel(connection_.get());
    std::array<char, 256> ignored{};
    if (cancel != nullptr) PQcancel(cancel, ignored.data(), static_cast<int>(ignored.size()));
    PQfreeCancel(cancel);
}

Result<void> Connection::send(const std::string& sql, const std::vector<std::string>& parameters) {
    std::vector<const char*> values;
    for (const std::string& parameter : parameters) values.push_back(parameter.c_str());
    const int sent = PQsendQueryParams(
        connection_.get(),
        sql.c_str(),
        static_cast<int>(values.size()),
        nullptr,
        values.data(),
        nullptr,
        nullptr,
        0
    );
    if (sent == 1) return {};
    return broken();
}

Result<ResultPtr> Connection::next(const std::stop_token& stop) {
    PGconn* const connection = connection_.get();
    const Moment until = Steady::now() + limits_.whole;
    while (true) {
        const int unsent = PQflush(connection);
        if (unsent < 0) return broken();
        if (unsent == 0 && PQisBusy(connection) == 0) break;
        const auto events = static_cast<short>(unsent > 0 ? POLLIN | POLLOUT : POLLIN);
        TOUCHLINE_CHECK(await(events, until, stop));
        if (PQconsumeInput(connection) == 0) return broken();
    }
    ResultPtr result(PQgetResult(connection));
    if (!result) return result;
    const auto status = PQresultStatus(result.get());
    if (status == PGRES_TUPLES_OK || status == PGRES_SINGLE_TUPLE || status == PGRES_COMMAND_OK)
        return result;
    if (PQstatus(connection) == CONNECTION_BAD) return broken();
    return error_of(result.get(), peer_);
}

Result<void> Connection::execute(const std::string& sql, const std::stop_token& stop) {
    TOUCHLINE_CHECK(send(sql, {}));
    while (true) {
        TOUCHLINE_TRY(const ResultPtr result, next(stop));
        if (!result) return {};
    }
}

Result<void> Connection::abandon(const std::stop_token& stop) {
    cancel();
    while (true) {
        auto result = next(stop);
        // That it was cancelled is no news; a connection that broke is.
        if (!result && result.error().code() != Code::timeout) return std::move(result).error();
        if (result && !*result) return {};
    }
}

}  // namespace touchline::rows
