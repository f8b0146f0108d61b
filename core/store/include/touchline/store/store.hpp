// The store port. core/store/sqlite is the embedded implementation; tests/contract holds every
// implementation to the same behaviour. One writer at a time, any number of readers beside it, each
// with its own snapshot.
#pragma once

#include "touchline/base/result.hpp"
#include "touchline/store/raw.hpp"
#include "touchline/store/rows.hpp"

#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace touchline::store {

/// Reads one consistent snapshot. One thread at a time.
class Reader {
public:
    Reader() = default;
    Reader(const Reader&) = delete;
    Reader& operator=(const Reader&) = delete;
    virtual ~Reader() = default;

    // Identities and customers. Absence is an empty optional, never an error.
    virtual Result<std::optional<Identity>> find_identity(
        std::string_view ns, std::string_view value
    ) = 0;
    virtual Result<std::vector<Identity>> identities(std::span<const IdentityKey> keys) = 0;
    /// Identities that carry every term; the last term may be a beginning. By key.
    virtual Result<std::vector<Identity>> search(
        std::span<const std::string> terms, std::size_t limit
    ) = 0;
    /// Search terms that begin so, each once, in order.
    virtual Result<std::vector<std::string>> terms_from(
        std::string_view beginning, std::size_t limit
    ) = 0;
    /// Identities on whose timelines the case, order or invoice with this number began (see
    /// TouchpointWrite::number).
    virtual Result<std::vector<Identity>> identities_about(
        std::string_view number, std::size_t limit
    ) = 0;
    /// What live links tie to these: the other ends, whatever the strength.
    virtual Result<std::vector<Identity>> neighbours(std::span<const IdentityKey> keys) = 0;
    virtual Result<Component> component(std::span<const IdentityKey> seeds) = 0;
    /// The same of the links that were recorded at that time and not retracted yet; how often they
    /// are stated, and what is shared, is as now.
    virtual Result<Component> component_at(std::span<const IdentityKey> seeds, Time time) = 0;
    /// The identity, what its live links tie it to, these links, and the names of all of them.
    /// Nothing when it is tied to more than `most`.
    virtual Result<std::optional<Component>> star(IdentityKey centre, std::size_t most) = 0;
    /// As stored, aliases included; `resolve` follows alias_of to the living one.
    virtual Result<std::optional<Customer>> customer(CustomerKey key) = 0;
    virtual Result<std::optional<Customer>> customer(std::string_view id) = 0;
    virtual Result<Customer> resolve(CustomerKey key) = 0;
    virtual Result<std::vector<Customer>> aliases(CustomerKey living) = 0;
    virtual Result<std::vector<Identity>> identities_of(CustomerKey living) = 0;
    virtual Result<std::vector<StoredLink>> links_of(
        std::span<const IdentityKey> keys, bool with_retracted
    ) = 0;
    /// Retracted or not.
    virtual Result<std::optional<StoredLink>> link(LinkKey key) = 0;
    /// Without those that their source has retracted.
    virtual Result<std::vector<StoredFact>> facts_of(std::span<const IdentityKey> keys) = 0;
    /// What people decided on fields and did not take back, by identity and field.
    virtual Result<std::vector<FieldChoice>> choices_of(std::span<const IdentityKey> keys) = 0;
    /// "crm", "shop": connections whose records name the identity.
    virtual Result<std::vector<std::string>> sources_of(IdentityKey key) = 0;

    // Likenesses and what people are to say of them.
    /// Non-weak ones whose key is greater, by key.
    virtual Result<std::vector<Identity>> identities_after(IdentityKey key, std::size_t limit) = 0;
    virtual Result<std::vector<IdentityKey>> due_profiles(std::size_t limit) = 0;  ///< by key
    virtual Result<std::optional<Profile>> profile(IdentityKey key) = 0;
    /// At most `limit` identities whose profile has the key, by identity.
    virtual Result<std::vector<IdentityKey>> sharing(std::uint64_t key, std::size_t limit) = 0;
    virtual Result<std::optional<MatchingModel>> matching_model() = 0;
    virtual Result<std::optional<MatchingLimits>> matching_limits() = 0;
    /// One for each two customers that open reviews are about, by the likeliest of these; without
    /// those that people put off or said to be two. By customers.
    virtual Result<std::vector<OpenQuestion>> open_questions() = 0;
    /// Of one state, those with most touchpoints first, then the likeliest.
    virtual Result<std::vector<Review>> reviews(
        ReviewState state, std::int64_t offset, std::int64_t limit
    ) = 0;
    virtual Result<std::int64_t> count_reviews(ReviewState state) = 0;
    virtual Result<std::optional<Review>> review(ReviewKey key) = 0;
    virtual Result<std::vector<Review>> reviews_of(IdentityKey key) = 0;

