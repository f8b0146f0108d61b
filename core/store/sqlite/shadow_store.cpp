#include "shadow_store.hpp"

#include "connection.hpp"

#include <unistd.h>

#include <cstdlib>
#include <system_error>

namespace touchline::store::sqlite {
namespace {

class CopiedFile {
public:
    explicit CopiedFile(std::filesystem::path path) : path_(std::move(path)) {}
    CopiedFile(const CopiedFile&) = delete;
    CopiedFile& operator=(const CopiedFile&) = delete;
    ~CopiedFile() {
        std::error_code ignored;
        for (const char* end : {"", "-wal", "-shm"})
            std::filesystem::remove(path_.string() + end, ignored);
    }
    const std::filesystem::path& path() const { return path_; }

private:
    std::filesystem::path path_;
};

class ShadowStore final : public Store {
public:
    ShadowStore(std::unique_ptr<CopiedFile> file, std::unique_ptr<Store> copy)
        : file_(std::move(file)), copy_(std::move(copy)) {}

    Result<std::unique_ptr<Transaction>> begin() override { return copy_->begin(); }
    Result<std::unique_ptr<Reader>> reader() override { return copy_->reader(); }
    Result<std::unique_ptr<Store>> shadow() override { return copy_->shadow(); }

private:
    std::unique_ptr<CopiedFile> file_;  // outlives what is open on it
    std::unique_ptr<Store> copy_;
};

/// Beside the original: there is room for customers' data. It is its owner's alone.
Result<std::unique_ptr<CopiedFile>> empty_file_beside(const std::filesystem::path& original) {
    std::string name = original.string() + ".shadow-XXXXXX";
    const int descriptor = ::mkstemp(name.data());
    if (descriptor < 0)
        return Error(Code::unavailable, "cannot make a copy beside " + original.string());
    ::close(descriptor);
    return std::make_unique<CopiedFile>(name);
}

}  // namespace

Result<std::unique_ptr<Store>> make_shadow(const SqliteOptions& original) {
    TOUCHLINE_TRY(std::unique_ptr<CopiedFile> file, empty_file_beside(original.file));
    SqliteOptions options = original;
    options.file = file->path();
    TOUCHLINE_TRY(
        const auto from,
        Connection::open(original.file, Connection::Use::write, original.cache_mib * 1024)
    );
    TOUCHLINE_TRY(
        const auto to,
        Connection::open(options.file, Connection::Use::write, original.cache_mib * 1024)
    );
    sqlite3_backup* backup = sqlite3_backup_init(to->native(), "main", from->native(), "main");
    if (backup == nullptr)
        return Error(Code::unavailable, "the store cannot be copied").cure("Try again later.");
    const int all_pages = -1;
    sqlite3_backup_step(backup, all_pages);
    if (sqlite3_backup_finish(backup) != SQLITE_OK)
        return Error(Code::unavailable, "there is no room for a copy of the store")
            .cure("Free as much space as the store takes.");
    TOUCHLINE_TRY(std::unique_ptr<Store> copy, open_sqlite(options));
    return std::unique_ptr<Store>(std::make_unique<ShadowStore>(std::move(file), std::move(copy)));
}

}  // namespace touchline::store::sqlite
