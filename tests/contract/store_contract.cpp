#include "store_contract.hpp"

#include "touchline/store/sqlite.hpp"

#include <unistd.h>

#include <atomic>

namespace touchline::store::contract {

std::vector<Factory> factories() {
    return {{"sqlite", [](const std::filesystem::path& folder) {
                 return open_sqlite({folder / "touchline.db", 4, false});
             }}};
}

INSTANTIATE_TEST_SUITE_P(Store, StoreContract, testing::ValuesIn(factories()));

StoreContract::StoreContract() {
    static std::atomic<int> count{0};
    folder_ = std::filesystem::temp_directory_path() /
              ("touchline-store-" + std::to_string(::getpid()) + "-" + std::to_string(++count));
    std::filesystem::create_directories(folder_);
    store_ = ok(GetParam().open(folder_));
}

StoreContract::~StoreContract() {
    store_.reset();
    std::filesystem::remove_all(folder_);
}

void StoreContract::write(const std::function<void(Transaction&)>& steps) {
    const auto transaction = ok(store_->begin());
    steps(*transaction);
    ok(transaction->commit());
}

void StoreContract::reopen() {
    store_.reset();
    store_ = ok(GetParam().open(folder_));
}

RecordState put_record(
    Transaction& transaction,
    std::string_view external_id,
    std::string_view bytes,
    std::string_view version
) {
    const SourceKey source = ok(transaction.source("crm", "contacts"));
    const RawRecord record{
        external_id, version, hash_of(bytes), 0, static_cast<std::uint32_t>(bytes.size())};
    return ok(transaction.put_raw(source, bytes, {&record, 1}, at(0))).at(0);
}

IdentityKey identity(
    Transaction& transaction, std::string_view value, model::Strength strength, std::string_view ns
) {
    const IdentityName name{ns, value, strength, {}};
    return ok(transaction.intern({&name, 1}, at(0))).at(0).key;
}

TouchpointWritten put_touchpoint(
    Transaction& transaction,
    RecordKey record,
    IdentityKey identity,
    Time occurred_at,
    const TouchpointText& text
) {
    const TouchpointWrite row{
        record,
        text.part,
        identity,
        occurred_at,
        text.kind,
        text.channel,
        text.department,
        model::Direction::inbound,
        text.data};
    return ok(transaction.put_touchpoints({&row, 1}, at(0))).at(0);
}

LinkWrite link_between(IdentityKey a, IdentityKey b) {
    LinkWrite link;
    link.a = a;
    link.b = b;
    link.rule = "same_record@1";
    link.asserted_at = at(0);
    return link;
}

}  // namespace touchline::store::contract
