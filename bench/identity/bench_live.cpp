// How well records are joined on the way that they take in a running installation: source by source
// through ingest and matching into a store, everything as it ships. For every labelled set in a
// folder (records.jsonl and truth.csv) pairwise and B-cubed figures, and how many questions are
// left for people. Without folders the open sets of tests/data/identity.
//
//   bench_live [--learn] [--one-by-one] [--join=BITS] [FOLDER...]
//
// --learn: a model is learnt from what the store holds, and used. --one-by-one: records come and
// are decided one at a time, which has to give the same customers and takes long.
#include "../must.hpp"
#include "labelled_set.hpp"

#include "touchline/config/yaml.hpp"
#include "touchline/identity/evaluation.hpp"
#include "touchline/identity/fields.hpp"
#include "touchline/ingest/matching.hpp"
#include "touchline/store/sqlite.hpp"

#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <ctime>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace touchline::bench {
namespace {

namespace fs = std::filesystem;
using identity::Role;

class TempFolder {
public:
    TempFolder() { fs::create_directories(path); }
    TempFolder(const TempFolder&) = delete;
    TempFolder& operator=(const TempFolder&) = delete;
    ~TempFolder() { fs::remove_all(path); }

    const fs::path path = fs::temp_directory_path() / ("bench-live-" + std::to_string(::getpid()));
};

/// The first of the fields with the role that a record tells, as an expression; empty when no field
/// has it.
std::string first_of(const identity::FieldMap& fields, Role role) {
    std::string expression;
    for (const auto& field : fields.roles())
        if (field.role == role) expression += (expression.empty() ? "" : " || ") + field.field;
    return expression;
}

/// All that a record tells of these roles, in this order.
std::string joined(const identity::FieldMap& fields, std::initializer_list<Role> roles) {
    std::string list;
    for (const Role role : roles)
        if (const auto one = first_of(fields, role); !one.empty())
            list += (list.empty() ? "" : ", ") + ("(" + one + ") || ''");
    return list.empty() ? "" : "join(' ', [" + list + "])";
}

/// As a company would configure the source.
std::string mapping_of(const std::string& source, const identity::FieldMap& fields) {
    const auto quoted = [](const std::string& expression) {
        return expression.empty() ? std::string() : "\"=" + expression + "\"";
    };
    const std::string names = joined(fields, {Role::given_name, Role::surname});
    const std::string full = first_of(fields, Role::full_name);
    const std::string name = full.empty() ? names : names.empty() ? full : full + " || " + names;
    std::string identities = "[{ns: " + source + ".record, value: =id}";
    const auto claim = [&](const char* ns, const std::string& expression) {
        if (!expression.empty())
            identities += std::string(", {ns: ") + ns + ", value: " + quoted(expression) + "}";
    };
    claim("email", first_of(fields, Role::email));
    claim("phone", first_of(fields, Role::phone));
    claim("name", name);
    claim("birth_date", first_of(fields, Role::birth_date));
    const std::string updated = first_of(fields, Role::updated_at);
    std::string mapping = "emit: fact\nset:\n  identities: " + identities + "]\n  observed_at: " +
                          quoted((updated.empty() ? "" : updated + " || ") + "'2024-01-01'") +
                          "\nfields:\n";
    const auto fact = [&](const char* field, const std::string& expression) {
        if (!expression.empty())
            mapping += std::string("  ") + field + ": " + quoted(expression) + "\n";
    };
    fact("name.full", full);
    fact("name.given", joined(fields, {Role::given_name, Role::middle_name}));
    fact("name.family", first_of(fields, Role::surname));
    fact("name.suffix", first_of(fields, Role::name_suffix));
    fact("birth_date", first_of(fields, Role::birth_date));
    fact("email", first_of(fields, Role::email));
    fact("phone", first_of(fields, Role::phone));
    fact("address.street", joined(fields, {Role::street_number, Role::street, Role::address}));
    fact("address.city", first_of(fields, Role::city));
    fact("address.postcode", first_of(fields, Role::postcode));
    fact("address.state", first_of(fields, Role::state));
    fact("company.name", first_of(fields, Role::company));
    fact("company.website", first_of(fields, Role::website));
    return mapping;
}

ingest::ConnectionPlan plan_of(const std::string& source, const identity::FieldMap& fields) {
    const json::Node node = must(config::read_yaml(mapping_of(source, fields), "mapping.yaml"));
    std::vector<Error> problems;
    auto mapping = mapping::Mapping::compile(node, problems);
    for (const Error& problem : problems) must(Result<void>(problem));
    ingest::ConnectionPlan plan;
    plan.id = source;
    plan.streams.push_back({{"rows", "/id", "", ""}, std::move(*mapping), "m@1"});
    return plan;
}

class Installation {
public:
    Installation(const std::vector<LabelledRecord>& records, const ingest::MatchingLimits& limits)
        : limits_(limits) {
        std::map<std::string, std::vector<identity::Record>> by_source;
        for (const auto& one : records) by_source[one.record.source].push_back(one.record);
        for (const auto& [source, rows] : by_source)
            plans_.emplace(source, plan_of(source, identity::recognise_fields(rows)));
    }

