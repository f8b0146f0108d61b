// Memory: none to be had, and none kept.
#include "allocation_faults.hpp"
#include "bare_host.hpp"

#include <malloc.h>

#include <algorithm>
#include <cstdint>

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

/// Bytes that so many runs leave allocated.
template <typename Run>
std::size_t left_by(int times, Run run) {
    const std::size_t before = mallinfo2().uordblks;
    for (int i = 0; i < times; ++i) run();
    const std::size_t after = mallinfo2().uordblks;
    return after > before ? after - before : 0;
}

Finding keeps_nothing(const Scene& scene) {
    constexpr int k_times = 70;
    auto library = scene.load();
    if (!library) return failed(library.error().text());
    for (const Cassette& cassette : scene.cassettes) {
        auto stage = Stage::make(*library, cassette);
        if (!stage) return failed(stage.error().text());
        for (int i = 0; i < 20; ++i) use(scene, **stage);
        // The allocator's own shelves fill once; what a connector keeps grows every time.
        std::size_t least = SIZE_MAX;
        for (int stretch = 0; stretch < 3; ++stretch)
            least = std::min(least, left_by(k_times, [&] { use(scene, **stage); }));
        if (least > 32U * k_times)
            return failed(
                "cassette " + cassette.name + ": each run leaves " +
                std::to_string(least / k_times) + " bytes behind"
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
        {{"memory.none-kept", "Run again and again, it leaves no memory behind.", 'B'},
         Applies::everyone,
         &keeps_nothing},
    };
}

}  // namespace touchline::check
