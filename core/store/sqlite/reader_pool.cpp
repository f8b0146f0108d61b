#include "reader_pool.hpp"

#include "sqlite_reader.hpp"

namespace touchline::store::sqlite {
namespace {

constexpr std::size_t k_most_lent = 64;
constexpr std::size_t k_most_idle = 4;

class PooledReader final : public SqliteReader {
public:
    PooledReader(ReaderPool& pool, std::unique_ptr<Connection> connection)
        : SqliteReader(*connection), pool_(pool), connection_(std::move(connection)) {}
    ~PooledReader() override { pool_.give_back(std::move(connection_)); }

private:
    ReaderPool& pool_;
    std::unique_ptr<Connection> connection_;
};

}  // namespace

Result<std::unique_ptr<Reader>> ReaderPool::reader() {
    TOUCHLINE_TRY(std::unique_ptr<Connection> connection, lend());
    auto reader = std::make_unique<PooledReader>(*this, std::move(connection));
    return std::unique_ptr<Reader>(std::move(reader));
}

Result<std::unique_ptr<Connection>> ReaderPool::lend() {
    std::unique_ptr<Connection> connection;
    const bool allowed = state_.with([&](State& state) {
        if (state.lent == k_most_lent) return false;
        ++state.lent;
        if (!state.idle.empty()) {
            connection = std::move(state.idle.back());
            state.idle.pop_back();
        }
        return true;
    });
    if (!allowed) {
        return Error(
            Code::unavailable, std::to_string(k_most_lent) + " readers of the store are busy"
        );
    }
    const auto ready = [&]() -> Result<void> {
        if (connection == nullptr) {
            TOUCHLINE_TRY(connection, Connection::open(file_, Connection::Use::read, cache_kib_));
        }
        TOUCHLINE_CHECK(connection->run("BEGIN"));
        // The snapshot is that of the first read, not of BEGIN.
        TOUCHLINE_CHECK(connection->integer("SELECT max(position) FROM feed"));
        return {};
    }();
    if (!ready) {
        give_back(std::move(connection));
        return ready.error();
    }
    return connection;
}

void ReaderPool::give_back(std::unique_ptr<Connection> connection) {
    if (connection != nullptr && connection->in_transaction()) {
        // A connection that cannot end its snapshot is closed.
        if (!connection->run("COMMIT")) connection.reset();
    }
    state_.with([&](State& state) {
        --state.lent;
        if (connection != nullptr && state.idle.size() < k_most_idle) {
            state.idle.push_back(std::move(connection));
        }
    });
}

}  // namespace touchline::store::sqlite
