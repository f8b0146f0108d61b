#include "scene.hpp"

#include "touchline/base/text.hpp"

#include <algorithm>
#include <unordered_set>

namespace touchline::check {

bool has_traffic(const Cassette& cassette) {
    return !cassette.exchanges.empty() || !cassette.files.empty();
}

Finding on_stages(const Scene& scene, const std::function<Finding(Stage&)>& f) {
    auto library = scene.load();
    if (!library) return failed(library.error().text());
    int tried = 0;
    for (const Cassette& cassette : scene.cassettes) {
        if (!has_traffic(cassette)) continue;
        auto stage = Stage::make(*library, cassette, scene.isolation);
        if (!stage) return failed(stage.error().text());
        if (auto opened = (*stage)->open(); !opened)
            return failed("cassette " + cassette.name + ": " + opened.error().text());
        ++tried;
        Finding finding = f(**stage);
        if (finding.verdict == Verdict::passed) continue;
        finding.message = "cassette " + cassette.name + ": " + finding.message;
        return finding;
    }
    return tried == 0 ? skipped("no cassette has answers or files to read") : passed();
}

Finding on_streams(
    const Scene& scene, const std::function<Finding(Stage&, const std::string& stream)>& f
) {
    return on_stages(scene, [&](Stage& stage) {
        for (const std::string& stream : stage.streams()) {
            if (auto opened = stage.open(); !opened) return failed(opened.error().text());
            Finding finding = f(stage, stream);
            if (finding.verdict == Verdict::passed) continue;
            finding.message = "stream " + stream + ": " + finding.message;
            return finding;
        }
        return passed();
    });
}

Result<Reading> read_whole(Stage& stage, const std::string& stream, State from) {
    Reading reading = stage.read(stream, std::move(from));
    const Replay& http = stage.http();
    if (http.ran_away())
        return Error(Code::bad_data, "it made more than 5000 requests without coming to an end");
    if (!http.missing.empty()) {
        return Error(
            Code::bad_data,
            "the cassette has no answer to " + http.missing.front() +
                " (record it with `touchline plugin record`, or write it into the cassette)"
        );
    }
    if (reading.error) return Error(Code::bad_data, "the read failed: " + reading.error->text());
    if (!reading.ended)
        return Error(Code::bad_data, "after 2000 calls it still says that there is more");
    return reading;
}

std::optional<std::string> first_missing(
    const std::vector<std::string>& wanted, const std::vector<std::string>& got
) {
    const std::unordered_set<std::string> there(got.begin(), got.end());
    for (const std::string& record : wanted) {
        if (!there.contains(record)) return truncate_text(to_utf8(record), 120);
    }
    return std::nullopt;
}

}  // namespace touchline::check
