#include "matcher.hpp"

#include "likeness.hpp"
#include "profile.hpp"

#include "touchline/identity/blocking.hpp"
#include "touchline/identity/rules.hpp"

#include <algorithm>

namespace touchline::ingest {

using store::IdentityKey;
using store::ReviewState;

namespace {

constexpr std::size_t k_due_at_once = 256;
/// About a kilobyte each.
constexpr std::size_t k_most_remembered = 20'000;
/// Pairs of less are not kept: the partition takes them for unlike.
constexpr double k_kept_from = -5;

IdentityKey other_of(IdentityKey a, IdentityKey b, IdentityKey key) {
    return a == key ? b : a;
}

}  // namespace

Matching::Matching(identity::Model model, std::string version, MatchingLimits limits)
    : model_(std::move(model)),
      version_(std::move(version)),
      limits_(limits),
      reader_(model_.fields(), model_.placeholders) {}

std::string Matching::rule() const {
    return std::string(identity::k_likeness) + version_;
}

Result<identity::Features> Matching::read(std::string_view text) {
    return reader_.read(profile_record(text));
}

Result<const identity::Features*> Matching::features(store::Reader& reader, IdentityKey key) {
    const auto known = known_.find(key);
    if (known != known_.end() && known->second.seen == transaction_) return &known->second.features;
    TOUCHLINE_TRY(auto profile, reader.profile(key));
    if (!profile) return nullptr;
    if (known != known_.end() && known->second.text == profile->text) {
        known->second.seen = transaction_;
        return &known->second.features;
    }
    TOUCHLINE_TRY(identity::Features features, read(profile->text));
    if (known_.size() >= k_most_remembered) known_.clear();
    Known fresh{std::move(profile->text), std::move(features), transaction_};
    return &known_.insert_or_assign(key, std::move(fresh)).first->second.features;
}

MatchingPass::MatchingPass(
    const Environment& environment, Matching& matching, store::Transaction& transaction
)
    : environment_(environment),
      matching_(matching),
      transaction_(transaction),
      now_(environment.clock.now()),
      normaliser_(environment.policy),
      resolver_(transaction, environment.policy, environment.tenant, now_) {
    matching.begin_transaction();
}

Result<bool> MatchingPass::run(MatchingReport& report) {
    TOUCHLINE_TRY(const auto due, transaction_.read().due_profiles(k_due_at_once));
    if (due.empty()) return false;
    TOUCHLINE_CHECK(keep_limits());
    for (const IdentityKey key : due) TOUCHLINE_CHECK(renew(key));
    for (const IdentityKey key : doubtful_) TOUCHLINE_CHECK(compare(key));
    TOUCHLINE_CHECK(resolver_.resolve());
    TOUCHLINE_CHECK(ask_about_those_apart());
    report.profiles += static_cast<std::int64_t>(due.size());
    report.links += report_.links;
    report.withdrawn += report_.withdrawn;
    report.reviews += report_.reviews;
    return true;
}

/// The first likenesses put the limits in force that they are found by.
Result<void> MatchingPass::keep_limits() {
    TOUCHLINE_TRY(const auto stored, transaction_.read().matching_limits());
    if (stored) return {};
    return transaction_.put_matching_limits(
        {matching_.limits().join_from, matching_.limits().review_from, now_}
    );
}

/// Makes the profile anew from the facts as they are now.
Result<void> MatchingPass::renew(IdentityKey key) {
    store::Reader& reader = transaction_.read();
    TOUCHLINE_TRY(const auto facts, reader.facts_of({&key, 1}));
    TOUCHLINE_TRY(const auto before, reader.profile(key));
    store::Profile profile{key, "", {}};
    TOUCHLINE_TRY(profile.text, profile_text(reader, normaliser_, facts));
    if (!profile.text.empty()) {
        TOUCHLINE_TRY(const identity::Features features, matching_.read(profile.text));
        profile.keys = identity::blocking_keys(features);
    }
    TOUCHLINE_CHECK(transaction_.put_profile(profile));
    matching_.forget(key);
    doubtful_.insert(key);
    // One more or one less of a customer's records that is compared with others.
    if (before.has_value() == profile.text.empty()) resolver_.touch(key);
    return note_crossings(before ? before->keys : std::vector<std::uint64_t>(), profile.keys);
}

/// A key that too many carry tells nothing: when it crosses that limit, pairs of others change,
/// too.
Result<void> MatchingPass::note_crossings(
    const std::vector<std::uint64_t>& before, const std::vector<std::uint64_t>& after
) {
    store::Reader& reader = transaction_.read();
    const std::size_t most = matching_.model().block_max;
    const auto members_at = [&](std::uint64_t key,
                                std::size_t count) -> Result<std::vector<IdentityKey>> {
        TOUCHLINE_TRY(auto members, reader.sharing(key, count + 1));
        if (members.size() != count) members.clear();
        return members;
    };
    for (const std::uint64_t key : after) {
        if (std::binary_search(before.begin(), before.end(), key)) continue;
        TOUCHLINE_TRY(const auto members, members_at(key, most + 1));
        for (const IdentityKey member : members) {
            // Only what stands can fall.
            TOUCHLINE_TRY(const Standing now, standing(member));
            if (!now.links.empty() || !now.reviews.empty()) doubtful_.insert(member);
        }
    }
    for (const std::uint64_t key : before) {
        if (std::binary_search(after.begin(), after.end(), key)) continue;
        TOUCHLINE_TRY(const auto members, members_at(key, most));
        doubtful_.insert(members.begin(), members.end());
    }
    return {};
}

/// Brings what stands about the identity's pairs in line with what the model says of them.
Result<void> MatchingPass::compare(IdentityKey key) {
    TOUCHLINE_TRY(const Standing now, standing(key));
    TOUCHLINE_TRY(const auto wanted, outcomes(key));
    for (const auto& [other, link] : now.links) {
        const auto found = wanted.find(other);
        const bool holds = found != wanted.end() && link.rule == matching_.rule() &&
                           found->second.bits == link.score;
        if (!holds) TOUCHLINE_CHECK(withdraw(link));
    }
    for (const auto& [other, outcome] : wanted) {
        TOUCHLINE_CHECK(put_link(key, other, outcome));
        const auto review = now.reviews.find(other);
        if (review == now.reviews.end() || review->second.state != ReviewState::not_same) continue;
        // Whoever said no was told something else.
        const bool reversed = (review->second.bits >= 0) != (outcome.bits >= 0);
        if (reversed) TOUCHLINE_CHECK(ask(key, other, outcome, &review->second));
    }
    for (const auto& [other, review] : now.reviews) {
        const auto found = wanted.find(other);
        const bool is_asked =
            found != wanted.end() && found->second.bits >= matching_.limits().review_from;
        if (!is_asked && review.state == ReviewState::open)
            TOUCHLINE_CHECK(transaction_.drop_review(review.key));
    }
    return {};
}

Result<std::set<IdentityKey>> MatchingPass::candidates(const store::Profile& profile) {
    std::set<IdentityKey> found;
    const std::size_t most = matching_.model().block_max;
    for (const std::uint64_t key : profile.keys) {
        TOUCHLINE_TRY(const auto members, transaction_.read().sharing(key, most + 1));
        if (members.size() <= most) found.insert(members.begin(), members.end());
    }
    found.erase(profile.identity);
    return found;
}

/// Those worth keeping.
Result<std::map<IdentityKey, MatchingPass::Outcome>> MatchingPass::outcomes(IdentityKey key) {
    std::map<IdentityKey, Outcome> found;
    store::Reader& reader = transaction_.read();
    TOUCHLINE_TRY(const auto profile, reader.profile(key));
    if (!profile) return found;
    TOUCHLINE_TRY(const std::set<IdentityKey> others, candidates(*profile));
    TOUCHLINE_TRY(const identity::Features own, matching_.read(profile->text));
    for (const IdentityKey other : others) {
        TOUCHLINE_TRY(const identity::Features* theirs, matching_.features(reader, other));
        if (theirs == nullptr) continue;
        const identity::Compared compared =
            identity::compare(matching_.model().comparisons(), own, *theirs);
        const identity::Score score = matching_.model().score(compared);
        if (score.bits < k_kept_from) continue;
        found[other] = {score.bits, likeness_text(matching_.model(), compared, score)};
    }
    return found;
}

Result<MatchingPass::Standing> MatchingPass::standing(IdentityKey key) {
    Standing now;
    TOUCHLINE_TRY(const auto links, transaction_.read().links_of({&key, 1}, false));
    for (const store::StoredLink& link : links) {
        if (link.by == model::By::rule && link.rule.starts_with(identity::k_likeness))
            now.links[other_of(link.a, link.b, key)] = link;
    }
    TOUCHLINE_TRY(const auto reviews, transaction_.read().reviews_of(key));
    for (const store::Review& review : reviews)
        now.reviews[other_of(review.a, review.b, key)] = review;
    return now;
}

Result<void> MatchingPass::put_link(IdentityKey a, IdentityKey b, const Outcome& outcome) {
    const std::string rule = matching_.rule();
    const store::LinkWrite link{
        .a = a,
        .b = b,
        .by = model::By::rule,
        .rule = rule,
        .score = outcome.bits,
        .asserted_at = now_,
        .reason = outcome.reason,
        .support = 0};
    TOUCHLINE_TRY(const auto written, transaction_.put_links({&link, 1}, now_));
    if (!written.front().inserted) return {};
    report_.links += outcome.bits >= matching_.limits().join_from ? 1 : 0;
    resolver_.touch(a);
    resolver_.touch(b);
    return {};
}

Result<void> MatchingPass::withdraw(const store::StoredLink& link) {
    const store::LinkWrite gone{.a = link.a, .b = link.b, .by = model::By::rule, .rule = link.rule};
    TOUCHLINE_TRY(const auto parted, transaction_.withdraw_links({&gone, 1}, now_));
    report_.withdrawn += parted.empty() ? 0 : 1;
    for (const IdentityKey end : parted) resolver_.part(end);
    return {};
}

Result<void> MatchingPass::ask(
    IdentityKey a, IdentityKey b, const Outcome& outcome, const store::Review* known
) {
    if (known && known->state == ReviewState::open && known->bits == outcome.bits &&
        known->reason == outcome.reason)
        return {};
    store::Review review;
    std::tie(review.a, review.b) = std::minmax(a, b);
    review.bits = outcome.bits;
    review.reason = outcome.reason;
    review.model = matching_.version();
    review.opened_at = now_;
    if (known) review.note = known->note;
    TOUCHLINE_TRY(review.touchpoints, touchpoints_of(a, b));
    report_.reviews += known ? 0 : 1;
    return transaction_.put_review(review);
}

/// Of whom was compared, and of whom others' likenesses made somebody else.
Result<void> MatchingPass::ask_about_those_apart() {
    doubtful_.insert(resolver_.moved().begin(), resolver_.moved().end());
    for (const IdentityKey key : doubtful_) {
        TOUCHLINE_TRY(const Standing now, standing(key));
        for (const auto& [other, likeness] : now.links) {
            const bool comes_again = other < key && doubtful_.contains(other);
            if (!comes_again) TOUCHLINE_CHECK(ask_unless_one(key, likeness, now));
        }
    }
    return {};
}

Result<void> MatchingPass::ask_unless_one(
    IdentityKey key, const store::StoredLink& likeness, const Standing& now
) {
    if (*likeness.score < matching_.limits().review_from) return {};
    const auto review = now.reviews.find(other_of(likeness.a, likeness.b, key));
    const store::Review* known = review == now.reviews.end() ? nullptr : &review->second;
    if (known && known->state != ReviewState::open) return {};
    const std::array<IdentityKey, 2> ends{likeness.a, likeness.b};
    TOUCHLINE_TRY(const auto identities, transaction_.read().identities(ends));
    if (identities[0].customer == identities[1].customer)
        return known ? transaction_.drop_review(known->key) : Result<void>();
    const bool held = *likeness.score >= matching_.limits().join_from;
    const char* hint = held ? "; held apart, see `customer why`" : "";
    return ask(likeness.a, likeness.b, {*likeness.score, likeness.reason + hint}, known);
}

Result<std::int64_t> MatchingPass::touchpoints_of(IdentityKey a, IdentityKey b) {
    store::Reader& reader = transaction_.read();
    const std::array<IdentityKey, 2> ends{a, b};
    TOUCHLINE_TRY(const auto identities, reader.identities(ends));
    std::set<IdentityKey> keys;
    for (const store::Identity& identity : identities) {
        if (identity.customer == store::CustomerKey::none) continue;
        TOUCHLINE_TRY(const auto all, reader.identities_of(identity.customer));
        for (const store::Identity& one : all) keys.insert(one.key);
    }
    const std::vector<IdentityKey> list(keys.begin(), keys.end());
    TOUCHLINE_TRY(const store::TimelinePage page, reader.timeline(list, {}, 0, 0));
    return page.total;
}

}  // namespace touchline::ingest
