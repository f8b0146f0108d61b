#include "store_reads.hpp"

#include "must.hpp"
#include "synthetic.hpp"

namespace touchline::bench {
namespace {

using store::IdentityKey;

constexpr int k_requests = 2'000;

std::vector<IdentityKey> identities_of(store::Store& store, const std::string& email) {
    const auto reader = must(store.reader());
    const auto found = must(reader->find_identity("email", email));
    std::vector<IdentityKey> keys;
    if (!found) return keys;
    for (const store::Identity& one : must(reader->identities_of(found->customer)))
        keys.push_back(one.key);
    return keys;
}

}  // namespace

ReadCosts measure_reads(store::Store& store, std::int64_t customers) {
    Synthetic synthetic(customers);
    std::vector<std::string> emails;
    std::vector<std::vector<IdentityKey>> keys;
    for (int i = 0; i < k_requests; ++i) {
        emails.push_back(synthetic.record(i).email);
        keys.push_back(identities_of(store, emails.back()));
    }
    ReadCosts costs;
    double start = cpu_microseconds();
    for (const std::string& email : emails) {
        const auto reader = must(store.reader());
        const auto found = must(reader->find_identity("email", email));
        if (found) must(reader->customer(found->customer));
    }
    costs.look_up = (cpu_microseconds() - start) / k_requests;
    start = cpu_microseconds();
    for (const auto& own : keys) must(must(store.reader())->timeline(own, {}, 0, 50));
    costs.timeline = (cpu_microseconds() - start) / k_requests;
    return costs;
}

}  // namespace touchline::bench
