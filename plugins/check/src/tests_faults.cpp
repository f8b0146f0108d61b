// The world misbehaves: limits, failures, cut and strange contents.
#include "spoil.hpp"

namespace touchline::check {

namespace {

using Fault = std::optional<Result<net::Response>>;

net::Response status(int code, net::Headers headers = {}) {
    return {code, std::move(headers), "", "https://example.com/"};
}

/// Runs `f` for each request of a whole read, with a stage opened anew.
Finding at_each_request(
    const Scene& scene,
    const std::function<Finding(Stage&, const std::string&, std::size_t, const Reading&)>& f
) {
    return on_streams(scene, [&](Stage& stage, const std::string& stream) {
        const auto whole = read_whole(stage, stream);
        if (!whole) return failed(whole.error().text());
        const std::size_t requests = stage.http().requests.size();
        for (std::size_t nth = 0; nth < requests; ++nth) {
            if (auto opened = stage.open(); !opened) return failed(opened.error().text());
            Finding finding = f(stage, stream, nth, *whole);
            if (finding.verdict == Verdict::passed) continue;
            finding.message = "at request " + std::to_string(nth + 1) + ": " + finding.message;
            return finding;
        }
        return passed();
    });
}

Finding waits_when_told(const Scene& scene) {
    return at_each_request(
        scene,
        [](Stage& stage, const std::string& stream, std::size_t at, const Reading& whole) {
            stage.http().fault = [at](std::size_t nth) -> Fault {
                if (nth != at) return std::nullopt;
                return Result<net::Response>(status(429, {{"Retry-After", "120"}}));
            };
            const Reading reading = stage.read(stream);
            if (reading.error) {
                if (reading.error->code() == Code::rate_limited) return passed();
                return failed("one 429 makes the read fail: " + reading.error->text());
            }
            if (const auto lost = first_missing(whole.records(), reading.records()))
                return failed("after one 429 this record is lost: " + *lost);
            return passed();
        }
    );
}

Finding reports_limits(const Scene& scene) {
    return at_each_request(
        scene,
        [](Stage& stage, const std::string& stream, std::size_t at, const Reading&) {
            stage.http().fault = [at](std::size_t nth) -> Fault {
                if (nth < at) return std::nullopt;
                return Result<net::Response>(status(429, {{"Retry-After", "7200"}}));
            };
            const Reading reading = stage.read(stream);
            if (!reading.error) return failed("it goes on although every answer is a 429");
            if (reading.error->code() != Code::rate_limited)
                return failed(
                    "it calls a limit \"" + std::string(to_string(reading.error->code())) + "\""
                );
            return passed();
        }
    );
}

Finding reports_failures(const Scene& scene) {
    return at_each_request(
        scene,
        [](Stage& stage, const std::string& stream, std::size_t at, const Reading&) {
            stage.http().fault = [at](std::size_t nth) -> Fault {
                if (nth < at) return std::nullopt;
                return Result<net::Response>(status(503));
            };
            const Reading reading = stage.read(stream);
            if (!reading.error)
                return failed("the system is down (503), and it says that all was read");
            if (reading.error->code() == Code::internal)
                return failed("it calls a 503 a defect: " + reading.error->text());
            return passed();
        }
    );
}

Finding reports_lost_access(const Scene& scene) {
    return at_each_request(
        scene,
        [](Stage& stage, const std::string& stream, std::size_t at, const Reading&) {
            stage.http().fault = [at](std::size_t nth) -> Fault {
                if (nth < at) return std::nullopt;
                return Result<net::Response>(status(401));
            };
            const Reading reading = stage.read(stream);
            if (!reading.error) return failed("access is refused (401), and it says: all was read");
            if (reading.error->code() != Code::auth)
                return failed(
                    "it calls a 401 \"" + std::string(to_string(reading.error->code())) + "\""
                );
            return passed();
        }
    );
}

Finding goes_on_after_a_lost_connection(const Scene& scene) {
    return at_each_request(
        scene,
        [](Stage& stage, const std::string& stream, std::size_t at, const Reading& whole) {
            stage.http().fault = [at](std::size_t nth) -> Fault {
                if (nth < at) return std::nullopt;
                return Result<net::Response>(Error(Code::unavailable, "the connection was lost"));
            };
            Reading before = stage.read(stream);
            if (!before.error)
                return failed("the connection is lost, and it says that all was read");
            // What came after the last checkpoint was never stored.
            while (!before.emissions.empty() &&
                   before.emissions.back().kind != Emission::Kind::checkpoint)
                before.emissions.pop_back();
            const State state = before.last_state().value_or(State{});
            if (auto opened = stage.open(); !opened) return failed(opened.error().text());
            const auto after = read_whole(stage, stream, state);
            if (!after) return failed("going on afterwards: " + after.error().text());
            auto records = before.records();
            const auto more = after->records();
            records.insert(records.end(), more.begin(), more.end());
            if (const auto lost = first_missing(whole.records(), records))
                return failed("after a lost connection this record is lost: " + *lost);
            return passed();
        }
    );
}

Finding notices_a_sign_in_page(const Scene& scene) {
    return at_each_request(
        scene,
        [](Stage& stage, const std::string& stream, std::size_t at, const Reading&) {
            stage.http().fault = [at](std::size_t nth) -> Fault {
                if (nth != at) return std::nullopt;
                net::Response page = status(200, {{"Content-Type", "text/html"}});
                page.body = "<!doctype html><html><body>Please sign in</body></html>";
                return Result<net::Response>(page);
            };
            const Reading reading = stage.read(stream);
            if (reading.error) return passed();
            return failed("a sign-in page comes instead of JSON, and it says that all was read");
        }
    );
}

/// For each part of the cassette the streams that get to see it: whoever asks for the answer; all
/// of them for a frame, rows and a file; nobody for a call that comes in.
std::vector<std::vector<std::string>> readers_of_parts(Stage& stage) {
    Cassette cassette = stage.cassette();
    const std::size_t answers = cassette.exchanges.size(), calls = cassette.webhooks.size();
    std::vector<std::vector<std::string>> readers(cassette.parts().size());
    if (!stage.open()) return readers;
    for (const std::string& stream : stage.streams()) {
        if (!stage.open()) break;
        (void)stage.read(stream, {}, 200);
        for (const std::size_t answer : stage.http().given) readers[answer].push_back(stream);
        for (std::size_t part = answers; part < readers.size() - calls; ++part)
            readers[part].push_back(stream);
    }
    return readers;
}

/// Spoils each part of each cassette in every way that `ways` gives. Anything may happen but a
/// crash, an endless loop and an exception.
Finding endures(
    const Scene& scene,
    const std::function<std::vector<std::string>(const std::string&, Dice&)>& ways
) {
    auto library = scene.load();
    if (!library) return failed(library.error().text());
    Dice dice(scene.seed);
    int tried = 0;
    for (const Cassette& cassette : scene.cassettes) {
        if (!has_traffic(cassette)) continue;
        auto whole = Stage::make(*library, cassette);
        if (!whole) return failed(whole.error().text());
        const auto readers = readers_of_parts(**whole);
        Cassette spoiled = cassette;
        const auto parts = spoiled.parts();
        for (std::size_t i = 0; i < parts.size(); ++i) {
            if (readers[i].empty()) continue;
            std::string* const part = parts[i];
            const std::string good = *part;
            for (std::string& bad : ways(good, dice)) {
                *part = std::move(bad);
                auto stage = Stage::make(*library, spoiled, scene.isolation);
                if (!stage || !(*stage)->open()) continue;
                ++tried;
                for (const std::string& stream : readers[i]) {
                    const Reading reading = (*stage)->read(stream, {}, 200);
                    const std::string where = "cassette " + cassette.name + ", stream " + stream;
                    if ((*stage)->http().ran_away())
                        return failed(where + ": it asks for ever after strange contents");
                    if (!reading.ended && !reading.error)
                        return failed(where + ": it never ends after strange contents");
                    const bool threw =
                        reading.error && reading.error->text().find("threw") != std::string::npos;
                    if (threw) return failed(where + ": " + reading.error->text());
                }
            }
            *part = good;
        }
    }
    return tried == 0 ? skipped("no cassette has answers or files to read")
                      : passed(std::to_string(tried) + " ways");
}

Finding endures_cut_contents(const Scene& scene) {
    return endures(scene, [](const std::string& good, Dice&) { return cut_off(good); });
}

Finding endures_unrelated_contents(const Scene& scene) {
    return endures(scene, [](const std::string&, Dice&) { return unrelated(); });
}

Finding endures_other_values(const Scene& scene) {
    return endures(scene, [](const std::string& good, Dice& dice) {
        return with_other_values(good, 60, dice);
    });
}

Finding endures_bad_utf8(const Scene& scene) {
    return endures(scene, [](const std::string& good, Dice& dice) {
        return with_bad_utf8(good, dice);
    });
}

Finding does_not_take_a_cut_answer_for_the_end(const Scene& scene) {
    return on_streams(scene, [](Stage& stage, const std::string& stream) {
        const auto whole = read_whole(stage, stream);
        if (!whole) return failed(whole.error().text());
        const std::size_t requests = stage.http().requests.size();
        for (std::size_t at = 0; at < requests; ++at) {
            if (auto opened = stage.open(); !opened) return failed(opened.error().text());
            // The second half of the answer never comes.
            Replay good(stage.cassette());
            stage.http().fault = [&](std::size_t nth) -> Fault {
                auto answer = good.send(stage.http().requests[nth], {}, {});
                if (nth == at && answer) answer->body.resize(answer->body.size() / 2);
                return answer;
            };
            const Reading reading = stage.read(stream);
            if (reading.error) continue;
            if (const auto lost = first_missing(whole->records(), reading.records()))
                return failed(
                    "half of answer " + std::to_string(at + 1) +
                    " is missing, it says that all was read, and this record is lost: " + *lost
                );
        }
        return passed();
    });
}

}  // namespace

std::vector<Test> fault_tests() {
    return {
        {{"limits.one-429", "One answer 429 costs time, not records.", 'C'},
         Applies::http_sources,
         &waits_when_told,
         Housing::both},
        {{"limits.all-429", "A limit that does not end is reported as one.", 'B'},
         Applies::http_sources,
         &reports_limits,
         Housing::both},
        {{"faults.503", "A system that is down is never taken for an empty one.", 'C'},
         Applies::http_sources,
         &reports_failures,
         Housing::both},
        {{"faults.401", "Access that is lost on the way is reported as such.", 'C'},
         Applies::http_sources,
         &reports_lost_access,
         Housing::both},
        {{"faults.lost-connection", "After a lost connection it goes on where it was.", 'C'},
         Applies::http_sources,
         &goes_on_after_a_lost_connection,
         Housing::both},
        {{"faults.sign-in-page", "A sign-in page is not taken for an empty answer.", 'C'},
         Applies::http_sources,
         &notices_a_sign_in_page,
         Housing::both},
        {{"faults.half-an-answer", "Half an answer is not taken for a whole one.", 'C'},
         Applies::http_sources,
         &does_not_take_a_cut_answer_for_the_end,
         Housing::both},
        {{"contents.cut", "Contents that end anywhere do it no harm.", 'D'},
         Applies::sources,
         &endures_cut_contents},
        {{"contents.unrelated", "Contents of another kind do it no harm.", 'D'},
         Applies::sources,
         &endures_unrelated_contents},
        {{"contents.other-values", "Values of other kinds and sizes do it no harm.", 'D'},
         Applies::sources,
         &endures_other_values},
        {{"contents.bad-utf8", "Bytes that are no text do it no harm.", 'D'},
         Applies::sources,
         &endures_bad_utf8},
    };
}

}  // namespace touchline::check