    void read(std::span<const LabelledRecord> records) {
        constexpr std::size_t k_page = 1000;
        std::map<std::string, std::vector<const LabelledRecord*>> by_source;
        for (const auto& one : records) by_source[one.record.source].push_back(&one);
        for (const auto& [source, rows] : by_source) {
            ingest::Ingestor ingestor(environment_, plans_.at(source));
            for (std::size_t begin = 0; begin < rows.size(); begin += k_page) {
                std::string page;
                for (std::size_t i = begin; i < std::min(begin + k_page, rows.size()); ++i)
                    page.append(page.empty() ? "[" : ",").append(rows[i]->json);
                must(ingestor.page({"rows", page + "]", ""}));
            }
            must(ingestor.finish());
        }
        must(ingest::match_due(environment_));
    }

    void learn() {
        const auto model = must(ingest::train_model(*must(store_->reader())));
        must(ingest::use_model(environment_, model));
        must(ingest::match_due(environment_));
    }

    identity::Labels customers(const std::vector<LabelledRecord>& records) {
        identity::Labels labels;
        const auto reader = must(store_->reader());
        for (const auto& one : records) {
            const auto identity =
                must(reader->find_identity(one.record.source + ".record", one.record.id));
            if (identity) labels[one.record.id] = must(reader->resolve(identity->customer)).id;
        }
        return labels;
    }

    std::size_t open_pairs() { return must(must(store_->reader())->open_questions()).size(); }

private:
    TempFolder folder_;
    std::unique_ptr<store::Store> store_ =
        must(store::open_sqlite({folder_.path / "touchline.db", 64, false}));
    identity::Policy policy_ = must(identity::Policy::make({}, "US"));
    SystemClock clock_;
    ingest::MatchingLimits limits_;
    ingest::Environment environment_{*store_, policy_, clock_, "default", nullptr, limits_};
    std::map<std::string, ingest::ConnectionPlan> plans_;
};

struct Options {
    bool learn = false, one_by_one = false;
    ingest::MatchingLimits limits;
};

void measure(const fs::path& folder, const Options& options) {
    const auto records = read_labelled_records(folder);
    Installation installation(records, options.limits);
    const std::clock_t begin = std::clock();
    if (options.one_by_one) {
        for (const auto& one : records) installation.read({&one, 1});
    } else {
        installation.read(records);
    }
    if (options.learn) installation.learn();
    const double seconds = double(std::clock() - begin) / CLOCKS_PER_SEC;
    const auto found = identity::evaluate(read_truth(folder), installation.customers(records));
    std::printf(
        "%-16s %6zu  pairs P %.4f R %.4f F1 %.4f  B3 P %.4f R %.4f F1 %.4f  %zu customers of %zu "
        "people, %zu open pairs, %.1f s CPU\n",
        folder.filename().string().c_str(),
        records.size(),
        found.pairwise.precision,
        found.pairwise.recall,
        found.pairwise.f1,
        found.b_cubed.precision,
        found.b_cubed.recall,
        found.b_cubed.f1,
        found.found_clusters,
        found.true_clusters,
        installation.open_pairs(),
        seconds
    );
    std::fflush(stdout);
}

}  // namespace
}  // namespace touchline::bench

int main(int argc, char** argv) {
    std::vector<std::filesystem::path> sets(argv + 1, argv + argc);
    touchline::bench::Options options;
    options.learn = std::erase(sets, std::filesystem::path("--learn")) > 0;
    options.one_by_one = std::erase(sets, std::filesystem::path("--one-by-one")) > 0;
    const auto join = std::ranges::find_if(sets, [](const auto& argument) {
        return argument.native().starts_with("--join=");
    });
    if (join != sets.end()) {
        options.limits.join_from = std::stod(join->native().substr(7));
        sets.erase(join);
    }
    if (sets.empty()) sets = touchline::bench::open_sets();
    std::ranges::sort(sets);
    for (const auto& set : sets) touchline::bench::measure(set, options);
}
