#include "touchline/ingest/matching.hpp"

#include "matcher.hpp"
#include "profile.hpp"

#include "touchline/base/digest.hpp"
#include "touchline/identity/training.hpp"

namespace touchline::ingest {
namespace {

constexpr std::string_view k_shipped = "shipped-1";
/// Fewer teach less than the shipped model knows.
constexpr std::size_t k_fewest_profiles = 500;
/// Training looks at no more: so many tell all there is to learn.
constexpr std::size_t k_most_profiles = 100'000;

Result<std::string> model_version(store::Reader& reader) {
    TOUCHLINE_TRY(const auto stored, reader.matching_model());
    return stored ? stored->version : std::string(k_shipped);
}

}  // namespace

Result<identity::Model> matching_model(store::Reader& reader) {
    TOUCHLINE_TRY(const auto stored, reader.matching_model());
    if (!stored) return identity::Model(profile_fields());
    return identity::Model::from_json(stored->text);
}

Result<MatchingLimits> limits_in_force(store::Reader& reader, const MatchingLimits& configured) {
    TOUCHLINE_TRY(const auto stored, reader.matching_limits());
    return stored ? MatchingLimits{stored->join_from, stored->review_from} : configured;
}

Result<MatchingReport> match_due(const Environment& environment, std::stop_token stop) {
    TOUCHLINE_TRY(auto reader, environment.store.reader());
    TOUCHLINE_TRY(const auto due, reader->due_profiles(1));
    if (due.empty()) return MatchingReport();
    TOUCHLINE_TRY(identity::Model model, matching_model(*reader));
    TOUCHLINE_TRY(std::string version, model_version(*reader));
    TOUCHLINE_TRY(const MatchingLimits limits, limits_in_force(*reader, environment.limits));
    reader.reset();
    Matching matching(std::move(model), std::move(version), limits);
    MatchingReport report;
    while (!stop.stop_requested()) {
        TOUCHLINE_TRY(const auto transaction, environment.store.begin());
        MatchingPass pass(environment, matching, *transaction);
        TOUCHLINE_TRY(const bool any, pass.run(report));
        if (!any) break;
        TOUCHLINE_CHECK(transaction->commit());
    }
    return report;
}

Result<identity::Model> train_model(store::Reader& reader) {
    identity::FeatureReader features(profile_fields());
    // By name, not by key: the model then depends on what there is, not on the order it came in.
    std::map<std::pair<std::string, std::string>, identity::Features> profiles;
    for (store::IdentityKey last{}; profiles.size() < k_most_profiles;) {
        TOUCHLINE_TRY(const auto identities, reader.identities_after(last, 1000));
        if (identities.empty()) break;
        last = identities.back().key;
        for (const store::Identity& one : identities) {
            TOUCHLINE_TRY(const auto profile, reader.profile(one.key));
            if (!profile) continue;
            TOUCHLINE_TRY(
                profiles[std::pair(one.ns, one.value)], features.read(profile_record(profile->text))
            );
        }
    }
    if (profiles.size() < k_fewest_profiles) {
        return Error(
                   Code::bad_data,
                   "there are " + std::to_string(profiles.size()) + " profiles, and " +
                       std::to_string(k_fewest_profiles) + " are the fewest to learn from"
        )
            .cure("Go on with the shipped model, or read more connections first.");
    }
    std::vector<identity::Features> all;
    all.reserve(profiles.size());
    for (auto& [name, one] : profiles) all.push_back(std::move(one));
    auto placeholders = identity::take_out_placeholders(all);
    auto model = identity::train(profile_fields(), all);
    model.placeholders = std::move(placeholders);
    return model;
}

Result<std::string> use_model(const Environment& environment, const identity::Model& model) {
    store::MatchingModel stored;
    stored.text = model.to_json();
    const Digest digest = sha256(stored.text);
    stored.version = to_hex(std::span(digest).first<4>());
    stored.at = environment.clock.now();
    TOUCHLINE_TRY(const auto transaction, environment.store.begin());
    TOUCHLINE_CHECK(transaction->put_matching_model(stored));
    TOUCHLINE_CHECK(transaction->make_all_profiles_due());
    TOUCHLINE_CHECK(transaction->commit());
    return stored.version;
}

}  // namespace touchline::ingest
