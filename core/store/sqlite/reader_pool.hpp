// Connections that read, lent to one reader at a time.
#pragma once

#include "connection.hpp"

#include "touchline/base/guarded.hpp"
#include "touchline/store/store.hpp"

#include <vector>

namespace touchline::store::sqlite {

/// Thread-safe. Outlives its readers.
class ReaderPool {
public:
    ReaderPool(std::filesystem::path file, int cache_kib)
        : file_(std::move(file)), cache_kib_(cache_kib) {}

    /// A snapshot of what is committed now.
    Result<std::unique_ptr<Reader>> reader();
    void give_back(std::unique_ptr<Connection> connection);

private:
    struct State {
        std::vector<std::unique_ptr<Connection>> idle;
        std::size_t lent = 0;
    };
    Result<std::unique_ptr<Connection>> lend();

    std::filesystem::path file_;
    int cache_kib_;
    Guarded<State> state_;
};

}  // namespace touchline::store::sqlite