    // Timelines.
    virtual Result<TimelinePage> timeline(
        std::span<const IdentityKey> keys,
        const TimelineFilter& filter,
        std::int64_t offset,
        std::int64_t limit
    ) = 0;
    /// All places under the filter: positions, densities and phases are told from them. Two orders
    /// of magnitude cheaper than the touchpoints themselves.
    virtual Result<TimelinePlaces> places(
        std::span<const IdentityKey> keys, const TimelineFilter& filter
    ) = 0;
    /// Touchpoints that carry a measurement or state a phase; newest first.
    virtual Result<std::vector<StoredTouchpoint>> annotated(std::span<const IdentityKey> keys) = 0;
    /// Live touchpoints that state a privacy class; in no order.
    virtual Result<std::vector<Classified>> classified(std::span<const IdentityKey> keys) = 0;
    /// When the earliest touchpoint was, or nullopt.
    virtual Result<std::optional<Time>> first_touch(std::span<const IdentityKey> keys) = 0;
    /// The live touchpoint with this public id among the identities' own, or nullopt.
    virtual Result<std::optional<TouchpointKey>> find_touchpoint(
        std::span<const IdentityKey> keys, std::string_view id
    ) = 0;
    /// On live touchpoints of these identities, latest pin first.
    virtual Result<std::vector<Pin>> pins(std::span<const IdentityKey> keys) = 0;
    virtual Result<std::vector<DepartmentCount>> departments(std::span<const IdentityKey> keys) = 0;
    virtual Result<std::optional<StoredTouchpoint>> touchpoint(TouchpointKey key) = 0;

    // The feed and what became of it.
    virtual Result<std::vector<FeedEntry>> feed_after(FeedPosition position, std::size_t limit) = 0;
    virtual Result<FeedPosition> feed_head() = 0;
    virtual Result<DestinationState> destination(std::string_view destination) = 0;
    virtual Result<std::vector<Parked>> parked(std::string_view destination) = 0;  ///< by position

    // Operation.
    virtual Result<std::optional<SourceKey>> find_source(
        std::string_view connection, std::string_view stream
    ) = 0;
    virtual Result<Checkpoint> checkpoint(std::string_view connection, std::string_view stream) = 0;
    /// The bytes of a record's latest version.
    virtual Result<std::string> raw(RecordKey key) = 0;
    /// The bytes of the version that stood `back` versions before the latest one, or nullopt.
    virtual Result<std::optional<std::string>> previous_raw(
        RecordKey key, std::size_t back = 1
    ) = 0;
    /// Latest versions of records after `after`, by key: at most `limit`, and fewer once their
    /// bytes are more than `bytes`.
    virtual Result<std::vector<StoredRecord>> stored_records(
        const RawSelection& selection, RecordKey after, std::size_t limit, std::size_t bytes
    ) = 0;
    virtual Result<std::int64_t> count_records(const RawSelection& selection) = 0;
    /// What the latest version of a record hashes to, or nullopt.
    virtual Result<std::optional<ContentHash>> latest_hash(RecordKey key) = 0;
    /// By hour; `from` and `until` of the selection are rounded down to hours, its share is not
    /// looked at.
    virtual Result<std::vector<RawVolume>> raw_volume(const RawSelection& selection) = 0;
    /// The live touchpoints that the record yields.
    virtual Result<std::vector<StoredTouchpoint>> touchpoints_of(RecordKey key) = 0;
    /// Links that the record asserts (see Transaction::put_assertions).
    virtual Result<std::vector<StoredLink>> assertions_of(RecordKey key) = 0;
    /// The live one with the ends, polarity, author and rule of this, or none.
    virtual Result<LinkKey> find_link(const LinkWrite& link) = 0;
    virtual Result<std::vector<LinkKey>> doubted_links(std::size_t limit) = 0;  ///< by key
    virtual Result<std::optional<Replay>> replay(ReplayKey key) = 0;
    virtual Result<std::vector<Replay>> replays(std::size_t limit) = 0;  ///< newest first
    /// Newest first.
    virtual Result<std::vector<Run>> runs(std::string_view connection, std::size_t limit) = 0;
    virtual Result<std::vector<DeadLetter>> dead_letters(
        std::string_view connection, std::int64_t offset, std::int64_t limit
    ) = 0;  ///< newest first; empty connection: all
    /// Those that are of no record which is kept: by key.
    virtual Result<std::vector<DeadLetter>> recordless_dead_letters(
        const RawSelection& selection, DeadLetterKey after, std::size_t limit
    ) = 0;
    virtual Result<std::optional<DeadLetter>> dead_letter(DeadLetterKey key) = 0;
    virtual Result<std::string> dead_letter_raw(DeadLetterKey key) = 0;
    virtual Result<std::vector<Dropping>> droppings(std::size_t limit) = 0;  ///< newest first
    virtual Result<ConnectionStats> connection_stats(std::string_view connection) = 0;
    virtual Result<std::vector<InboxItem>> inbox(
        std::string_view connection, std::size_t limit
    ) = 0;
    virtual Result<Counts> counts() = 0;
};

