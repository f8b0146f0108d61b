// Reading whole streams.
#include "scene.hpp"

#include "touchline/json/view.hpp"

#include <algorithm>

namespace touchline::check {

namespace {

Finding reads(const Scene& scene) {
    std::size_t records = 0;
    Finding finding = on_streams(scene, [&](Stage& stage, const std::string& stream) {
        const auto reading = read_whole(stage, stream);
        if (!reading) return failed(reading.error().text());
        records += reading->records().size();
        return passed();
    });
    if (finding.verdict != Verdict::passed) return finding;
    if (records == 0)
        return failed("no cassette gives a single record; a cassette has to hold some");
    return passed(std::to_string(records) + " records");
}

Finding reads_the_same_twice(const Scene& scene) {
    return on_streams(scene, [](Stage& stage, const std::string& stream) {
        const auto first = read_whole(stage, stream);
        if (!first) return failed(first.error().text());
        if (auto opened = stage.open(); !opened) return failed(opened.error().text());
        const auto second = read_whole(stage, stream);
        if (!second) return failed(second.error().text());
        if (first->records() != second->records())
            return failed("two reads of the same traffic give different records");
        if (first->emissions != second->emissions)
            return failed("two reads of the same traffic give different checkpoints");
        return passed();
    });
}

Finding keys_are_there(const Scene& scene) {
    return on_streams(scene, [](Stage& stage, const std::string& stream) {
        const auto& declared = stage.source().streams();
        const auto info = std::ranges::find(declared, stream, &ingest::StreamInfo::name);
        const auto reading = read_whole(stage, stream);
        if (!reading) return failed(reading.error().text());
        for (const std::string& record : reading->records()) {
            const auto document = json::Document::parse(record);
            for (const std::string& pointer : {info->key, info->version}) {
                if (pointer.empty() || (document && json::find(document->root(), pointer)))
                    continue;
                return failed(
                    "a record has nothing at " + pointer +
                    ", where the manifest says its key or "
                    "version is: " +
                    record.substr(0, 120)
                );
            }
        }
        return passed();
    });
}

Finding ends_with_a_checkpoint(const Scene& scene) {
    return on_streams(scene, [](Stage& stage, const std::string& stream) {
        const auto reading = read_whole(stage, stream);
        if (!reading) return failed(reading.error().text());
        if (reading->emissions.empty()) return passed();
        if (reading->emissions.back().kind == Emission::Kind::checkpoint) return passed();
        return failed("records come after the last checkpoint: they would be read again for ever");
    });
}

Finding second_read_finds_nothing(const Scene& scene) {
    return on_streams(scene, [](Stage& stage, const std::string& stream) {
        const auto first = read_whole(stage, stream);
        if (!first) return failed(first.error().text());
        if (!first->last_state()) return passed();
        // The same world once more, an hour later: nothing has happened there.
        if (auto opened = stage.open(); !opened) return failed(opened.error().text());
        const auto second = read_whole(stage, stream, *first->last_state());
        if (!second)
            return failed("reading on after everything was read: " + second.error().text());
        const auto fresh = first_missing(second->records(), first->records());
        if (fresh) return failed("reading on finds a record that was not there before: " + *fresh);
        const std::size_t again = second->records().size();
        if (again > 0 && again >= first->records().size() && first->records().size() > 1) {
            return failed(
                "reading on reads all " + std::to_string(again) +
                " records again: the state is not used"
            );
        }
        return passed();
    });
}

Finding ends_on_a_repeated_page(const Scene& scene) {
    // The vendor's defect: whatever is asked, the first page with something behind it comes back.
    return on_streams(scene, [](Stage& stage, const std::string& stream) {
        const auto good = read_whole(stage, stream);
        if (!good) return failed(good.error().text());
        const std::size_t normal = stage.http().requests.size();
        if (normal < 2) return passed();
        for (std::size_t stuck = 0; stuck + 1 < normal; ++stuck) {
            if (auto opened = stage.open(); !opened) return failed(opened.error().text());
            std::optional<net::Response> page;
            stage.http().fault = [&](std::size_t nth) -> std::optional<Result<net::Response>> {
                if (nth <= stuck || !page) return std::nullopt;
                return Result<net::Response>(*page);
            };
            // The answer to repeat is the one that the cassette gives to request `stuck`.
            std::size_t seen = 0;
            stage.http().on_send = [&] {
                if (seen++ != stuck + 1) return;
                const net::Request& request = stage.http().requests[stuck];
                for (const Exchange& exchange : stage.cassette().exchanges) {
                    if (exchange.method == request.method && exchange.url == request.url)
                        page = net::Response{
                            exchange.answer.status,
                            exchange.answer.headers,
                            exchange.answer.body,
                            request.url};
                }
            };
            const Reading reading = stage.read(stream, {}, 100);
            const std::size_t asked = stage.http().requests.size();
            if (asked <= 20 * normal + 200 && (reading.ended || reading.error)) continue;
            return failed(
                "when the same page comes back for ever it asks for ever (" +
                std::to_string(asked) + " requests); stop when a page brings nothing new"
            );
        }
        return passed();
    });
}

Finding refuses_unknown_streams(const Scene& scene) {
    return on_stages(scene, [](Stage& stage) {
        const Reading reading = stage.read("no-such-stream-xyz");
        if (reading.error) return passed();
        const bool only_one = stage.source().streams().size() == 1;
        if (only_one && reading.emissions.empty()) return passed();
        return failed("asked for a stream that it does not have, it reads something");
    });
}

Finding keeps_to_bounds(const Scene& scene) {
    return on_streams(scene, [](Stage& stage, const std::string& stream) {
        const auto all = read_whole(stage, stream);
        if (!all) return failed(all.error().text());
        if (auto opened = stage.open(); !opened) return failed(opened.error().text());
        std::vector<Emission> ignored;
        struct Sink final : ingest::PageSink {
            Result<void> page(const ingest::Page&) override { return {}; }
            Result<void> bad_record(const ingest::BadRecord&) override { return {}; }
            Result<void> checkpoint(const ingest::Checkpoint&) override { return {}; }
        } sink;
        ingest::ReadRequest request;
        request.stream = stream;
        request.since = stage.cassette().now - std::chrono::hours(24);
        request.until = stage.cassette().now;
        const auto end = stage.source().read(request, sink);
        // Bounds may lead to requests that the cassette lacks; a defect is what must not come.
        if (end || end.error().code() != Code::internal) return passed();
        return failed("with bounds it fails: " + end.error().text());
    });
}

}  // namespace

std::vector<Test> read_tests() {
    return {
        {{"read.works", "Every stream can be read to its end.", 'F'},
         Applies::sources,
         &reads,
         Housing::both},
        {{"read.same-twice", "The same traffic gives the same records and checkpoints.", 'C'},
         Applies::sources,
         &reads_the_same_twice,
         Housing::both},
        {{"read.keys", "Every record has the key and the version that the manifest names.", 'B'},
         Applies::sources,
         &keys_are_there,
         Housing::both},
        {{"read.ends-with-checkpoint", "A finished read ends with a checkpoint.", 'C'},
         Applies::sources,
         &ends_with_a_checkpoint,
         Housing::both},
        {{"read.second-is-empty", "Reading on when nothing happened finds nothing new.", 'C'},
         Applies::sources,
         &second_read_finds_nothing,
         Housing::both},
        {{"read.repeated-page",
          "A page that comes back for ever does not keep it busy for ever.",
          'D'},
         Applies::http_sources,
         &ends_on_a_repeated_page,
         Housing::both},
        {{"read.unknown-stream", "A stream that it does not have is refused.", 'B'},
         Applies::sources,
         &refuses_unknown_streams,
         Housing::both},
        {{"read.bounds", "Bounds in time are kept to or ignored.", 'B'},
         Applies::sources,
         &keeps_to_bounds,
         Housing::both},
    };
}

}  // namespace touchline::check
