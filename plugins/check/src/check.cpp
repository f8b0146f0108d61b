#include "touchline/check/check.hpp"

#include "child.hpp"
#include "scene.hpp"

#include "touchline/plugin.h"

#include <algorithm>

namespace touchline::check {

namespace {

std::vector<Test> tests_in_order() {
    std::vector<Test> all;
    for (auto& group :
         {load_tests(),
          manifest_tests(),
          settings_tests(),
          read_tests(),
          state_tests(),
          fault_tests(),
          cancel_tests(),
          webhook_tests(),
          destination_tests(),
          enricher_tests(),
          host_tests(),
          memory_tests(),
          hygiene_tests()}) {
        all.insert(all.end(), group.begin(), group.end());
    }
    return all;
}

bool wanted(const CheckOptions& options, std::string_view id) {
    return options.only.empty() || std::ranges::any_of(options.only, [&](const std::string& one) {
               return one == id || (one.ends_with('.') && id.starts_with(one));
           });
}

/// Why a test is not for this connector, or nothing.
std::string misses(const Scene& scene, Applies applies) {
    const host::Manifest& manifest = scene.manifest;
    const bool source = manifest.can(TL_SOURCE_1);
    switch (applies) {
        case Applies::everyone:
            return "";
        case Applies::sources:
            return source ? "" : "it is no source";
        case Applies::http_sources:
            return source && !manifest.targets.empty() ? "" : "it is no source that sends requests";
        case Applies::webhooks:
            return source ? "" : "it is no source";
        case Applies::destinations:
            return manifest.can(TL_DESTINATION_1) ? "" : "it is no destination";
        case Applies::enrichers:
            return manifest.can(TL_ENRICHER_1) ? "" : "it is no enricher";
    }
    return "";
}

Finding find_out(const Scene& scene, const Test& test, const CheckOptions& options) {
    if (const std::string why = misses(scene, test.applies); !why.empty()) return skipped(why);
    if (options.in_process) return test.run(scene);
    const auto in_child = [&](const Scene& tried) {
        return run_in_child([&] { return test.run(tried); }, options.limit);
    };
    Finding here = in_child(scene);
    const bool again = test.housing == Housing::both && !options.runner.empty();
    if (here.verdict != Verdict::passed || !again) return here;
    Scene isolated = scene;
    isolated.isolation.emplace().runner = options.runner;
    Finding apart = in_child(isolated);
    if (apart.verdict == Verdict::passed) return here;
    apart.message = "well in the host's process, but in a runner: " + apart.message;
    return apart;
}

}  // namespace

Result<Report> run_checks(const CheckOptions& options) {
    const std::vector<Test> tests = tests_in_order();
    for (const std::string& one : options.only) {
        const bool known = std::ranges::any_of(tests, [&](const Test& test) {
            return test.info.id == one || (one.ends_with('.') && test.info.id.starts_with(one));
        });
        if (!known)
            return Error(Code::not_found, "there is no test \"" + one + "\"")
                .cure("`touchline plugin check --list` shows them all.");
    }
    Scene scene;
    scene.plugin = options.plugin;
    scene.seed = options.seed;
    TOUCHLINE_TRY(scene.manifest, host::read_manifest(options.plugin));
    TOUCHLINE_TRY(scene.cassettes, read_cassettes(options.cassettes));
    Report report;
    report.id = scene.manifest.id;
    report.version = scene.manifest.version;
    report.file = options.plugin;
    report.seed = options.seed;
    for (const Test& test : tests) {
        if (!wanted(options, test.info.id)) continue;
        TestResult result{
            std::string(test.info.id),
            std::string(test.info.sentence),
            test.info.best_grade,
            find_out(scene, test, options)};
        if (options.on_result) options.on_result(result);
        report.results.push_back(std::move(result));
        // A library that does not load fails all that comes after it in the same way.
        const bool unusable = report.results.back().id == "load.opens" &&
                              report.results.back().finding.verdict != Verdict::passed;
        if (unusable) break;
    }
    return report;
}

std::vector<TestInfo> all_tests() {
    std::vector<TestInfo> infos;
    for (const Test& test : tests_in_order()) infos.push_back(test.info);
    return infos;
}

}  // namespace touchline::check
