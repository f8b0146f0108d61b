#include "touchline/ingest/field_choice.hpp"

#include "touchline/base/text.hpp"
#include "touchline/json/view.hpp"
#include "touchline/json/writer.hpp"

#include <algorithm>

namespace touchline::ingest {
namespace {

constexpr std::size_t k_longest_field = 64;
constexpr std::size_t k_longest_value = 4000;

struct Owner {
    store::Customer customer;
    std::vector<store::IdentityKey> keys;
};

Result<Owner> owner_of(store::Reader& reader, std::string_view id) {
    TOUCHLINE_TRY(const auto found, reader.customer(id));
    if (!found)
        return Error(Code::not_found, "there is no customer " + std::string(id.substr(0, 64)));
    Owner owner;
    TOUCHLINE_TRY(owner.customer, reader.resolve(found->key));
    TOUCHLINE_TRY(const auto identities, reader.identities_of(owner.customer.key));
    for (const store::Identity& identity : identities) owner.keys.push_back(identity.key);
    return owner;
}

/// Who says so already, the first by key; else whom the customer was made for.
Result<store::IdentityKey> identity_saying(
    store::Reader& reader, const Owner& owner, std::string_view field, std::string_view value
) {
    TOUCHLINE_TRY(const auto facts, reader.facts_of(owner.keys));
    const auto says = std::ranges::find_if(facts, [&](const store::StoredFact& fact) {
        return fact.field == field && fact.value == value;
    });
    return says == facts.end() ? owner.customer.anchor : says->identity;
}

Result<bool> end_all(
    store::Transaction& transaction, const Owner& owner, std::string_view field, Time now
) {
    bool any = false;
    for (const store::IdentityKey key : owner.keys) {
        TOUCHLINE_TRY(const bool ended, transaction.end_choice(key, field, now));
        any = any || ended;
    }
    return any;
}

Result<void> announce(
    store::Transaction& transaction, const Owner& owner, std::string_view field, Time now
) {
    json::Writer data;
    data.begin_object().key("changed").begin_array().value(field).end_array().end_object();
    const std::string text = data.take();
    const store::FeedWrite entry{
        "touchline.customer.updated", owner.customer.key, store::TouchpointKey::none, text};
    return transaction.append_feed(std::span(&entry, 1), now);
}

Result<void> check(std::string_view field, std::string_view value) {
    if (field.empty() || field.size() > k_longest_field)
        return Error(Code::bad_data, "a field has a name of at most 64 bytes, as name.full");
    if (value.size() > k_longest_value)
        return Error(Code::bad_data, "a field's value has at most 4000 bytes");
    TOUCHLINE_TRY([[maybe_unused]] const auto document, json::Document::parse(value));
    return {};
}

}  // namespace

Result<void> choose_field(
    const Environment& environment,
    std::string_view customer,
    std::string_view field,
    std::string_view value,
    const DecisionOptions& options
) {
    TOUCHLINE_CHECK(check(field, value));
    TOUCHLINE_TRY(const auto transaction, environment.store.begin());
    TOUCHLINE_TRY(const Owner owner, owner_of(transaction->read(), customer));
    const Time now = environment.clock.now();
    TOUCHLINE_CHECK(end_all(*transaction, owner, field, now));
    store::FieldChoice choice;
    TOUCHLINE_TRY(choice.identity, identity_saying(transaction->read(), owner, field, value));
    choice.field = field;
    choice.value = value;
    choice.author = trim(options.author).substr(0, 80);
    choice.reason = options.reason;
    choice.at = now;
    TOUCHLINE_CHECK(transaction->put_choice(choice));
    TOUCHLINE_CHECK(announce(*transaction, owner, field, now));
    if (options.dry_run) return {};
    return transaction->commit();
}

Result<void> release_field(
    const Environment& environment, std::string_view customer, std::string_view field
) {
    TOUCHLINE_TRY(const auto transaction, environment.store.begin());
    TOUCHLINE_TRY(const Owner owner, owner_of(transaction->read(), customer));
    const Time now = environment.clock.now();
    TOUCHLINE_TRY(const bool any, end_all(*transaction, owner, field, now));
    if (!any) {
        return Error(
            Code::not_found,
            "nobody has decided on " + std::string(field.substr(0, k_longest_field)) + " of " +
                owner.customer.id
        );
    }
    TOUCHLINE_CHECK(announce(*transaction, owner, field, now));
    return transaction->commit();
}

}  // namespace touchline::ingest