/// Everything or nothing. Goes away without commit(): nothing happened.
class Transaction {
public:
    Transaction() = default;
    Transaction(const Transaction&) = delete;
    Transaction& operator=(const Transaction&) = delete;
    virtual ~Transaction() = default;

    /// Sees this transaction's own writes.
    virtual Reader& read() = 0;

    virtual Result<SourceKey> source(std::string_view connection, std::string_view stream) = 0;
    /// Keeps the page, compressed, and says of each record what is new about it. Pages whose
    /// records are all unchanged are not kept again. The result has one entry per record, in order;
    /// a record that occurs twice is judged in order.
    virtual Result<std::vector<RecordState>> put_raw(
        SourceKey source, std::string_view page, std::span<const RawRecord> records, Time at
    ) = 0;
    /// Finds or makes each identity; one entry per name, in order.
    virtual Result<std::vector<Interned>> intern(
        std::span<const IdentityName> names, Time seen
    ) = 0;
    /// Inserts or replaces by (record, part); one entry per row, in order. A touchpoint that moves
    /// to another identity or was retracted comes back.
    virtual Result<std::vector<TouchpointWritten>> put_touchpoints(
        std::span<const TouchpointWrite> rows, Time at
    ) = 0;
    /// Parts of the record that its latest version no longer yields leave the timeline. Returns
    /// those that were there.
    virtual Result<std::vector<TouchpointKey>> retract_parts(
        RecordKey record, std::span<const std::string_view> keep, Time at
    ) = 0;
    /// Inserts or replaces.
    virtual Result<void> put_pin(const Pin& pin) = 0;
    virtual Result<void> remove_pin(TouchpointKey touchpoint) = 0;
    /// The facts of a record replace the ones that an earlier version of it stated.
    virtual Result<void> put_facts(RecordKey record, std::span<const FactWrite> facts, Time at) = 0;
    /// Replaces the choice that stands for the same identity and field.
    virtual Result<void> put_choice(const FieldChoice& choice) = 0;
    /// False when there is none to end.
    virtual Result<bool> end_choice(IdentityKey identity, std::string_view field, Time at) = 0;
    /// One entry per row: the link's key, and whether it is new (or live again). A live link with
    /// the same ends, polarity, author and rule gains support instead.
    struct LinkWritten {
        LinkKey key = LinkKey::none;
        bool inserted = true;
        bool renewed = false;  ///< it is asserted since another time now
    };
    virtual Result<std::vector<LinkWritten>> put_links(
        std::span<const LinkWrite> links, Time at
    ) = 0;
    /// A record no longer says so: support goes down by one, and at zero the link is retracted.
    /// Returns the ends whose link was retracted.
    virtual Result<std::vector<IdentityKey>> withdraw_links(
        std::span<const LinkWrite> links, Time at
    ) = 0;
    virtual Result<void> retract_link(LinkKey key, std::string_view reason, Time at) = 0;
    /// What the record asserts of who is who, so that it can be taken back whatever mapping read
    /// it. Replaces what it asserted before.
    virtual Result<void> put_assertions(RecordKey record, std::span<const LinkKey> links) = 0;
    /// A touchpoint that stated the link does not any more; whether another one does has to be
    /// looked up.
    virtual Result<void> doubt_link(LinkKey link) = 0;
    virtual Result<void> settle_doubt(LinkKey link) = 0;

