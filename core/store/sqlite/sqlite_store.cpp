#include "sqlite_store.hpp"

#include "migrations.hpp"
#include "shadow_store.hpp"
#include "sqlite_transaction.hpp"
#include "status.hpp"

#include <fcntl.h>
#include <unistd.h>

namespace touchline::store {
namespace sqlite {
namespace {

/// 64 MiB: a page that is written often reaches the file once per checkpoint.
constexpr int k_wal_pages = 8'192;
/// Remembered identities per MiB of cache: about a quarter of it again.
constexpr int k_identities_per_mib = 2'048;
constexpr int k_reader_share = 16;

}  // namespace

SqliteStore::SqliteStore(std::unique_ptr<Connection> writer, const SqliteOptions& options)
    : options_(options),
      writer_(std::move(writer)),
      readers_(options.file, std::max(options.cache_mib * 1024 / k_reader_share, 1024)),
      memory_(static_cast<std::size_t>(std::max(options.cache_mib, 1)) * k_identities_per_mib) {
    sqlite3_wal_hook(writer_->native(), &SqliteStore::on_commit, this);
}

int SqliteStore::on_commit(void* self, sqlite3*, const char*, int wal_pages) {
    static_cast<SqliteStore*>(self)->wal_pages_ = wal_pages;
    return SQLITE_OK;
}

Result<std::unique_ptr<Transaction>> SqliteStore::begin() {
    turn_.acquire();
    if (auto begun = begin_writing(); !begun) {
        turn_.release();
        return std::move(begun).error();
    }
    return std::unique_ptr<Transaction>(std::make_unique<SqliteTransaction>(
        *writer_, memory_, packer_, [this](bool committed) { end_writing(committed); }
    ));
}

Result<std::unique_ptr<Store>> SqliteStore::shadow() {
    return make_shadow(options_);
}

Result<void> SqliteStore::begin_writing() {
    TOUCHLINE_CHECK(writer_->run("BEGIN IMMEDIATE"));
    // Another process, such as a command that a person runs beside the daemon, may have written.
    TOUCHLINE_TRY(const auto data_version, writer_->integer("PRAGMA data_version"));
    if (std::exchange(data_version_, data_version) != data_version) memory_.forget();
    return {};
}

void SqliteStore::end_writing(bool committed) {
    if (committed && wal_pages_ >= k_wal_pages) {
        // Readers may hold a part of the log back; the next commit tries again.
        sqlite3_wal_checkpoint_v2(
            writer_->native(), nullptr, SQLITE_CHECKPOINT_PASSIVE, nullptr, nullptr
        );
    }
    turn_.release();
}

namespace {

/// The file holds customers' data, so it is its owner's alone; the log beside it takes its mode
/// over.
void create_private(const std::filesystem::path& file) {
    const int descriptor = ::open(file.c_str(), O_CREAT | O_EXCL | O_CLOEXEC | O_RDWR, 0600);
    if (descriptor >= 0) ::close(descriptor);
}

}  // namespace
}  // namespace sqlite

Result<std::unique_ptr<Store>> open_sqlite(const SqliteOptions& options) {
    using sqlite::Connection;
    sqlite::create_private(options.file);
    TOUCHLINE_TRY(
        std::unique_ptr<Connection> writer,
        Connection::open(options.file, Connection::Use::write, options.cache_mib * 1024)
    );
    TOUCHLINE_CHECK(writer->execute(
        options.synchronous_full ? "PRAGMA synchronous = full" : "PRAGMA synchronous = normal"
    ));
    TOUCHLINE_CHECK(sqlite::migrate(*writer));
    return std::unique_ptr<Store>(std::make_unique<sqlite::SqliteStore>(std::move(writer), options)
    );
}

}  // namespace touchline::store
