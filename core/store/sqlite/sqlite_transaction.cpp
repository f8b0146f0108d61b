#include "sqlite_transaction.hpp"

#include "write_droppings.hpp"
#include "write_feed.hpp"
#include "write_identities.hpp"
#include "write_likenesses.hpp"
#include "write_links.hpp"
#include "write_operation.hpp"
#include "write_raw.hpp"
#include "write_replay.hpp"
#include "write_touchpoints.hpp"

namespace touchline::store::sqlite {

SqliteTransaction::SqliteTransaction(
    Connection& db, WriterMemory& memory, PagePacker& packer, std::function<void(bool)> done
)
    : writer_(db, memory, packer), reader_(db, &writer_.gathered), done_(std::move(done)) {}

SqliteTransaction::~SqliteTransaction() {
    if (phase_ != Phase::over) end(false);
}

void SqliteTransaction::end(bool committed) {
    phase_ = Phase::over;
    if (!committed) {
        writer_.memory.forget();
        // SQLite may have rolled back by itself; whatever this says, nothing is kept.
        if (writer_.db.in_transaction())
            static_cast<void>(writer_.db.execute("ROLLBACK").has_value());
    }
    done_(committed);
}

/// A call that failed may have written a part of what it should: nothing may follow it, least of
/// all outside of the transaction that SQLite has ended by itself.
template <typename F>
auto SqliteTransaction::attempt(F&& call) -> decltype(call()) {
    if (phase_ == Phase::over) return Error(Code::internal, "the transaction is over");
    if (phase_ == Phase::failed || !writer_.db.in_transaction()) {
        return Error(Code::conflict, "an earlier step of this transaction failed");
    }
    auto result = call();
    if (!result) phase_ = Phase::failed;
    return result;
}

Result<void> SqliteTransaction::commit() {
    TOUCHLINE_CHECK(attempt([&] { return writer_.gathered.settle(); }));
    auto result = writer_.db.run("COMMIT");
    end(result.has_value());
    return result;
}

Result<SourceKey> SqliteTransaction::source(std::string_view connection, std::string_view stream) {
    return attempt([&] { return find_or_make_source(writer_, connection, stream); });
}

Result<std::vector<RecordState>> SqliteTransaction::put_raw(
    SourceKey source, std::string_view page, std::span<const RawRecord> records, Time at
) {
    return attempt([&] { return sqlite::put_raw(writer_, source, page, records, at); });
}

Result<std::vector<Interned>> SqliteTransaction::intern(
    std::span<const IdentityName> names, Time seen
) {
    return attempt([&] { return sqlite::intern(writer_, names, seen); });
}

Result<std::vector<TouchpointWritten>> SqliteTransaction::put_touchpoints(
    std::span<const TouchpointWrite> rows, Time at
) {
    return attempt([&] { return sqlite::put_touchpoints(writer_, rows, at); });
}

Result<std::vector<TouchpointKey>> SqliteTransaction::retract_parts(
    RecordKey record, std::span<const std::string_view> keep, Time at
) {
    return attempt([&] { return sqlite::retract_parts(writer_, record, keep, at); });
}

Result<void> SqliteTransaction::put_pin(const Pin& pin) {
    return attempt([&] { return sqlite::put_pin(writer_, pin); });
}

Result<void> SqliteTransaction::remove_pin(TouchpointKey touchpoint) {
    return attempt([&] { return sqlite::remove_pin(writer_, touchpoint); });
}

Result<void> SqliteTransaction::put_facts(
    RecordKey record, std::span<const FactWrite> facts, Time
) {
    return attempt([&] { return sqlite::put_facts(writer_, record, facts); });
}

Result<void> SqliteTransaction::put_choice(const FieldChoice& choice) {
    return attempt([&] { return sqlite::put_choice(writer_, choice); });
}

Result<bool> SqliteTransaction::end_choice(IdentityKey identity, std::string_view field, Time at) {
    return attempt([&] { return sqlite::end_choice(writer_, identity, field, at); });
}

Result<std::vector<Transaction::LinkWritten>> SqliteTransaction::put_links(
    std::span<const LinkWrite> links, Time at
) {
    return attempt([&] { return sqlite::put_links(writer_, links, at); });
}

Result<std::vector<IdentityKey>> SqliteTransaction::withdraw_links(
    std::span<const LinkWrite> links, Time at
) {
    return attempt([&] { return sqlite::withdraw_links(writer_, links, at); });
}

Result<void> SqliteTransaction::retract_link(LinkKey key, std::string_view reason, Time at) {
    return attempt([&] { return sqlite::retract_link(writer_, key, reason, at); });
}

Result<void> SqliteTransaction::put_assertions(RecordKey record, std::span<const LinkKey> links) {
    return attempt([&] { return sqlite::put_assertions(writer_, record, links); });
}

Result<void> SqliteTransaction::doubt_link(LinkKey link) {
    return attempt([&] { return sqlite::doubt_link(writer_, link); });
}

Result<void> SqliteTransaction::settle_doubt(LinkKey link) {
    return attempt([&] { return sqlite::settle_doubt(writer_, link); });
}

Result<ReplayKey> SqliteTransaction::put_replay(const Replay& replay) {
    return attempt([&] { return sqlite::put_replay(writer_, replay); });
}

Result<CustomerKey> SqliteTransaction::create_customer(
    std::string_view id, IdentityKey anchor, Time at
) {
    return attempt([&] { return sqlite::create_customer(writer_, id, anchor, at); });
}

Result<void> SqliteTransaction::set_alias(CustomerKey customer, CustomerKey alias_of) {
    return attempt([&] { return sqlite::set_alias(writer_, customer, alias_of); });
}

Result<void> SqliteTransaction::set_memberships(std::span<const Membership> memberships) {
    return attempt([&] { return sqlite::set_memberships(writer_, memberships); });
}

Result<void> SqliteTransaction::set_shared(IdentityKey identity, bool shared) {
    return attempt([&] { return sqlite::set_shared(writer_, identity, shared); });
}

Result<void> SqliteTransaction::make_all_profiles_due() {
    return attempt([&] { return sqlite::make_all_profiles_due(writer_); });
}

Result<void> SqliteTransaction::put_profile(const Profile& profile) {
    return attempt([&] { return sqlite::put_profile(writer_, profile); });
}

Result<void> SqliteTransaction::put_matching_model(const MatchingModel& model) {
    return attempt([&] { return sqlite::put_matching_model(writer_, model); });
}

Result<void> SqliteTransaction::put_matching_limits(const MatchingLimits& limits) {
    return attempt([&] { return sqlite::put_matching_limits(writer_, limits); });
}

Result<void> SqliteTransaction::put_review(const Review& review) {
    return attempt([&] { return sqlite::put_review(writer_, review); });
}

Result<void> SqliteTransaction::drop_review(ReviewKey key) {
    return attempt([&] { return sqlite::drop_review(writer_, key); });
}

Result<void> SqliteTransaction::append_feed(std::span<const FeedWrite> entries, Time at) {
    return attempt([&] { return sqlite::append_feed(writer_, entries, at); });
}

Result<std::int64_t> SqliteTransaction::put_dead_letters(
    std::span<const DeadLetterWrite> letters, Time at
) {
    return attempt([&] { return sqlite::put_dead_letters(writer_, letters, at); });
}

Result<std::int64_t> SqliteTransaction::clear_dead_letters(
    std::string_view connection, std::string_view stream, std::string_view external_id
) {
    return attempt([&] {
        return sqlite::clear_dead_letters(writer_, connection, stream, external_id);
    });
}

Result<void> SqliteTransaction::drop_dead_letter(DeadLetterKey key) {
    return attempt([&] { return sqlite::drop_dead_letter(writer_, key); });
}

Result<DroppingKey> SqliteTransaction::set_aside_dead_letters(
    std::span<const DeadLetterKey> letters, Time at
) {
    return attempt([&] { return sqlite::set_aside_dead_letters(writer_, letters, at); });
}

Result<std::int64_t> SqliteTransaction::restore_dead_letters(DroppingKey key) {
    return attempt([&] { return sqlite::restore_dead_letters(writer_, key); });
}

Result<void> SqliteTransaction::forget_droppings(Time before) {
    return attempt([&] { return sqlite::forget_droppings(writer_, before); });
}

Result<void> SqliteTransaction::put_checkpoint(
    SourceKey source, std::uint32_t version, std::string_view state, Time at
) {
    return attempt([&] { return sqlite::put_checkpoint(writer_, source, version, state, at); });
}

Result<void> SqliteTransaction::put_run(const Run& run) {
    return attempt([&] { return sqlite::put_run(writer_, run); });
}

Result<InboxKey> SqliteTransaction::put_inbox(const InboxItem& item) {
    return attempt([&] { return sqlite::put_inbox(writer_, item); });
}

Result<void> SqliteTransaction::remove_inbox(InboxKey key) {
    return attempt([&] { return sqlite::remove_inbox(writer_, key); });
}

Result<void> SqliteTransaction::set_destination(
    std::string_view destination, const DestinationState& state
) {
    return attempt([&] { return sqlite::set_destination(writer_, destination, state); });
}

Result<void> SqliteTransaction::park(std::string_view destination, const Parked& parked) {
    return attempt([&] { return sqlite::park(writer_, destination, parked); });
}

Result<void> SqliteTransaction::unpark(std::string_view destination, FeedPosition position) {
    return attempt([&] { return sqlite::unpark(writer_, destination, position); });
}

}  // namespace touchline::store::sqlite
