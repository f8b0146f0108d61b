#include "touchline/ingest/note.hpp"

#include "touchline/base/digest.hpp"
#include "touchline/base/text.hpp"

#include <algorithm>

namespace touchline::ingest {
namespace {

constexpr std::string_view k_connection = "touchline";
constexpr std::string_view k_stream = "notes";
constexpr std::size_t k_longest_note = 2000;

struct Holder {
    store::CustomerKey customer = store::CustomerKey::none;
    std::vector<store::Identity> identities;
    std::vector<store::IdentityKey> keys;
};

Result<Holder> holder_of(store::Reader& reader, std::string_view id) {
    TOUCHLINE_TRY(const auto found, reader.customer(id));
    if (!found)
        return Error(Code::not_found, "there is no customer " + std::string(id.substr(0, 64)));
    TOUCHLINE_TRY(const store::Customer living, reader.resolve(found->key));
    Holder holder;
    holder.customer = living.key;
    TOUCHLINE_TRY(holder.identities, reader.identities_of(living.key));
    for (const store::Identity& identity : holder.identities) holder.keys.push_back(identity.key);
    return holder;
}

/// A note stays with the identity that people know the customer by, whatever is split off later.
const store::Identity& telling(const std::vector<store::Identity>& identities) {
    for (const std::string_view ns : {"email", "phone"}) {
        const auto found = std::find_if(
            identities.begin(),
            identities.end(),
            [ns](const store::Identity& identity) { return identity.ns == ns; }
        );
        if (found != identities.end()) return *found;
    }
    return identities.front();
}

std::string new_id() {
    const std::string bytes = random_bytes(12);
    return to_hex({reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size()});
}

model::Touchpoint note_touchpoint(
    const Environment& environment,
    const store::Identity& identity,
    std::string_view text,
    std::string_view author
) {
    model::Touchpoint note;
    note.kind = "note.added";
    note.channel = "internal";
    note.direction = model::Direction::internal;
    note.occurred_at = environment.clock.now();
    note.subject = author.empty() ? "Note" : "Note by " + std::string(author);
    note.snippet = text;
    note.identities = {{identity.ns, identity.value, model::Role::subject, model::Trust::verified}};
    note.owner.employee = author;
    note.source.connection = k_connection;
    note.source.stream = k_stream;
    note.source.external_id = new_id();
    note.source.via = model::Via::manual;
    note.source.ingested_at = note.occurred_at;
    note.id = model::touchpoint_id(environment.tenant, note.source);
    return note;
}

store::ContentHash hash_of(std::string_view bytes) {
    const Digest digest = sha256(bytes);
    store::ContentHash hash;
    std::copy_n(digest.begin(), hash.size(), hash.begin());
    return hash;
}

/// The note's own JSON is its raw record: a replay finds it like any other.
Result<store::TouchpointKey> keep(
    store::Transaction& transaction,
    const Holder& holder,
    store::IdentityKey identity,
    const model::Touchpoint& note
) {
    json::Writer writer;
    write(writer, note);
    const std::string data = writer.take();
    const Time now = note.occurred_at;
    TOUCHLINE_TRY(const store::SourceKey source, transaction.source(k_connection, k_stream));
    const store::RawRecord raw{
        note.source.external_id, {}, hash_of(data), 0, static_cast<std::uint32_t>(data.size())};
    TOUCHLINE_TRY(const auto states, transaction.put_raw(source, data, std::span(&raw, 1), now));
    store::TouchpointWrite row;
    row.record = states.front().key;
    row.identity = identity;
    row.occurred_at = now;
    row.kind = note.kind;
    row.channel = note.channel;
    row.direction = note.direction;
    row.data = data;
    TOUCHLINE_TRY(const auto written, transaction.put_touchpoints(std::span(&row, 1), now));
    const store::FeedWrite entry{
        "touchline.touchpoint.recorded", holder.customer, written.front().key, {}};
    TOUCHLINE_CHECK(transaction.append_feed(std::span(&entry, 1), now));
    return written.front().key;
}

}  // namespace

Result<std::string> add_note(
    const Environment& environment,
    std::string_view customer,
    std::string_view text,
    std::string_view author
) {
    text = trim(text);
    author = trim(author).substr(0, 80);
    if (text.empty() || text.size() > k_longest_note)
        return Error(Code::bad_data, "a note has between 1 and 2000 bytes");
    TOUCHLINE_TRY(const auto transaction, environment.store.begin());
    TOUCHLINE_TRY(const Holder holder, holder_of(transaction->read(), customer));
    const store::Identity& identity = telling(holder.identities);
    const model::Touchpoint note = note_touchpoint(environment, identity, text, author);
    TOUCHLINE_CHECK(model::validate(note));
    TOUCHLINE_TRY(const store::TouchpointKey key, keep(*transaction, holder, identity.key, note));
    TOUCHLINE_CHECK(transaction->put_pin({key, std::string(author), note.occurred_at}));
    TOUCHLINE_CHECK(transaction->commit());
    return note.id;
}

Result<void> set_pin(
    const Environment& environment,
    std::string_view customer,
    std::string_view touchpoint,
    bool pinned,
    std::string_view author
) {
    TOUCHLINE_TRY(const auto transaction, environment.store.begin());
    TOUCHLINE_TRY(const Holder holder, holder_of(transaction->read(), customer));
    TOUCHLINE_TRY(const auto key, transaction->read().find_touchpoint(holder.keys, touchpoint));
    if (!key)
        return Error(
            Code::not_found,
            "the customer has no touchpoint " + std::string(touchpoint.substr(0, 64))
        );
    if (pinned) {
        TOUCHLINE_CHECK(transaction->put_pin(
            {*key, std::string(trim(author).substr(0, 80)), environment.clock.now()}
        ));
    } else {
        TOUCHLINE_CHECK(transaction->remove_pin(*key));
    }
    return transaction->commit();
}

}  // namespace touchline::ingest
