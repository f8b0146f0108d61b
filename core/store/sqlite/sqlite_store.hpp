// The store over one file: one writer whose turn is handed on, and a pool of readers.
#pragma once

#include "page_codec.hpp"
#include "reader_pool.hpp"
#include "writer_memory.hpp"

#include "touchline/store/sqlite.hpp"

#include <semaphore>

namespace touchline::store::sqlite {

class SqliteStore final : public Store {
public:
    SqliteStore(std::unique_ptr<Connection> writer, const SqliteOptions& options);

    Result<std::unique_ptr<Transaction>> begin() override;
    Result<std::unique_ptr<Reader>> reader() override { return readers_.reader(); }
    Result<std::unique_ptr<Store>> shadow() override;

private:
    Result<void> begin_writing();
    void end_writing(bool committed);
    static int on_commit(void* self, sqlite3* db, const char* name, int wal_pages);

    const SqliteOptions options_;
    std::unique_ptr<Connection> writer_;
    ReaderPool readers_;
    WriterMemory memory_;
    PagePacker packer_;
    /// A transaction may end on another thread than the one that began it, so this is no mutex.
    std::binary_semaphore turn_{1};
    std::int64_t data_version_ = 0;
    int wal_pages_ = 0;
};

}  // namespace touchline::store::sqlite
