// What the store keeps, as plain rows. Keys are ascending numbers of the store's own: they order
// and join rows, and never leave the process. 0 is "none" for every key.
#pragma once

#include "touchline/base/time.hpp"
#include "touchline/model/fact.hpp"
#include "touchline/model/identity.hpp"
#include "touchline/model/link.hpp"
#include "touchline/model/touchpoint.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace touchline::store {

enum class SourceKey : std::int64_t { none };  ///< a stream of a connection
enum class RecordKey : std::int64_t { none };  ///< a record of a source, over all its versions
enum class IdentityKey : std::int64_t { none };
enum class CustomerKey : std::int64_t { none };
enum class TouchpointKey : std::int64_t { none };
enum class LinkKey : std::int64_t { none };
enum class DeadLetterKey : std::int64_t { none };
enum class DroppingKey : std::int64_t { none };
enum class InboxKey : std::int64_t { none };
enum class ReviewKey : std::int64_t { none };
/// Position in the feed; dense is not promised, ascending is.
using FeedPosition = std::int64_t;

/// The first 128 bits of SHA-256 over a record's bytes.
using ContentHash = std::array<unsigned char, 16>;

/// One record inside a page that is handed over for keeping.
struct RawRecord {
    std::string_view external_id;
    std::string_view version;  ///< empty: the source has none
    ContentHash hash{};
    std::uint32_t offset = 0, length = 0;  ///< bytes inside the page
};

enum class RecordChange {
    created,
    changed,
    unchanged,  ///< these bytes are the latest version already
    stale,  ///< the source's version is older than the one that is kept: stored, but not the latest
};

struct RecordState {
    RecordKey key = RecordKey::none;
    RecordChange change = RecordChange::created;
};

struct IdentityName {
    std::string_view ns, value;  ///< normalised
    model::Strength strength = model::Strength::unique;
    std::span<const std::string> terms;  ///< words to find it by
};

struct Identity {
    IdentityKey key = IdentityKey::none;
    std::string ns, value;
    model::Strength strength = model::Strength::unique;
    CustomerKey customer = CustomerKey::none;
    Time first_seen{}, last_seen{};  ///< to the hour
    bool shared = false;             ///< by too many to tell who somebody is
};

/// What intern() says of a name: just enough to go on.
struct Interned {
    IdentityKey key = IdentityKey::none;
    CustomerKey customer = CustomerKey::none;
};

struct TouchpointWrite {
    RecordKey record = RecordKey::none;
    std::string_view part;
    IdentityKey identity = IdentityKey::none;  ///< whose timeline it stands on
    Time occurred_at{};
    std::string_view kind, channel, department;
    model::Direction direction = model::Direction::inbound;
    std::string_view data;  ///< JSON as touchpoint/1-0
    /// The beginning of `data` that counts: where only the rest differs, the row is renewed but has
    /// not changed. Empty: all of it counts.
    std::string_view said{};
    bool annotated = false;  ///< carries a measurement or states a phase
    /// What people call the case, order or invoice that begins with it, in lower case; mostly
    /// empty.
    std::string_view number{};
    std::string_view privacy{};  ///< the class that it states; mostly empty
};

struct TouchpointWritten {
    TouchpointKey key = TouchpointKey::none;
    bool changed = true;  ///< false: the same was there already
};

struct StoredTouchpoint {
    TouchpointKey key = TouchpointKey::none;
    IdentityKey identity = IdentityKey::none;
    Time occurred_at{};
    std::string data;
    bool retracted = false;  ///< on no timeline any more; kept for the feed
};

struct FactWrite {
    RecordKey record = RecordKey::none;
    IdentityKey identity = IdentityKey::none;
    std::string_view field, value, group;
    Time observed_at{};
    model::Trust trust = model::Trust::claimed;
    /// Says that the field has no such value (null: none at all) any more: what its connection said
    /// of the identity in other records until then does not count.
    bool retracts = false;
};

struct StoredFact {
    IdentityKey identity = IdentityKey::none;
    std::string field, value, group;  ///< value is JSON
    Time observed_at{};
    std::string connection, stream, external_id;
    model::Trust trust = model::Trust::claimed;
};

