// Memory: none to be had, and none kept.
#include "allocation_faults.hpp"
#include "bare_host.hpp"

#include <malloc.h>

#include <algorithm>

namespace touchline::check {

namespace {

/// Everything that a connector is for, once.
void use(const Scene& scene, Stage& stage) {
    const host::Manifest& manifest = stage.library().manifest();
    if (manifest.can("tl.enricher/1")) {
        const auto fake = fake_host_of(manifest, stage.cassette());
        use(scene, stage.library().table(), stage.cassette(), *fake, fake->table());
        return;
    }
    if (manifest.can("tl.destination/1")) {
        if (!stage.open_destination()) return;
        (void)stage.check();
        (void)stage.write(stage.cassette().events);
        stage.close();
        return;
    }
    if (!stage.open()) return;
    (void)stage.check();
    for (const std::string& stream : stage.streams()) (void)stage.read(stream, {}, 50);
    for (const CassetteWebhook& webhook : stage.cassette().webhooks) (void)stage.webhook(webhook);
    stage.close();
}

Finding survives_without_memory(const Scene& scene) {
    auto library = scene.load();
    if (!library) return failed(library.error().text());
    if (auto watching = watch_allocations(scene.plugin); !watching)
        return passed(watching.error().text());
    constexpr std::uint64_t k_most_runs = 600;
    std::uint64_t tried = 0;
    for (const Cassette& cassette : scene.cassettes) {
        auto stage = Stage::make(*library, cassette);
        if (!stage) return failed(stage.error().text());
        fail_allocation(0);
        use(scene, **stage);
        const std::uint64_t all = allocations();
        const std::uint64_t step = std::max<std::uint64_t>(1, all / k_most_runs);
        for (std::uint64_t nth = 1; nth <= all; nth += step, ++tried) {
            fail_allocation(nth);
            use(scene, **stage);
        }
        fail_allocation(0);
    }
    return passed(std::to_string(tried) + " allocations failed");
}

Finding keeps_nothing(const Scene& scene) {
    auto library = scene.load();
    if (!library) return failed(library.error().text());
    for (const Cassette& cassette : scene.cassettes) {
        auto stage = Stage::make(*library, cassette);
        if (!stage) return failed(stage.error().text());
        for (int i = 0; i < 20; ++i) use(scene, **stage);
        const auto before = mallinfo2().uordblks;
        constexpr int k_times = 200;
        for (int i = 0; i < k_times; ++i) use(scene, **stage);
        const auto after = mallinfo2().uordblks;
        if (after > before + 32U * k_times)
            return failed(
                "cassette " + cassette.name + ": each run leaves " +
                std::to_string((after - before) / k_times) + " bytes behind"
            );
    }
    return passed();
}

}  // namespace

std::vector<Test> memory_tests() {
    return {
        {{"memory.none-left", "Without memory it fails, and does not fall over.", 'B'},
         Applies::everyone,
         &survives_without_memory},
        {{"memory.none-kept", "Two hundred runs leave no memory behind.", 'B'},
         Applies::everyone,
         &keeps_nothing},
    };
}

}  // namespace touchline::check
