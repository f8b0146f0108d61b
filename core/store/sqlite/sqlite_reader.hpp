// The reading half of the store over one connection. Its methods are split over reader_*.cpp by
// subject.
#pragma once

#include "connection.hpp"
#include "settle.hpp"

#include "touchline/store/store.hpp"

namespace touchline::store::sqlite {

class SqliteReader : public Reader {
public:
    /// `gathered` is what the transaction around this reader has still to write; null outside of
    /// one. Both have to outlive the reader.
    explicit SqliteReader(Connection& db, Settle* gathered = nullptr)
        : db_(db), gathered_(gathered) {}

    Result<std::optional<Identity>> find_identity(std::string_view ns, std::string_view value)
        override;
    Result<std::vector<Identity>> identities(std::span<const IdentityKey> keys) override;
    Result<std::vector<Identity>> search(std::span<const std::string> terms, std::size_t limit)
        override;
    Result<std::vector<std::string>> sources_of(IdentityKey key) override;
    Result<std::vector<std::string>> terms_from(std::string_view beginning, std::size_t limit)
        override;
    Result<std::vector<Identity>> identities_about(std::string_view number, std::size_t limit)
        override;

    Result<std::vector<Identity>> neighbours(std::span<const IdentityKey> keys) override;
    Result<Component> component(std::span<const IdentityKey> seeds) override;
    Result<Component> component_at(std::span<const IdentityKey> seeds, Time time) override;
    Result<std::optional<Component>> star(IdentityKey centre, std::size_t most) override;
    Result<std::vector<StoredLink>> links_of(std::span<const IdentityKey> keys, bool with_retracted)
        override;
    Result<std::optional<StoredLink>> link(LinkKey key) override;
    Result<std::vector<StoredFact>> facts_of(std::span<const IdentityKey> keys) override;
    Result<std::vector<FieldChoice>> choices_of(std::span<const IdentityKey> keys) override;

    Result<std::optional<Customer>> customer(CustomerKey key) override;
    Result<std::optional<Customer>> customer(std::string_view id) override;
    Result<Customer> resolve(CustomerKey key) override;
    Result<std::vector<Customer>> aliases(CustomerKey living) override;
    Result<std::vector<Identity>> identities_of(CustomerKey living) override;

    Result<std::vector<Identity>> identities_after(IdentityKey key, std::size_t limit) override;
    Result<std::vector<IdentityKey>> due_profiles(std::size_t limit) override;
    Result<std::optional<Profile>> profile(IdentityKey key) override;
    Result<std::vector<IdentityKey>> sharing(std::uint64_t key, std::size_t limit) override;
    Result<std::optional<MatchingModel>> matching_model() override;
    Result<std::optional<MatchingLimits>> matching_limits() override;
    Result<std::vector<OpenQuestion>> open_questions() override;
    Result<std::vector<Review>> reviews(ReviewState state, std::int64_t offset, std::int64_t limit)
        override;
    Result<std::int64_t> count_reviews(ReviewState state) override;
    Result<std::optional<Review>> review(ReviewKey key) override;
    Result<std::vector<Review>> reviews_of(IdentityKey key) override;

    Result<TimelinePage> timeline(
        std::span<const IdentityKey> keys,
        const TimelineFilter& filter,
        std::int64_t offset,
        std::int64_t limit
    ) override;
    Result<TimelinePlaces> places(std::span<const IdentityKey> keys, const TimelineFilter& filter)
        override;
    Result<std::vector<StoredTouchpoint>> annotated(std::span<const IdentityKey> keys) override;
    Result<std::vector<Classified>> classified(std::span<const IdentityKey> keys) override;
    Result<std::optional<Time>> first_touch(std::span<const IdentityKey> keys) override;
    Result<std::optional<TouchpointKey>> find_touchpoint(
        std::span<const IdentityKey> keys, std::string_view id
    ) override;
    Result<std::vector<Pin>> pins(std::span<const IdentityKey> keys) override;
    Result<std::vector<DepartmentCount>> departments(std::span<const IdentityKey> keys) override;
    Result<std::optional<StoredTouchpoint>> touchpoint(TouchpointKey key) override;

    Result<std::vector<FeedEntry>> feed_after(FeedPosition position, std::size_t limit) override;
    Result<FeedPosition> feed_head() override;
    Result<DestinationState> destination(std::string_view destination) override;
    Result<std::vector<Parked>> parked(std::string_view destination) override;

    Result<std::optional<SourceKey>> find_source(
        std::string_view connection, std::string_view stream
    ) override;
    Result<Checkpoint> checkpoint(std::string_view connection, std::string_view stream) override;
    Result<std::string> raw(RecordKey key) override;
    Result<std::optional<std::string>> previous_raw(RecordKey key, std::size_t back) override;
    Result<std::vector<StoredRecord>> stored_records(
        const RawSelection& selection, RecordKey after, std::size_t limit, std::size_t bytes
    ) override;
    Result<std::int64_t> count_records(const RawSelection& selection) override;
    Result<std::optional<ContentHash>> latest_hash(RecordKey key) override;
    Result<std::vector<RawVolume>> raw_volume(const RawSelection& selection) override;
    Result<std::vector<StoredTouchpoint>> touchpoints_of(RecordKey key) override;
    Result<std::vector<StoredLink>> assertions_of(RecordKey key) override;
    Result<LinkKey> find_link(const LinkWrite& link) override;
    Result<std::vector<LinkKey>> doubted_links(std::size_t limit) override;
    Result<std::optional<Replay>> replay(ReplayKey key) override;
    Result<std::vector<Replay>> replays(std::size_t limit) override;
    Result<std::vector<Run>> runs(std::string_view connection, std::size_t limit) override;
    Result<std::vector<DeadLetter>> recordless_dead_letters(
        const RawSelection& selection, DeadLetterKey after, std::size_t limit
    ) override;
    Result<std::vector<DeadLetter>> dead_letters(
        std::string_view connection, std::int64_t offset, std::int64_t limit
    ) override;
    Result<std::optional<DeadLetter>> dead_letter(DeadLetterKey key) override;
    Result<std::string> dead_letter_raw(DeadLetterKey key) override;
    Result<std::vector<Dropping>> droppings(std::size_t limit) override;
    Result<ConnectionStats> connection_stats(std::string_view connection) override;
    Result<std::vector<InboxItem>> inbox(std::string_view connection, std::size_t limit) override;
    Result<Counts> counts() override;

private:
    Result<void> settle() { return gathered_ == nullptr ? Result<void>() : gathered_->settle(); }
    Result<std::string> slice(std::int64_t page, std::int64_t start, std::int64_t length);

    Connection& db_;
    Settle* gathered_;
    // A replay reads the records of a page one after the other.
    std::int64_t unpacked_page_ = 0;
    std::string unpacked_;
};

}  // namespace touchline::store::sqlite