/// A person's word on the value of a field; it stands above what sources say.
struct FieldChoice {
    IdentityKey identity = IdentityKey::none;
    std::string field, value;  ///< value is JSON
    std::string author, reason;
    Time at{};
};

/// Links are undirected; the store orders the pair.
struct LinkWrite {
    IdentityKey a = IdentityKey::none, b = IdentityKey::none;
    model::Polarity polarity = model::Polarity::same;
    model::By by = model::By::source;
    std::string_view rule{};
    std::optional<double> score{};
    RecordKey evidence = RecordKey::none;  ///< the first record that says so
    Time asserted_at{};                    ///< when it held
    std::string_view reason{};
    /// How many records more say so; 0: it is only to be there (a new link then has support 1).
    std::int64_t support = 1;
    /// The record that says so says it again: nothing is counted, and `asserted_at` follows where
    /// it is the only one.
    bool renews = false;
};

struct StoredLink {
    LinkKey key = LinkKey::none;
    IdentityKey a = IdentityKey::none, b = IdentityKey::none;
    model::Polarity polarity = model::Polarity::same;
    model::By by = model::By::source;
    std::string rule;
    std::optional<double> score;
    std::string evidence;      ///< "crm/contacts/17", or empty
    std::int64_t support = 1;  ///< records that say so now
    Time asserted_at{}, recorded_at{};
    std::optional<Time> retracted_at;
    std::string reason;
};

/// Whether a model found it. Its score says how surely; a low one speaks against it.
inline bool is_likeness(const StoredLink& link) {
    return link.by == model::By::rule && link.score.has_value();
}

/// Identities that links of either polarity hold together, however far; weak ones are not passed
/// through, shared ones only along links of agents, and likenesses of less bits than join lead
/// nowhere.
struct Component {
    std::vector<Identity> members;  ///< unique and strong, by key
    std::vector<StoredLink> links;  ///< live, between members, by key
    /// Where there are likenesses: the limit in force, and the members that have a profile, by key.
    double join_from = 0;
    std::vector<IdentityKey> profiled;
    struct Name {
        IdentityKey member = IdentityKey::none;
        std::string ns, value;
    };
    std::vector<Name> names;  ///< weak identities that members are linked to
};

/// What the facts say of whom an identity stands for, and the keys that records worth comparing
/// have in common.
struct Profile {
    IdentityKey identity = IdentityKey::none;
    std::string text;
    std::vector<std::uint64_t> keys;  ///< ascending
};

/// How likenesses are found; the latest holds.
struct MatchingModel {
    std::string version, text;
    Time at{};
};

/// Bits from which likenesses join, and from which people are asked; the latest hold.
struct MatchingLimits {
    double join_from = 0, review_from = 0;
    Time at{};
};

enum class ReviewState {
    open,
    later,     ///< somebody looked and will come back to it
    same,      ///< decided: one person
    not_same,  ///< decided: two
};

/// Two identities of which a person is to say whether they stand for the same one.
struct Review {
    ReviewKey key = ReviewKey::none;
    IdentityKey a = IdentityKey::none, b = IdentityKey::none;  ///< a < b
    double bits = 0;
    std::string reason;  ///< what is alike, and what keeps them apart
    std::string model;   ///< its version
    ReviewState state = ReviewState::open;
    std::int64_t touchpoints = 0;  ///< of both customers, when it was opened
    Time opened_at{};
    std::optional<Time> decided_at;
    std::string author, note;  ///< of the decision
};

/// Two customers of whom people are asked whether they are one.
struct OpenQuestion {
    ReviewKey review = ReviewKey::none;  ///< the likeliest pair of their identities
    CustomerKey a = CustomerKey::none, b = CustomerKey::none;  ///< living, a < b
    double bits = 0;
    std::int64_t touchpoints = 0;  ///< of both, when the question was opened
};

struct Customer {
    CustomerKey key = CustomerKey::none;
    std::string id;                          ///< "cu_…"; public, stable
    IdentityKey anchor = IdentityKey::none;  ///< the identity it was made for
    CustomerKey alias_of = CustomerKey::none;
    Time created_at{};
};

