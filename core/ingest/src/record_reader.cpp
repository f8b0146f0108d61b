#include "record_reader.hpp"

#include "component.hpp"

#include "touchline/base/digest.hpp"
#include "touchline/base/text.hpp"
#include "touchline/identity/rules.hpp"

#include <algorithm>

namespace touchline::ingest {
namespace {

/// Sources change an id's JSON type between calls; as text it stays the same.
std::optional<std::string> id_text(json::View value) {
    if (const auto text = value.as_string()) return std::string(*text);
    if (value.kind() == json::Kind::integer || value.kind() == json::Kind::number)
        return value.text();
    return std::nullopt;
}

store::ContentHash hash_of(std::string_view bytes) {
    const Digest digest = sha256(bytes);
    store::ContentHash hash;
    std::copy_n(digest.begin(), hash.size(), hash.begin());
    return hash;
}

/// What begins here gets a number that people will ask for.
std::string number_of(const model::Touchpoint& touchpoint) {
    const bool begins = touchpoint.kind == "case.opened" || touchpoint.kind == "order.placed" ||
                        touchpoint.kind == "invoice.issued";
    if (!begins) return {};
    for (const model::Ref& ref : touchpoint.refs) {
        if (ref.rel == "case" || ref.rel == "order" || ref.rel == "invoice")
            return lower_ascii(ref.id);
    }
    return {};
}

/// What a source says somebody is called, or was born on, tells holders of one address or number
/// apart: it counts as an identity too, whether the mapping names it as one or not.
void claim_what_tells_apart(model::Fact& fact) {
    const std::string_view ns = fact.field == "name.full"    ? "name"
                                : fact.field == "birth_date" ? k_birth_date
                                                             : std::string_view();
    if (ns.empty() || fact.retract) return;
    const bool is_named = std::any_of(
        fact.identities.begin(),
        fact.identities.end(),
        [ns](const model::Claim& claim) { return claim.ns == ns; }
    );
    const auto value = json::Document::parse(fact.value);
    const auto text = value ? value->root().as_string() : std::nullopt;
    if (is_named || !text || text->empty()) return;
    model::Claim claim;
    claim.ns = ns;
    claim.value = *text;
    fact.identities.push_back(std::move(claim));
}

/// A field that is an identity as well (an e-mail address) is trusted as that is, every other one
/// as what tells whose it is.
model::Trust trust_of(std::string_view field, const Claims& claims, const Batch& batch) {
    const auto own = std::find_if(claims.begin(), claims.end(), [&](const BatchClaim& claim) {
        return batch.identities[claim.identity].ns == field;
    });
    return own == claims.end() ? claims.front().trust : own->trust;
}

int rank(model::Strength strength) {
    return static_cast<int>(strength);
}

}  // namespace

IdentityIndex Batch::add(const identity::Normalised& normalised, std::uint32_t order) {
    std::string key;
    key.reserve(normalised.ns.size() + 1 + normalised.value.size());
    key.append(normalised.ns).append(1, '\0').append(normalised.value);
    const auto [entry, inserted] =
        identity_index.try_emplace(std::move(key), static_cast<IdentityIndex>(identities.size()));
    if (inserted) {
        identities.push_back(
            {normalised.ns, normalised.value, normalised.strength, order, normalised.search_terms}
        );
    }
    return entry->second;
}

RecordReader::RecordReader(const Environment& environment, const ConnectionPlan& plan)
    : environment_(environment), plan_(plan), normaliser_(environment.policy) {
    source_.connection = plan.id;
    source_.connector = plan.connector;
}

std::optional<RecordFault> RecordReader::read(
    std::string_view bytes,
    const StreamPlan& stream,
    model::Via via,
    Batch& batch,
    BatchRecord& record
) {
    record.hash = hash_of(bytes);
    auto parsed = parser_.parse(bytes);
    if (!parsed) return RecordFault{"parse", std::move(parsed).error()};
    if (auto named = name(*parsed, stream, record); !named) {
        return RecordFault{"parse", std::move(named).error()};
    }
    source_.stream = stream.info.name;
    source_.external_id = record.external_id;
    source_.version = record.version;
    source_.raw = "sha256:" + to_hex(record.hash);
    source_.mapping = stream.mapping_name;
    source_.via = via;
    const bool is_stored = record.key != store::RecordKey::none;
    source_.ingested_at = is_stored ? record.received_at : environment_.clock.now();
    mapping::Context context{environment_.tenant, source_};
    if (plan_.settings) context.settings = plan_.settings->root();
    context.department = plan_.department;
    output_.clear();
    if (auto mapped = runner_.run(stream.mapping, context, *parsed, output_); !mapped) {
        return RecordFault{"map", std::move(mapped).error()};
    }
    return take(output_, batch, record);
}

Result<void> RecordReader::name(json::View value, const StreamPlan& stream, BatchRecord& record)
    const {
    const StreamInfo& info = stream.info;
    if (!info.version.empty()) {
        if (const auto version = json::find(value, info.version))
            record.version = id_text(*version).value_or("");
    }
    if (info.key.empty()) {
        record.external_id = to_hex(record.hash);
        return {};
    }
    const auto key = json::find(value, info.key);
    if (key) record.external_id = id_text(*key).value_or("");
    if (record.external_id.empty()) {
        return Error(Code::bad_data, "the record has no id at " + info.key)
            .cure("Point the stream's `key` at the field that names a record.");
    }
    if (record.external_id.size() > 512) {
        record.external_id.clear();
        return Error(
            Code::bad_data, "the record's id at " + info.key + " is longer than 512 bytes"
        );
    }
    return {};
}

std::optional<RecordFault> RecordReader::take(
    mapping::Output& output, Batch& batch, BatchRecord& record
) {
    for (model::Touchpoint& touchpoint : output.touchpoints) {
        auto named = claims(touchpoint.identities, batch, false);
        if (!named) return RecordFault{"identity", std::move(named).error()};
        json::Writer writer;
        model::write(writer, touchpoint);
        record.touchpoints.push_back(
            {touchpoint.source.part,
             touchpoint.kind,
             touchpoint.channel,
             touchpoint.owner.department,
             writer.take(),
             touchpoint.direction,
             touchpoint.occurred_at,
             std::move(*named),
             !touchpoint.experience.empty() || !touchpoint.phase.empty(),
             number_of(touchpoint),
             touchpoint.privacy_class}
        );
    }
    for (model::Fact& fact : output.facts) {
        claim_what_tells_apart(fact);
        auto named = claims(fact.identities, batch, false);
        if (!named) return RecordFault{"identity", std::move(named).error().with(fact.field)};
        const model::Trust trust = trust_of(fact.field, *named, batch);
        // Of whom something does not hold any more, nothing new is said.
        if (fact.retract) named->resize(1);
        record.facts.push_back(
            {fact.field,
             fact.value,
             fact.group,
             fact.observed_at,
             std::move(*named),
             trust,
             fact.retract}
        );
    }
    for (model::Link& link : output.links) {
        std::vector<model::Claim> ends{link.a, link.b};
        auto named = claims(ends, batch, true);
        if (!named) return RecordFault{"identity", std::move(named).error()};
        if (named->size() != 2) continue;  // both ends normalise to one identity: nothing to say
        record.links.push_back(
            {(*named)[0].identity,
             (*named)[1].identity,
             link.polarity,
             link.rule.empty() ? std::string(identity::k_stated) : link.rule,
             link.reason,
             link.score,
             link.asserted_at}
        );
    }
    record.mapped = true;
    return std::nullopt;
}

Result<std::optional<IdentityIndex>> RecordReader::identify(
    const model::Claim& claim, Batch& batch, std::string& refused
) {
    stated_.assign(claim.ns).append(1, '\0').append(claim.value);
    if (const auto known = batch.stated_index.find(stated_); known != batch.stated_index.end()) {
        return std::optional(known->second);
    }
    TOUCHLINE_TRY(const identity::Normalised normalised, normaliser_.normalise(claim));
    if (normalised.status != identity::Status::usable) {
        refused.append(refused.empty() ? "" : "; ").append(claim.ns).append(" \"");
        refused.append(truncate_text(to_utf8(claim.value), 60))
            .append("\" (")
            .append(normalised.reason)
            .append(")");
        return std::optional<IdentityIndex>();
    }
    const IdentityIndex index = batch.add(normalised, environment_.policy.rule(claim.ns).order);
    batch.stated_index.emplace(stated_, index);
    return std::optional(index);
}

/// Normalises what the mapping stated, keeps the usable ones (as `stated` too, so that the record
/// shows the same), and orders them by how much they tell.
Result<Claims> RecordReader::claims(
    std::vector<model::Claim>& stated, Batch& batch, bool all_needed
) {
    Claims usable;
    std::string refused;
    std::vector<model::Claim> kept;
    for (model::Claim& claim : stated) {
        TOUCHLINE_TRY(const auto index, identify(claim, batch, refused));
        if (!index) {
            if (all_needed)
                return Error(Code::bad_data, "an end of the link is no identity: " + refused);
            continue;
        }
        claim.value = batch.identities[*index].value;
        const bool is_new = std::none_of(usable.begin(), usable.end(), [&](const BatchClaim& one) {
            return one.identity == *index;
        });
        if (claim.role == model::Role::subject && is_new) {
            usable.push_back({*index, claim.trust});
        }
        kept.push_back(std::move(claim));
    }
    stated = std::move(kept);
    std::stable_sort(usable.begin(), usable.end(), [&batch](const auto& a, const auto& b) {
        const BatchIdentity& left = batch.identities[a.identity];
        const BatchIdentity& right = batch.identities[b.identity];
        return std::pair(rank(left.strength), left.order) <
               std::pair(rank(right.strength), right.order);
    });
    if (usable.empty() || (!all_needed && batch.identities[usable.front().identity].strength ==
                                              model::Strength::weak)) {
        std::string message = "no identity is left that tells who this is";
        if (!refused.empty()) message.append(": ").append(refused);
        return Error(Code::bad_data, std::move(message))
            .cure("Correct the record at its source, or map another identity of it.");
    }
    return usable;
}

}  // namespace touchline::ingest
