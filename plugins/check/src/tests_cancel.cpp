// People want to stop a run, and it stops.
#include "scene.hpp"

namespace touchline::check {

namespace {

/// Stopped, it says so; or it was through already.
Finding stopped_well(const Reading& reading, const Reading& whole, const std::string& when) {
    if (reading.error && reading.error->code() == Code::cancelled) return passed();
    if (reading.error) return failed("stopped " + when + ", it reports: " + reading.error->text());
    if (!reading.ended) return passed();
    const auto lost = first_missing(whole.records(), reading.records());
    if (!lost) return passed();
    return failed(
        "stopped " + when + ", it says that all was read; this record would be lost: " + *lost
    );
}

Finding stops_at_requests(const Scene& scene) {
    return on_streams(scene, [](Stage& stage, const std::string& stream) {
        const auto whole = read_whole(stage, stream);
        if (!whole) return failed(whole.error().text());
        const std::size_t requests = stage.http().requests.size();
        for (std::size_t at = 0; at < requests; ++at) {
            if (auto opened = stage.open(); !opened) return failed(opened.error().text());
            std::size_t sent = 0;
            stage.http().on_send = [&] {
                if (sent++ == at) stage.stop.request_stop();
            };
            const Finding finding = stopped_well(
                stage.read(stream, {}, 1), *whole, "at request " + std::to_string(at + 1)
            );
            if (finding.verdict != Verdict::passed) return finding;
        }
        return passed();
    });
}

Finding stops_between_pages(const Scene& scene) {
    return on_streams(scene, [](Stage& stage, const std::string& stream) {
        const auto whole = read_whole(stage, stream);
        if (!whole) return failed(whole.error().text());
        for (std::size_t at = 0; at < whole->emissions.size(); ++at) {
            if (auto opened = stage.open(); !opened) return failed(opened.error().text());
            stage.on_emission = [&](std::size_t nth) -> Result<void> {
                if (nth == at) stage.stop.request_stop();
                return {};
            };
            const Reading reading = stage.read(stream, {}, 1);
            const Finding finding =
                stopped_well(reading, *whole, "after step " + std::to_string(at + 1));
            if (finding.verdict != Verdict::passed) return finding;
        }
        return passed();
    });
}

Finding stops_before_it_begins(const Scene& scene) {
    return on_streams(scene, [](Stage& stage, const std::string& stream) {
        const auto whole = read_whole(stage, stream);
        if (!whole) return failed(whole.error().text());
        if (auto opened = stage.open(); !opened) return failed(opened.error().text());
        stage.stop.request_stop();
        return stopped_well(stage.read(stream, {}, 1), *whole, "before it began");
    });
}

}  // namespace

std::vector<Test> cancel_tests() {
    return {
        {{"cancel.at-requests", "Stopped at any request, it comes back and says so.", 'D'},
         Applies::http_sources,
         &stops_at_requests,
         Housing::both},
        {{"cancel.between-pages", "Stopped between pages, it comes back and says so.", 'D'},
         Applies::sources,
         &stops_between_pages,
         Housing::both},
        {{"cancel.before", "Stopped before it began, it does nothing.", 'D'},
         Applies::sources,
         &stops_before_it_begins,
         Housing::both},
    };
}

}  // namespace touchline::check
