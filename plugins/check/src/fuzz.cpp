#include "touchline/check/fuzz.hpp"

#include "child.hpp"
#include "spoil.hpp"

#include <sys/mman.h>

#include <algorithm>
#include <new>

namespace touchline::check {

namespace {

constexpr std::uint64_t k_batch = 50;

/// A number that a child writes and its parent reads, also when the child is gone.
class SharedNumber {
public:
    SharedNumber()
        : at_(mmap(
              nullptr,
              sizeof(std::uint64_t),
              PROT_READ | PROT_WRITE,
              MAP_SHARED | MAP_ANONYMOUS,
              -1,
              0
          )) {}
    SharedNumber(const SharedNumber&) = delete;
    SharedNumber& operator=(const SharedNumber&) = delete;
    ~SharedNumber() {
        if (at_ != MAP_FAILED) munmap(at_, sizeof(std::uint64_t));
    }
    volatile std::uint64_t* get() const { return static_cast<volatile std::uint64_t*>(at_); }
    bool works() const { return at_ != MAP_FAILED; }

private:
    void* at_;
};

Cassette spoiled_cassette(const std::vector<Cassette>& cassettes, std::uint64_t seed) {
    Dice dice(seed);
    Cassette cassette = cassettes[dice.below(cassettes.size())];
    const auto parts = cassette.parts();
    for (std::size_t i = 0, count = 1 + dice.below(3); i < count && !parts.empty(); ++i) {
        std::string& part = *parts[dice.below(parts.size())];
        part = spoiled(part, dice);
    }
    for (Exchange& exchange : cassette.exchanges) {
        constexpr int k_statuses[] = {200, 204, 301, 400, 401, 404, 429, 500, 503};
        if (dice.below(12) == 0) exchange.answer.status = k_statuses[dice.below(9)];
    }
    return cassette;
}

Finding try_once(const Scene& scene, std::uint64_t seed) {
    auto library = scene.load();
    if (!library) return failed(library.error().text());
    auto stage = Stage::make(*library, spoiled_cassette(scene.cassettes, seed));
    if (!stage) return passed();
    const bool destination = scene.manifest.can("tl.destination/1");
    if (!(destination ? (*stage)->open_destination() : (*stage)->open())) return passed();
    if (destination) {
        (void)(*stage)->write((*stage)->cassette().events);
        return passed();
    }
    if (!scene.manifest.can("tl.source/1")) return passed();
    (void)(*stage)->check();
    for (const std::string& stream : (*stage)->streams()) {
        const Reading reading = (*stage)->read(stream, {}, 100);
        if ((*stage)->http().ran_away()) return failed("it asks for ever");
        if (reading.error && reading.error->text().find("threw") != std::string::npos)
            return failed(reading.error->text());
    }
    for (const CassetteWebhook& webhook : (*stage)->cassette().webhooks)
        (void)(*stage)->webhook(webhook);
    return passed();
}

}  // namespace

Result<std::optional<FuzzFall>> fuzz(const FuzzOptions& options) {
    Scene scene;
    scene.plugin = options.plugin;
    TOUCHLINE_TRY(scene.manifest, host::read_manifest(options.plugin));
    TOUCHLINE_TRY(scene.cassettes, read_cassettes(options.cassettes));
    const SharedNumber current;
    if (!current.works()) return Error(Code::unavailable, "there is no memory to share");
    for (std::uint64_t done = 0; done < options.runs;) {
        const std::uint64_t first = options.seed + done;
        const std::uint64_t count = std::min(k_batch, options.runs - done);
        const Finding finding = run_in_child(
            [&] {
                for (std::uint64_t seed = first; seed < first + count; ++seed) {
                    *current.get() = seed;
                    Finding one = try_once(scene, seed);
                    if (one.verdict != Verdict::passed) return one;
                }
                return passed();
            },
            options.limit
        );
        if (finding.verdict != Verdict::passed) {
            const std::uint64_t seed = *current.get();
            return std::optional(FuzzFall{
                seed, finding.message, cassette_text(spoiled_cassette(scene.cassettes, seed))});
        }
        done += count;
        if (options.on_progress) options.on_progress(done);
    }
    return std::optional<FuzzFall>();
}

}  // namespace touchline::check
