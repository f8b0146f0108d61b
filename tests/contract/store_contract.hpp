// What every implementation of the store port is held to. An implementation joins by its
// line in factories().
#pragma once

#include "touchline/store/store.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <functional>
#include <stdexcept>

namespace touchline::store::contract {

/// The value, or a failure of the test with the error's text.
template <typename T>
T ok(Result<T> result) {
    if (!result) throw std::runtime_error(result.error().text());
    return std::move(result).value();
}
inline void ok(Result<void> result) {
    if (!result) throw std::runtime_error(result.error().text());
}

/// So many seconds after a fixed moment.
inline Time at(std::int64_t seconds) {
    return Time(std::chrono::seconds(1'800'000'000 + seconds));
}

inline ContentHash hash_of(std::string_view bytes) {
    ContentHash hash{};
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        hash[i % hash.size()] = static_cast<unsigned char>(hash[i % hash.size()] * 31 + bytes[i]);
    }
    return hash;
}

struct Factory {
    std::string name;
    /// Opens the store that lives in the folder, and makes it the first time.
    std::function<Result<std::unique_ptr<Store>>(const std::filesystem::path& folder)> open;
};

/// Every implementation of this build.
std::vector<Factory> factories();

class StoreContract : public testing::TestWithParam<Factory> {
protected:
    StoreContract();
    ~StoreContract() override;

    /// Runs the steps in a transaction and commits it.
    void write(const std::function<void(Transaction&)>& steps);
    std::unique_ptr<Reader> read() { return ok(store_->reader()); }
    void reopen();

    std::unique_ptr<Store> store_;

private:
    std::filesystem::path folder_;
};

// Short ways to say the usual things.
RecordState put_record(
    Transaction& transaction,
    std::string_view external_id,
    std::string_view bytes,
    std::string_view version = {}
);
IdentityKey identity(
    Transaction& transaction,
    std::string_view value,
    model::Strength strength = model::Strength::unique,
    std::string_view ns = "email"
);
struct TouchpointText {
    std::string_view kind = "case.opened", channel = "email", department = "support", data = "{}",
                     part = "";
};
TouchpointWritten put_touchpoint(
    Transaction& transaction,
    RecordKey record,
    IdentityKey identity,
    Time occurred_at,
    const TouchpointText& text = {}
);
LinkWrite link_between(IdentityKey a, IdentityKey b);

}  // namespace touchline::store::contract
