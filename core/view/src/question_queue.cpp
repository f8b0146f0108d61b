#include "question_queue.hpp"

#include <algorithm>
#include <cmath>
#include <set>
#include <string>
#include <unordered_map>

namespace touchline::view {
namespace {

using store::CustomerKey;

/// What it weighs that each of the two has a record of its own in one and the same system: systems
/// keep their customers apart. Of the pairs that one person makes, one system held at most three in
/// a hundred where that was counted.
constexpr double k_own_records = 6;

struct Ranked {
    store::OpenQuestion question;
    double worth = 0;  ///< touchpoints that the answer is expected to bring onto another timeline
};

/// Remembers what it has seen of a customer: the busy ones are asked about many times.
class OwnRecords {
public:
    explicit OwnRecords(store::Reader& reader) : reader_(reader) {}

    Result<bool> in_one_system(CustomerKey a, CustomerKey b) {
        TOUCHLINE_CHECK(look_up(a));
        TOUCHLINE_CHECK(look_up(b));
        const std::set<std::string>&of_a = systems_.at(a), &of_b = systems_.at(b);
        return std::ranges::any_of(of_a, [&](const auto& one) { return of_b.contains(one); });
    }

private:
    /// The systems' own kinds of keys under which facts about the customer stand.
    Result<void> look_up(CustomerKey customer) {
        const auto [entry, is_new] = systems_.try_emplace(customer);
        if (!is_new) return {};
        TOUCHLINE_TRY(const auto identities, reader_.identities_of(customer));
        for (const store::Identity& identity : identities) {
            if (identity.strength != model::Strength::unique) continue;
            TOUCHLINE_TRY(const auto profile, reader_.profile(identity.key));
            if (profile) entry->second.insert(identity.ns);
        }
        return {};
    }

    store::Reader& reader_;
    std::unordered_map<CustomerKey, std::set<std::string>> systems_;
};

double worth_of(const store::OpenQuestion& question, double bits) {
    const double chance = 1 / (1 + std::exp2(-bits));
    return chance * static_cast<double>(question.touchpoints + 1);
}

/// Those that are still likely enough once everything about the two is looked at.
Result<std::vector<Ranked>> rank(store::Reader& reader) {
    std::vector<Ranked> ranked;
    TOUCHLINE_TRY(const auto limits, reader.matching_limits());
    TOUCHLINE_TRY(const auto open, reader.open_questions());
    OwnRecords own(reader);
    for (const store::OpenQuestion& question : open) {
        TOUCHLINE_TRY(const bool apart, own.in_one_system(question.a, question.b));
        const double bits = question.bits - (apart ? k_own_records : 0);
        if (limits && bits < limits->review_from) continue;
        ranked.push_back({question, worth_of(question, bits)});
    }
    std::ranges::stable_sort(ranked, std::ranges::greater(), &Ranked::worth);
    return ranked;
}

}  // namespace

Result<std::vector<store::ReviewKey>> question_queue(
    store::Reader& reader, std::size_t per_customer
) {
    TOUCHLINE_TRY(const auto ranked, rank(reader));
    std::unordered_map<CustomerKey, std::size_t> asked;
    std::vector<store::ReviewKey> queue;
    for (const Ranked& one : ranked) {
        std::size_t& about_a = asked[one.question.a];
        std::size_t& about_b = asked[one.question.b];
        if (about_a >= per_customer || about_b >= per_customer) continue;
        ++about_a;
        ++about_b;
        queue.push_back(one.question.review);
    }
    return queue;
}

}  // namespace touchline::view
