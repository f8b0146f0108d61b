#include "touchline/ingest/curation.hpp"

#include "resolver.hpp"

#include <algorithm>
#include <charconv>
#include <set>

namespace touchline::ingest {
namespace {

using store::CustomerKey;
using store::IdentityKey;

constexpr std::string_view k_token_prefix = "undo_";

std::string text_of(const store::Identity& identity) {
    return identity.ns + ":" + identity.value;
}

Result<store::Customer> find_customer(store::Reader& reader, std::string_view id) {
    TOUCHLINE_TRY(const auto customer, reader.customer(id));
    if (!customer) return Error(Code::not_found, "there is no customer " + std::string(id));
    return reader.resolve(customer->key);
}

Result<CustomerShape> shape_of(store::Reader& reader, const store::Customer& customer) {
    CustomerShape shape;
    shape.id = customer.id;
    std::vector<IdentityKey> keys;
    TOUCHLINE_TRY(const auto identities, reader.identities_of(customer.key));
    for (const store::Identity& identity : identities) {
        shape.identities.push_back(text_of(identity));
        keys.push_back(identity.key);
    }
    std::sort(shape.identities.begin(), shape.identities.end());
    TOUCHLINE_TRY(const store::TimelinePage page, reader.timeline(keys, {}, 0, 0));
    shape.touchpoints = page.total;
    return shape;
}

/// Customers that now hold any of the identities.
Result<std::vector<CustomerShape>> shapes_of(
    store::Reader& reader, const std::vector<IdentityKey>& keys
) {
    TOUCHLINE_TRY(const auto identities, reader.identities(keys));
    std::set<CustomerKey> seen;
    std::vector<CustomerShape> shapes;
    for (const store::Identity& identity : identities) {
        if (identity.customer == CustomerKey::none || !seen.insert(identity.customer).second)
            continue;
        TOUCHLINE_TRY(const store::Customer customer, reader.resolve(identity.customer));
        TOUCHLINE_TRY(CustomerShape shape, shape_of(reader, customer));
        shapes.push_back(std::move(shape));
    }
    return shapes;
}

store::LinkWrite agent_link(
    IdentityKey a,
    IdentityKey b,
    model::Polarity polarity,
    std::string_view rule,
    std::string_view reason,
    Time now
) {
    return {
        .a = a,
        .b = b,
        .polarity = polarity,
        .by = model::By::agent,
        .rule = rule,
        .asserted_at = now,
        .reason = reason};
}

std::vector<IdentityKey> keys_of(const std::vector<store::Identity>& identities) {
    std::vector<IdentityKey> keys;
    for (const store::Identity& identity : identities) keys.push_back(identity.key);
    return keys;
}

/// Writes the links, works out who is who, and commits unless it is a dry run.
Result<Decision> decide(
    const Environment& environment,
    store::Transaction& transaction,
    const std::vector<store::LinkWrite>& links,
    const std::vector<IdentityKey>& concerned,
    const DecisionOptions& options
) {
    const Time now = environment.clock.now();
    Decision decision;
    TOUCHLINE_TRY(decision.before, shapes_of(transaction.read(), concerned));
    TOUCHLINE_TRY(const auto written, transaction.put_links(links, now));
    Resolver resolver(transaction, environment.policy, environment.tenant, now);
    for (const IdentityKey key : concerned) resolver.touch(key);
    TOUCHLINE_CHECK(resolver.resolve());
    TOUCHLINE_TRY(decision.after, shapes_of(transaction.read(), concerned));
    if (options.dry_run) return decision;
    decision.undo_token = k_token_prefix;
    for (std::size_t i = 0; i < written.size(); ++i) {
        if (i > 0) decision.undo_token.append(".");
        decision.undo_token.append(std::to_string(static_cast<std::int64_t>(written[i].key)));
    }
    TOUCHLINE_CHECK(transaction.commit());
    return decision;
}

/// Author and reason in one text, as the link keeps it.
std::string reason_text(const DecisionOptions& options) {
    if (options.author.empty()) return options.reason;
    return options.reason.empty() ? "by " + options.author
                                  : options.reason + " (by " + options.author + ")";
}

}  // namespace

Result<Decision> merge_customers(
    const Environment& environment,
    std::string_view a,
    std::string_view b,
    const DecisionOptions& options
) {
    TOUCHLINE_TRY(const auto transaction, environment.store.begin());
    store::Reader& reader = transaction->read();
    TOUCHLINE_TRY(const store::Customer left, find_customer(reader, a));
    TOUCHLINE_TRY(const store::Customer right, find_customer(reader, b));
    if (left.key == right.key) {
        return Error(
            Code::conflict, std::string(a) + " and " + std::string(b) + " are one customer already"
        );
    }
    TOUCHLINE_TRY(const auto left_identities, reader.identities_of(left.key));
    TOUCHLINE_TRY(const auto right_identities, reader.identities_of(right.key));
    std::vector<IdentityKey> concerned = keys_of(left_identities);
    const std::vector<IdentityKey> others = keys_of(right_identities);
    concerned.insert(concerned.end(), others.begin(), others.end());
    const std::string reason = reason_text(options);
    const std::vector links{agent_link(
        left.anchor,
        right.anchor,
        model::Polarity::same,
        "agent_merge@1",
        reason,
        environment.clock.now()
    )};
    TOUCHLINE_TRY(Decision decision, decide(environment, *transaction, links, concerned, options));
    if (decision.after.size() > 1) {
        decision.conflicts.push_back(
            "a rule, a cap or an earlier split keeps some of the identities apart"
        );
    }
    return decision;
}

Result<Decision> split_customer(
    const Environment& environment,
    std::string_view customer,
    std::span<const std::string> identities,
    const DecisionOptions& options
) {
    TOUCHLINE_TRY(const auto transaction, environment.store.begin());
    store::Reader& reader = transaction->read();
    TOUCHLINE_TRY(const store::Customer living, find_customer(reader, customer));
    TOUCHLINE_TRY(const auto all, reader.identities_of(living.key));
    std::vector<IdentityKey> apart, rest;
    for (const store::Identity& identity : all) {
        const bool chosen =
            std::find(identities.begin(), identities.end(), text_of(identity)) != identities.end();
        (chosen ? apart : rest).push_back(identity.key);
    }
    for (const std::string& identity : identities) {
        const bool known = std::any_of(all.begin(), all.end(), [&](const auto& one) {
            return text_of(one) == identity;
        });
        if (!known) return Error(Code::bad_data, identity + " is not an identity of " + living.id);
    }
    if (apart.empty())
        return Error(Code::bad_data, "name at least one identity that is somebody else's");
    if (rest.empty())
        return Error(Code::bad_data, "at least one identity has to stay with " + living.id);
    const std::string reason = reason_text(options);
    const Time now = environment.clock.now();
    std::vector<store::LinkWrite> links{agent_link(
        apart.front(), rest.front(), model::Polarity::not_same, "agent_split@1", reason, now
    )};
    // Each side is one person by the agent's word, also where only the other side held it together.
    for (const std::vector<IdentityKey>* side : {&apart, &rest}) {
        for (std::size_t i = 1; i < side->size(); ++i) {
            links.push_back(agent_link(
                (*side)[0], (*side)[i], model::Polarity::same, "agent_split@1", reason, now
            ));
        }
    }
    return decide(environment, *transaction, links, keys_of(all), options);
}

namespace {

constexpr std::string_view k_review_rule = "agent_review@1";

store::ReviewState state_of(Verdict verdict) {
    switch (verdict) {
        case Verdict::same:
            return store::ReviewState::same;
        case Verdict::not_same:
            return store::ReviewState::not_same;
        case Verdict::later:
            break;
    }
    return store::ReviewState::later;
}

/// What an earlier answer to the question left behind.
Result<void> withdraw_answer(
    store::Transaction& transaction, const store::Review& review, std::string_view why, Time now
) {
    TOUCHLINE_TRY(const auto links, transaction.read().links_of({&review.a, 1}, false));
    for (const store::StoredLink& link : links) {
        const bool is_answer =
            link.rule == k_review_rule && (link.a == review.b || link.b == review.b);
        if (is_answer) TOUCHLINE_CHECK(transaction.retract_link(link.key, why, now));
    }
    return {};
}

}  // namespace

Result<Decision> decide_review(
    const Environment& environment,
    store::ReviewKey key,
    Verdict verdict,
    const DecisionOptions& options
) {
    const Time now = environment.clock.now();
    TOUCHLINE_TRY(const auto transaction, environment.store.begin());
    TOUCHLINE_TRY(auto review, transaction->read().review(key));
    if (!review)
        return Error(
            Code::not_found, "there is no review " + std::to_string(static_cast<std::int64_t>(key))
        );
    TOUCHLINE_CHECK(withdraw_answer(*transaction, *review, "answered anew", now));
    review->state = state_of(verdict);
    review->decided_at = now;
    review->author = options.author;
    review->note = options.reason;
    TOUCHLINE_CHECK(transaction->put_review(*review));
    const std::string reason = reason_text(options);
    std::vector<store::LinkWrite> links;
    if (verdict != Verdict::later) {
        const auto polarity =
            verdict == Verdict::same ? model::Polarity::same : model::Polarity::not_same;
        links.push_back(agent_link(review->a, review->b, polarity, k_review_rule, reason, now));
    }
    return decide(environment, *transaction, links, {review->a, review->b}, options);
}

namespace {

/// A question whose answer is taken back is open again.
Result<void> ask_again(store::Transaction& transaction, const store::StoredLink& answer) {
    if (answer.rule != k_review_rule) return {};
    TOUCHLINE_TRY(auto reviews, transaction.read().reviews_of(answer.a));
    for (store::Review& review : reviews) {
        if (review.a != answer.b && review.b != answer.b) continue;
        review.state = store::ReviewState::open;
        review.decided_at.reset();
        review.author.clear();
        TOUCHLINE_CHECK(transaction.put_review(review));
    }
    return {};
}

/// Another decision that says the same keeps the link.
Result<void> take_back(
    store::Transaction& transaction,
    const store::StoredLink& link,
    std::string_view reason,
    Time now
) {
    if (link.support <= 1) return transaction.retract_link(link.key, reason, now);
    const store::LinkWrite said{
        .a = link.a, .b = link.b, .polarity = link.polarity, .by = link.by, .rule = link.rule};
    TOUCHLINE_CHECK(transaction.withdraw_links({&said, 1}, now));
    return {};
}

}  // namespace

Result<void> undo_decision(
    const Environment& environment, std::string_view undo_token, const DecisionOptions& options
) {
    std::string_view rest = undo_token;
    if (!rest.starts_with(k_token_prefix))
        return Error(Code::bad_data, "this is not an undo token");
    rest.remove_prefix(k_token_prefix.size());
    TOUCHLINE_TRY(const auto transaction, environment.store.begin());
    const Time now = environment.clock.now();
    const std::string reason = reason_text(options);
    Resolver resolver(*transaction, environment.policy, environment.tenant, now);
    while (!rest.empty()) {
        std::int64_t number = 0;
        const auto [end, fault] = std::from_chars(rest.data(), rest.data() + rest.size(), number);
        if (fault != std::errc() || number <= 0)
            return Error(Code::bad_data, "this is not an undo token");
        rest.remove_prefix(static_cast<std::size_t>(end - rest.data()));
        if (rest.starts_with('.')) rest.remove_prefix(1);
        const auto key = static_cast<store::LinkKey>(number);
        TOUCHLINE_TRY(const auto link, transaction->read().link(key));
        if (!link || link->by != model::By::agent) {
            return Error(Code::not_found, "there is no decision to take back under this token");
        }
        resolver.part(link->a);
        resolver.part(link->b);
        TOUCHLINE_CHECK(take_back(*transaction, *link, reason.empty() ? "undone" : reason, now));
        TOUCHLINE_CHECK(ask_again(*transaction, *link));
    }
    TOUCHLINE_CHECK(resolver.resolve());
    return transaction->commit();
}

}  // namespace touchline::ingest
