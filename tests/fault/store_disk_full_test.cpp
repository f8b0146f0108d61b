// A disk that fills up, by SQLite's own limit on the process's file size.
#include "touchline/store/sqlite.hpp"

#include <gtest/gtest.h>
#include <signal.h>
#include <sys/resource.h>
#include <unistd.h>

namespace touchline::store {
namespace {

/// No file of this process grows beyond this many bytes while it stands.
class FileSizeLimit {
public:
    explicit FileSizeLimit(rlim_t bytes) {
        handler_ = ::signal(SIGXFSZ, SIG_IGN);
        ::getrlimit(RLIMIT_FSIZE, &before_);
        const rlimit limit{bytes, before_.rlim_max};
        ::setrlimit(RLIMIT_FSIZE, &limit);
    }
    FileSizeLimit(const FileSizeLimit&) = delete;
    FileSizeLimit& operator=(const FileSizeLimit&) = delete;
    ~FileSizeLimit() {
        ::setrlimit(RLIMIT_FSIZE, &before_);
        ::signal(SIGXFSZ, handler_);
    }

private:
    rlimit before_{};
    void (*handler_)(int) = nullptr;
};

Result<void> keep_page(Store& store, std::string_view id, const std::string& page) {
    TOUCHLINE_TRY(const auto transaction, store.begin());
    TOUCHLINE_TRY(const SourceKey source, transaction->source("crm", "contacts"));
    const RawRecord raw{id, {}, {}, 0, static_cast<std::uint32_t>(page.size())};
    TOUCHLINE_CHECK(transaction->put_raw(source, page, {&raw, 1}, Time()));
    return transaction->commit();
}

/// Bytes that do not compress.
std::string noise(std::size_t size) {
    std::string bytes(size, '\0');
    std::uint64_t state = 88172645463325252U;
    for (char& byte : bytes) {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        byte = static_cast<char>(state);
    }
    return bytes;
}

TEST(StoreOnAFullDisk, SaysSoAndWorksAgainOnceThereIsRoom) {
    const auto folder =
        std::filesystem::temp_directory_path() / ("touchline-full-" + std::to_string(::getpid()));
    std::filesystem::create_directories(folder);
    auto store = std::move(open_sqlite({folder / "touchline.db", 4, false})).value();
    ASSERT_TRUE(keep_page(*store, "1", "small").has_value());
    {
        const FileSizeLimit limit(2'000'000);
        const auto full = keep_page(*store, "2", noise(4'000'000));
        ASSERT_FALSE(full.has_value());
        EXPECT_EQ(full.error().code(), Code::unavailable);
        EXPECT_FALSE(full.error().cure().empty());
        EXPECT_EQ(std::move(store->reader()).value()->counts().value().records, 1);
    }
    EXPECT_TRUE(keep_page(*store, "2", noise(4'000'000)).has_value());
    EXPECT_EQ(std::move(store->reader()).value()->counts().value().records, 2);
    store.reset();
    std::filesystem::remove_all(folder);
}

}  // namespace
}  // namespace touchline::store
