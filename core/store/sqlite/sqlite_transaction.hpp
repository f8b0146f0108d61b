// One write transaction: hands each call to the writer of its subject, and after a failure takes no
// more of them.
#pragma once

#include "sqlite_reader.hpp"
#include "writer.hpp"

#include <functional>

namespace touchline::store::sqlite {

class SqliteTransaction final : public Transaction {
public:
    /// `done` is called when the transaction is over, with whether it was committed.
    SqliteTransaction(
        Connection& db, WriterMemory& memory, PagePacker& packer, std::function<void(bool)> done
    );
    ~SqliteTransaction() override;

    Reader& read() override { return reader_; }
    Result<SourceKey> source(std::string_view connection, std::string_view stream) override;
    Result<std::vector<RecordState>> put_raw(
        SourceKey source, std::string_view page, std::span<const RawRecord> records, Time at
    ) override;
    Result<std::vector<Interned>> intern(std::span<const IdentityName> names, Time seen) override;
    Result<std::vector<TouchpointWritten>> put_touchpoints(
        std::span<const TouchpointWrite> rows, Time at
    ) override;
    Result<std::vector<TouchpointKey>> retract_parts(
        RecordKey record, std::span<const std::string_view> keep, Time at
    ) override;
    Result<void> put_pin(const Pin& pin) override;
    Result<void> remove_pin(TouchpointKey touchpoint) override;
    Result<void> put_facts(RecordKey record, std::span<const FactWrite> facts, Time at) override;
    Result<void> put_choice(const FieldChoice& choice) override;
    Result<bool> end_choice(IdentityKey identity, std::string_view field, Time at) override;
    Result<std::vector<LinkWritten>> put_links(std::span<const LinkWrite> links, Time at) override;
    Result<std::vector<IdentityKey>> withdraw_links(std::span<const LinkWrite> links, Time at)
        override;
    Result<void> retract_link(LinkKey key, std::string_view reason, Time at) override;
    Result<void> put_assertions(RecordKey record, std::span<const LinkKey> links) override;
    Result<void> doubt_link(LinkKey link) override;
    Result<void> settle_doubt(LinkKey link) override;
    Result<ReplayKey> put_replay(const Replay& replay) override;
    Result<CustomerKey> create_customer(std::string_view id, IdentityKey anchor, Time at) override;
    Result<void> set_alias(CustomerKey customer, CustomerKey alias_of) override;
    Result<void> set_memberships(std::span<const Membership> memberships) override;
    Result<void> set_shared(IdentityKey identity, bool shared) override;
    Result<void> make_all_profiles_due() override;
    Result<void> put_profile(const Profile& profile) override;
    Result<void> put_matching_model(const MatchingModel& model) override;
    Result<void> put_matching_limits(const MatchingLimits& limits) override;
    Result<void> put_review(const Review& review) override;
    Result<void> drop_review(ReviewKey key) override;
    Result<void> append_feed(std::span<const FeedWrite> entries, Time at) override;
    Result<std::int64_t> put_dead_letters(std::span<const DeadLetterWrite> letters, Time at)
        override;
    Result<std::int64_t> clear_dead_letters(
        std::string_view connection, std::string_view stream, std::string_view external_id
    ) override;
    Result<void> drop_dead_letter(DeadLetterKey key) override;
    Result<DroppingKey> set_aside_dead_letters(std::span<const DeadLetterKey> letters, Time at)
        override;
    Result<std::int64_t> restore_dead_letters(DroppingKey key) override;
    Result<void> forget_droppings(Time before) override;
    Result<void> put_checkpoint(
        SourceKey source, std::uint32_t version, std::string_view state, Time at
    ) override;
    Result<void> put_run(const Run& run) override;
    Result<InboxKey> put_inbox(const InboxItem& item) override;
    Result<void> remove_inbox(InboxKey key) override;
    Result<void> set_destination(std::string_view destination, const DestinationState& state)
        override;
    Result<void> park(std::string_view destination, const Parked& parked) override;
    Result<void> unpark(std::string_view destination, FeedPosition position) override;
    Result<void> commit() override;

private:
    enum class Phase { open, failed, over };

    template <typename F>
    auto attempt(F&& call) -> decltype(call());
    void end(bool committed);

    Writer writer_;
    SqliteReader reader_;
    std::function<void(bool)> done_;
    Phase phase_ = Phase::open;
};

}  // namespace touchline::store::sqlite
