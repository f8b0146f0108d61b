#include "doubts.hpp"

#include "event_rules.hpp"
#include "resolver.hpp"

#include "touchline/model/touchpoint.hpp"

#include <array>
#include <unordered_map>
#include <unordered_set>

namespace touchline::ingest {
namespace {

constexpr std::size_t k_at_once = 200;
constexpr std::int64_t k_page = 500;
/// Statements that are remembered: a value that a hundred thousand touchpoints name is asked for
/// once for each link in doubt.
constexpr std::size_t k_remembered = 1'000'000;

std::size_t statement(std::string_view ns, std::string_view value, std::string_view rule) {
    std::string text(ns);
    text.append(1, '\0').append(value).append(1, '\0').append(rule);
    return std::hash<std::string>()(text);
}

/// What the touchpoints on a timeline say of others.
class Statements {
public:
    /// Whether one on the timeline of `whose` names `other` under the rule.
    Result<bool> has(
        store::Reader& reader,
        store::IdentityKey whose,
        const store::Identity& other,
        std::string_view rule
    ) {
        auto known = of_.find(whose);
        if (known == of_.end()) {
            if (size_ > k_remembered) {
                of_.clear();
                size_ = 0;
            }
            TOUCHLINE_TRY(auto all, read(reader, whose));
            size_ += all.size();
            known = of_.emplace(whose, std::move(all)).first;
        }
        return known->second.contains(statement(other.ns, other.value, rule));
    }

private:
    static Result<std::unordered_set<std::size_t>> read(
        store::Reader& reader, store::IdentityKey whose
    ) {
        std::unordered_set<std::size_t> all;
        for (std::int64_t offset = 0;; offset += k_page) {
            TOUCHLINE_TRY(const auto page, reader.timeline({&whose, 1}, {}, offset, k_page));
            for (const store::StoredTouchpoint& stored : page.items) {
                const auto document = json::Document::parse(stored.data);
                if (!document) continue;
                const auto touchpoint = model::read_touchpoint(document->root());
                if (!touchpoint) continue;
                for (const model::Claim& claim : touchpoint->identities) {
                    if (claim.role == model::Role::subject)
                        all.insert(statement(claim.ns, claim.value, rule_of_event(claim.trust)));
                }
            }
            if (offset + k_page >= page.total) return all;
        }
    }

    std::unordered_map<store::IdentityKey, std::unordered_set<std::size_t>> of_;
    std::size_t size_ = 0;
};

Result<bool> is_stated(
    store::Reader& reader, Statements& statements, const store::StoredLink& link
) {
    const std::array keys{link.a, link.b};
    TOUCHLINE_TRY(const auto ends, reader.identities(keys));
    if (ends.size() != 2) return false;
    const store::Identity& a = ends[0].key == link.a ? ends[0] : ends[1];
    const store::Identity& b = ends[0].key == link.a ? ends[1] : ends[0];
    TOUCHLINE_TRY(const bool at_a, statements.has(reader, link.a, b, link.rule));
    if (at_a) return true;
    return statements.has(reader, link.b, a, link.rule);
}

}  // namespace

Result<void> settle_doubts(const Environment& environment, std::stop_token stop) {
    Statements statements;
    while (!stop.stop_requested()) {
        TOUCHLINE_TRY(const auto transaction, environment.store.begin());
        store::Reader& reader = transaction->read();
        TOUCHLINE_TRY(const auto doubted, reader.doubted_links(k_at_once));
        if (doubted.empty()) return {};
        const Time now = environment.clock.now();
        Resolver resolver(*transaction, environment.policy, environment.tenant, now);
        for (const store::LinkKey key : doubted) {
            TOUCHLINE_CHECK(transaction->settle_doubt(key));
            TOUCHLINE_TRY(const auto link, reader.link(key));
            if (!link || link->retracted_at) continue;
            TOUCHLINE_TRY(const bool stands, is_stated(reader, statements, *link));
            if (stands) continue;
            TOUCHLINE_CHECK(transaction->retract_link(key, "no record says so any more", now));
            resolver.part(link->a);
            resolver.part(link->b);
        }
        TOUCHLINE_CHECK(resolver.resolve());
        TOUCHLINE_CHECK(transaction->commit());
    }
    return {};
}

}  // namespace touchline::ingest
