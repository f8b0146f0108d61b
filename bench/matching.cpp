// What it costs to decide who one arriving contact is, beside committing it without looking for
// likenesses: contact by contact, in one run, against a store that holds many.
//
//   bench_matching [contacts = 20000] [arrivals = 300]
#include "touchline/ingest/matching.hpp"

#include "goals.hpp"
#include "must.hpp"
#include "synthetic.hpp"

#include "touchline/config/yaml.hpp"
#include "touchline/store/sqlite.hpp"

#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <random>

namespace touchline::bench {
namespace {

class TempFolder {
public:
    TempFolder() { std::filesystem::create_directories(path); }
    TempFolder(const TempFolder&) = delete;
    TempFolder& operator=(const TempFolder&) = delete;
    ~TempFolder() { std::filesystem::remove_all(path); }

    const std::filesystem::path path =
        std::filesystem::temp_directory_path() / ("bench-matching-" + std::to_string(::getpid()));
};

/// Contacts of a country: names and towns by a Zipf-like law, so that some blocks are large.
class Contacts {
public:
    /// One in eight is an earlier one with another address and a typing error.
    std::string next() {
        const int number = next_++;
        const bool again = number > 100 && pick(8) == 0;
        const int person = again ? pick(number) : number;
        std::mt19937 own(static_cast<unsigned>(person));
        std::string given = word(own, 300), family = word(own, 3000);
        const std::string birth = std::to_string(1940 + int(own() % 65)) + "-0" +
                                  std::to_string(1 + own() % 9) + "-1" + std::to_string(own() % 10);
        const std::string street = std::to_string(1 + own() % 200) + " " + word(own, 2000);
        if (again) std::swap(family[1], family[2]);
        return R"({"id":"k)" + std::to_string(number) + R"(","given":")" + given +
               R"(","family":")" + family + R"(","birth":")" + birth + R"(","street":")" + street +
               R"(","city":")" + word(own, 100) + R"(","email":")" + given + "." + family +
               std::to_string(number % 97) + R"(@example.org"})";
    }

private:
    int pick(int n) { return int(random_() % unsigned(n)); }
    /// The first words of a vocabulary are the frequent ones.
    static std::string word(std::mt19937& random, int vocabulary) {
        const double share = std::uniform_real_distribution<double>(0, 1)(random);
        std::mt19937 letters(unsigned(share * share * vocabulary) * 31U + unsigned(vocabulary));
        std::string text;
        for (int i = 0; i < 3; ++i) {
            text += "bdfgklmnprstvz"[letters() % 14];
            text += "aeiou"[letters() % 5];
        }
        return text;
    }

    int next_ = 0;
    std::mt19937 random_{20261128};
};

constexpr const char* k_mapping = R"(
emit: fact
set:
  identities: [{ns: crm.contact, value: =id}, {ns: email, value: =email}]
  observed_at: "2026-01-01T00:00:00Z"
fields: {name.given: =given, name.family: =family, email: =email, birth_date: =birth, address.street: =street, address.city: =city}
)";

mapping::Mapping mapping_of(const char* yaml) {
    const json::Node node = must(config::read_yaml(yaml, "mapping.yaml"));
    std::vector<Error> problems;
    auto mapping = mapping::Mapping::compile(node, problems);
    for (const Error& problem : problems) must(Result<void>(problem));
    return *mapping;
}

void report(const char* what, std::vector<double> microseconds) {
    std::sort(microseconds.begin(), microseconds.end());
    const auto at = [&](double share) {
        return microseconds[std::size_t(share * double(microseconds.size() - 1))] / 1000;
    };
    std::printf("%-26s p50 %.2f ms, p99 %.2f ms of CPU\n", what, at(0.5), at(0.99));
}

double sum(const std::vector<double>& all) {
    double total = 0;
    for (const double one : all) total += one;
    return total;
}

void run(int contacts, int arrivals) {
    const TempFolder folder;
    const auto store = must(store::open_sqlite({folder.path / "touchline.db", 64, false}));
    const identity::Policy policy;
    const SystemClock clock;
    const ingest::Environment environment{*store, policy, clock};
    ingest::ConnectionPlan plan;
    plan.id = "crm";
    plan.streams.push_back({{"rows", "/id", "", ""}, mapping_of(k_mapping), "m@1"});
    Contacts source;
    /// CPU microseconds, without making them up.
    const auto commit = [&](int count) {
        std::string page;
        for (int i = 0; i < count; ++i) page.append(page.empty() ? "[" : ",").append(source.next());
        page += "]";
        const double start = cpu_microseconds();
        ingest::Ingestor ingestor(environment, plan);
        must(ingestor.page({"rows", page, ""}));
        must(ingestor.finish());
        return cpu_microseconds() - start;
    };
    double loading = 0;
    for (int done = 0; done < contacts; done += 1000)
        loading += commit(std::min(1000, contacts - done));
    double start = cpu_microseconds();
    const ingest::MatchingReport all = must(ingest::match_due(environment));
    const double matching = cpu_microseconds() - start;
    std::printf(
        "%lld contacts, %lld likenesses; all at once: %.0f us of CPU each to commit, %.0f to "
        "match\n",
        static_cast<long long>(all.profiles),
        static_cast<long long>(all.links),
        loading / contacts,
        matching / contacts
    );
    std::vector<double> committing, deciding;
    for (int i = 0; i < arrivals; ++i) {
        committing.push_back(commit(1));
        start = cpu_microseconds();
        must(ingest::match_due(environment));
        deciding.push_back(cpu_microseconds() - start);
    }
    report("to commit one", committing);
    report("to match one", deciding);
    shown("ratio", sum(deciding) / sum(committing), "times the commit without it");
    shown("peak memory", peak_mib(), "MiB");
}

}  // namespace
}  // namespace touchline::bench

int main(int argc, char** argv) {
    touchline::bench::run(
        argc > 1 ? std::atoi(argv[1]) : 20'000, argc > 2 ? std::atoi(argv[2]) : 300
    );
}