struct FeedWrite {
    std::string_view type;  ///< "touchline.touchpoint.recorded"
    CustomerKey customer = CustomerKey::none;
    TouchpointKey touchpoint = TouchpointKey::none;
    std::string_view data;  ///< JSON object for entries without a touchpoint
};

struct FeedEntry {
    FeedPosition position = 0;
    Time at{};
    std::string type;
    CustomerKey customer = CustomerKey::none;
    TouchpointKey touchpoint = TouchpointKey::none;
    std::string data;
};

/// Where a record or a delivery failed.
struct DeadLetterWrite {
    std::string_view connection, stream,
        external_id;         ///< for a delivery: destination, customer id, event id
    std::string_view stage;  ///< read, parse, map, identity, deliver
    std::string_view code, message, place, cure;
    std::string_view raw;  ///< the bytes as they came
};

struct DeadLetter {
    DeadLetterKey key = DeadLetterKey::none;
    std::string connection, stream, external_id, stage, code, message, place, cure;
    std::int64_t attempts = 1;
    Time first_at{}, last_at{};
    std::int64_t raw_bytes = 0;
};

/// Dead letters that were dropped at once.
struct Dropping {
    DroppingKey key = DroppingKey::none;
    Time at{};
    std::int64_t letters = 0;
    std::string connection, message;  ///< of one of them
};

struct Checkpoint {
    std::uint32_t version = 0;  ///< 0: none yet
    std::string state;
    Time at{};
};

struct Run {
    std::string connection;
    Time started_at{}, finished_at{};
    std::int64_t records = 0, touchpoints = 0, dead_letters = 0;
    std::string outcome;  ///< ok, failed, cancelled
    std::string error;    ///< what people read
    std::string setup;    ///< what it was made with: a JSON object of names to versions
};

struct ConnectionStats {
    std::int64_t records = 0, dead_letters = 0;
    std::optional<Time> newest_record;  ///< newest occurred_at
    std::optional<Run> last_run;
    std::optional<Time> last_success;
};

struct InboxItem {
    InboxKey key = InboxKey::none;
    std::string connection, stream, headers, body;  ///< headers: JSON object
    Time received_at{};
};

/// An event that waits for another attempt, or behind one that does.
struct Parked {
    FeedPosition position = 0;
    CustomerKey customer = CustomerKey::none;
    std::uint32_t attempts = 0;
    Time next_at{};
    std::string error;
};

struct DestinationState {
    FeedPosition cursor = 0;  ///< everything up to here is delivered, parked or dead
    bool enabled = true;
    std::string reason;  ///< why not enabled
};

struct TimelineFilter {
    std::string department, channel;  ///< empty: any
    /// Any of these, with commas between: a kind ("case.opened"), its first part ("case"), or a
    /// beginning that ends in a dot ("case."). Empty: any.
    std::string kind;
    std::string text;  ///< found in subject or snippet, case-insensitive for ASCII
    std::string ref;   ///< the id of what it is about: a case, an order, a thread
    std::optional<Time> before, after;
};

struct TimelinePage {
    std::int64_t total = 0;               ///< under the filter
    std::vector<StoredTouchpoint> items;  ///< newest first
};

/// Where touchpoints stand on a timeline, without what they say.
struct TimelinePlaces {
    struct Place {
        Time at{};
        TouchpointKey key = TouchpointKey::none;
        std::uint32_t kind = 0, channel = 0, department = 0;  ///< indexes into `words`
    };
    std::vector<std::string> words;
    std::vector<Place> places;  ///< newest first

    const std::string& kind_of(const Place& place) const { return words[place.kind]; }
};

/// A touchpoint that states a privacy class.
struct Classified {
    TouchpointKey touchpoint = TouchpointKey::none;
    std::string privacy;
};

/// A touchpoint that somebody marked for the whole team.
struct Pin {
    TouchpointKey touchpoint = TouchpointKey::none;
    std::string author;  ///< may be empty
    Time at{};
};

struct DepartmentCount {
    std::string department;
    std::int64_t touchpoints = 0;
    Time first{}, last{};
};

struct Counts {
    std::int64_t records = 0, touchpoints = 0, identities = 0, customers = 0, links = 0,
                 dead_letters = 0;
};

}  // namespace touchline::store
