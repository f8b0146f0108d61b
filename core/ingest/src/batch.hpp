// What was read since the last commit: mapped, normalised, and ready to be written in one go.
#pragma once

#include "touchline/identity/normalise.hpp"
#include "touchline/ingest/ingestor.hpp"
#include "touchline/mapping/runner.hpp"

#include <deque>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

namespace touchline::ingest {

/// An identity that occurs in a batch, once. Views of it into the batch stay valid: a deque holds
/// them.
struct BatchIdentity {
    std::string ns, value;
    model::Strength strength = model::Strength::unique;
    std::uint32_t order = 100;
    std::vector<std::string> terms;
};

using IdentityIndex = std::uint32_t;

struct BatchClaim {
    IdentityIndex identity = 0;
    model::Trust trust = model::Trust::claimed;
};

/// The identities that one output names, most telling first; all of them usable.
using Claims = std::vector<BatchClaim>;

struct BatchTouchpoint {
    std::string part, kind, channel, department, data;
    model::Direction direction = model::Direction::inbound;
    Time occurred_at{};
    Claims claims;
    bool annotated = false;
    std::string number;  ///< of the case, order or invoice that begins
    std::string privacy = {};
};

struct BatchFact {
    std::string field, value, group;
    Time observed_at{};
    Claims claims;  ///< of one that retracts, only the most telling
    model::Trust trust = model::Trust::claimed;
    bool retracts = false;
};

struct BatchLink {
    IdentityIndex a = 0, b = 0;
    model::Polarity polarity = model::Polarity::same;
    std::string rule, reason;
    std::optional<double> score;
    Time asserted_at{};
};

struct BatchDeadLetter {
    std::string stream, external_id, stage, code, message, place, cure, raw;
};

struct BatchRecord {
    store::RecordKey key = store::RecordKey::none;  ///< of one that is stored already: a replay's
    Time received_at{};                             ///< when it arrived; of a stored one
    std::string external_id, version;
    store::ContentHash hash{};
    std::uint32_t offset = 0, length = 0;
    bool mapped =
        false;  ///< false: it has a dead letter, and an earlier version of it stays as it was
    std::vector<BatchTouchpoint> touchpoints;
    std::vector<BatchFact> facts;
    std::vector<BatchLink> links;
};

struct BatchPage {
    std::string bytes;
    std::vector<BatchRecord> records;
};

struct BatchStream {
    std::vector<BatchPage> pages;
    std::uint32_t checkpoint_version = 0;  ///< 0: no checkpoint yet
    std::string checkpoint_state;
};

struct Batch {
    std::map<std::string, BatchStream, std::less<>> streams;
    std::vector<BatchDeadLetter> dead_letters;
    std::vector<store::InboxKey> settled;
    std::deque<BatchIdentity> identities;
    std::unordered_map<std::string, IdentityIndex> identity_index;
    /// As sources wrote them, where that was usable: most come many times, and normalising is dear.
    std::unordered_map<std::string, IdentityIndex> stated_index;
    std::size_t records = 0, bytes = 0;

    bool empty() const { return streams.empty() && dead_letters.empty() && settled.empty(); }
    IdentityIndex add(const identity::Normalised& normalised, std::uint32_t order);
};

}  // namespace touchline::ingest
