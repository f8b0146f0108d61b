// What a conformance test is, and what it gets to work with.
#pragma once

#include "stage.hpp"

#include "touchline/check/check.hpp"

#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace touchline::check {

/// The connector and its cassettes. Nothing of it is loaded until a test, in its own process, asks.
struct Scene {
    std::filesystem::path plugin;
    host::Manifest manifest;
    std::vector<Cassette> cassettes;
    std::uint64_t seed = 1;
    std::optional<host::Isolation>
        isolation;  ///< nothing: stages have the connector in this process

    Result<std::shared_ptr<const host::PluginLibrary>> load() const {
        return host::PluginLibrary::load(plugin);
    }
};

/// Whom a test is for.
enum class Applies { everyone, sources, http_sources, webhooks, destinations, enrichers };

/// Where the connector's code is while a test tries it.
enum class Housing {
    here,  ///< in the test's own process
    both,  ///< there, and once more in a runner
};

struct Test {
    TestInfo info;
    Applies applies;
    Finding (*run)(const Scene& scene);
    Housing housing = Housing::here;
};

std::vector<Test> load_tests();
std::vector<Test> manifest_tests();
std::vector<Test> settings_tests();
std::vector<Test> read_tests();
std::vector<Test> state_tests();
std::vector<Test> fault_tests();
std::vector<Test> cancel_tests();
std::vector<Test> webhook_tests();
std::vector<Test> destination_tests();
std::vector<Test> enricher_tests();
std::vector<Test> host_tests();
std::vector<Test> memory_tests();
std::vector<Test> hygiene_tests();

inline Finding passed(std::string remark = {}) {
    return {Verdict::passed, std::move(remark)};
}
inline Finding failed(std::string why) {
    return {Verdict::failed, std::move(why)};
}
inline Finding skipped(std::string why) {
    return {Verdict::skipped, std::move(why)};
}

bool has_traffic(const Cassette& cassette);  ///< something that a read would find

/// Runs `f` on an open stage for each cassette that a read finds something in; the first finding
/// that is no pass ends it, with the cassette's name.
Finding on_stages(const Scene& scene, const std::function<Finding(Stage&)>& f);
/// The same for each stream of each such cassette, opened anew.
Finding on_streams(
    const Scene& scene, const std::function<Finding(Stage&, const std::string& stream)>& f
);

/// Reads a whole stream, which has to go well: no error, no request that the cassette lacks.
/// Error bad_data: what went wrong, for a finding.
Result<Reading> read_whole(Stage& stage, const std::string& stream, State from = {});

/// "lacks"-free when every record of `wanted` is among `got`; else the first that is missing.
std::optional<std::string> first_missing(
    const std::vector<std::string>& wanted, const std::vector<std::string>& got
);

/// Small numbers that a seed decides (xorshift64*).
class Dice {
public:
    explicit Dice(std::uint64_t seed) : state_(seed * 2654435769U + 88172645463325252U) {}
    std::uint64_t roll() {
        state_ ^= state_ >> 12U;
        state_ ^= state_ << 25U;
        state_ ^= state_ >> 27U;
        return state_ * 2685821657736338717U;
    }
    std::size_t below(std::size_t bound) { return bound == 0 ? 0 : roll() % bound; }

private:
    std::uint64_t state_;
};

}  // namespace touchline::check