    /// Inserts, where the key is none, or replaces.
    virtual Result<ReplayKey> put_replay(const Replay& replay) = 0;

    virtual Result<CustomerKey> create_customer(
        std::string_view id, IdentityKey anchor, Time at
    ) = 0;
    /// `none` makes it living again.
    virtual Result<void> set_alias(CustomerKey customer, CustomerKey alias_of) = 0;
    struct Membership {
        IdentityKey identity = IdentityKey::none;
        CustomerKey customer = CustomerKey::none;
    };
    virtual Result<void> set_memberships(std::span<const Membership> memberships) = 0;

    virtual Result<void> set_shared(IdentityKey identity, bool shared) = 0;

    /// put_facts() does so by itself; this is for rules that changed.
    virtual Result<void> make_all_profiles_due() = 0;
    /// Replaces the profile; one without text goes away. It is not due any more.
    virtual Result<void> put_profile(const Profile& profile) = 0;
    virtual Result<void> put_matching_model(const MatchingModel& model) = 0;
    virtual Result<void> put_matching_limits(const MatchingLimits& limits) = 0;
    /// Inserts, or replaces what stands for the same pair; `key` is not looked at.
    virtual Result<void> put_review(const Review& review) = 0;
    virtual Result<void> drop_review(ReviewKey key) = 0;

    virtual Result<void> append_feed(std::span<const FeedWrite> entries, Time at) = 0;
    /// The same record failing again with the same bytes and stage counts up instead of standing
    /// twice. Returns how many are new.
    virtual Result<std::int64_t> put_dead_letters(
        std::span<const DeadLetterWrite> letters, Time at
    ) = 0;
    /// The record made it after all. Returns how many went away.
    virtual Result<std::int64_t> clear_dead_letters(
        std::string_view connection, std::string_view stream, std::string_view external_id
    ) = 0;
    virtual Result<void> drop_dead_letter(DeadLetterKey key) = 0;
    /// Takes the letters out of the way, so that restore_dead_letters() can bring them back. Error:
    /// not_found (one of them is not there).
    virtual Result<DroppingKey> set_aside_dead_letters(
        std::span<const DeadLetterKey> letters, Time at
    ) = 0;
    /// With new keys, but those whose record has failed again meanwhile stand already. Returns how
    /// many. Error: not_found.
    virtual Result<std::int64_t> restore_dead_letters(DroppingKey key) = 0;
    virtual Result<void> forget_droppings(Time before) = 0;
    virtual Result<void> put_checkpoint(
        SourceKey source, std::uint32_t version, std::string_view state, Time at
    ) = 0;
    virtual Result<void> put_run(const Run& run) = 0;

    virtual Result<InboxKey> put_inbox(const InboxItem& item) = 0;
    virtual Result<void> remove_inbox(InboxKey key) = 0;

    virtual Result<void> set_destination(
        std::string_view destination, const DestinationState& state
    ) = 0;
    /// Inserts or replaces by (destination, position).
    virtual Result<void> park(std::string_view destination, const Parked& parked) = 0;
    virtual Result<void> unpark(std::string_view destination, FeedPosition position) = 0;

    /// Durable when this returns. The transaction takes no more calls afterwards.
    virtual Result<void> commit() = 0;
};

/// Thread-safe.
class Store {
public:
    Store() = default;
    Store(const Store&) = delete;
    Store& operator=(const Store&) = delete;
    virtual ~Store() = default;
    /// Waits for the writer before it.
    virtual Result<std::unique_ptr<Transaction>> begin() = 0;
    /// A snapshot of what is committed now; give it back soon.
    virtual Result<std::unique_ptr<Reader>> reader() = 0;
    /// A store of its own that begins as a copy of what is committed now, to try things out in. It
    /// is gone when it is closed. Error: unavailable (no room).
    virtual Result<std::unique_ptr<Store>> shadow() = 0;
};

}  // namespace touchline::store
