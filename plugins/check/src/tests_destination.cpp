// Changes go out: every one is accounted for, and none twice under another name.
#include "scene.hpp"

#include <algorithm>
#include <set>

namespace touchline::check {

namespace {

using deliver::Outcome;

Finding on_events(const Scene& scene, const std::function<Finding(Stage&)>& f) {
    auto library = scene.load();
    if (!library) return failed(library.error().text());
    int tried = 0;
    for (const Cassette& cassette : scene.cassettes) {
        if (cassette.events.empty()) continue;
        auto stage = Stage::make(*library, cassette, scene.isolation);
        if (!stage) return failed(stage.error().text());
        if (auto opened = (*stage)->open_destination(); !opened)
            return failed(opened.error().text());
        ++tried;
        Finding finding = f(**stage);
        if (finding.verdict == Verdict::passed) continue;
        finding.message = "cassette " + cassette.name + ": " + finding.message;
        return finding;
    }
    return tried == 0 ? skipped("no cassette has events") : passed();
}

net::Response answer(int status, net::Headers headers = {}) {
    return {status, std::move(headers), "", "https://example.com/"};
}

Replay::Fault always(int status, net::Headers headers = {}) {
    return [=](std::size_t) { return Result<net::Response>(answer(status, headers)); };
}

std::size_t count(const std::vector<deliver::ItemResult>& results, Outcome outcome) {
    return static_cast<std::size_t>(
        std::ranges::count(results, outcome, &deliver::ItemResult::outcome)
    );
}

Finding delivers(const Scene& scene) {
    return on_events(scene, [](Stage& stage) {
        const auto results = stage.write(stage.cassette().events);
        if (!stage.http().missing.empty())
            return failed("the cassette has no answer to " + stage.http().missing.front());
        if (!results) return failed(results.error().text());
        const std::size_t delivered = count(*results, Outcome::delivered);
        if (delivered == results->size()) return passed(std::to_string(delivered) + " events");
        const auto bad = std::ranges::find_if(*results, [](const auto& result) {
            return result.outcome != Outcome::delivered;
        });
        return failed("an event was not delivered: " + bad->message);
    });
}

Finding takes_an_empty_batch(const Scene& scene) {
    return on_events(scene, [](Stage& stage) {
        const auto results = stage.write({});
        if (!results) return failed("nothing to deliver gives: " + results.error().text());
        return passed();
    });
}

Finding says_that_it_works(const Scene& scene) {
    return on_events(scene, [](Stage& stage) {
        stage.http().fault = always(200);
        const auto sentence = stage.check();
        if (!sentence) return failed("check(): " + sentence.error().text());
        return *sentence == "It answers." ? failed("check() says nothing that people could read")
                                          : passed();
    });
}

Finding tries_again_later(const Scene& scene) {
    return on_events(scene, [](Stage& stage) {
        stage.http().fault = always(503);
        const auto results = stage.write(stage.cassette().events);
        if (!results) return passed();
        if (count(*results, Outcome::delivered) > 0)
            return failed("the receiver is down (503), and an event counts as delivered");
        if (count(*results, Outcome::retry) == results->size()) return passed();
        return failed("the receiver is down (503), and an event is given up");
    });
}

Finding keeps_the_receivers_wish(const Scene& scene) {
    return on_events(scene, [](Stage& stage) {
        stage.http().fault = always(429, {{"Retry-After", "120"}});
        const auto results = stage.write(stage.cassette().events);
        if (!results) {
            if (results.error().retry_after()) return passed();
            return failed("the receiver asks for 120 s, and nothing of it arrives");
        }
        for (const deliver::ItemResult& result : *results) {
            if (result.outcome == Outcome::retry && result.retry_after >= std::chrono::seconds(120))
                continue;
            return failed("the receiver asks for 120 s before the next attempt: " + result.message);
        }
        return passed();
    });
}

Finding is_honest_about_refusals(const Scene& scene) {
    for (const int status : {400, 401, 403, 404, 422, 500}) {
        Finding finding = on_events(scene, [status](Stage& stage) {
            stage.http().fault = always(status);
            const auto results = stage.write(stage.cassette().events);
            if (!results || count(*results, Outcome::delivered) == 0) return passed();
            return failed(
                "every request is answered with " + std::to_string(status) +
                ", and an event counts as delivered"
            );
        });
        if (finding.verdict != Verdict::passed) return finding;
    }
    return passed();
}

Finding survives_lost_connections(const Scene& scene) {
    return on_events(scene, [](Stage& stage) {
        stage.http().fault = [](std::size_t) {
            return Result<net::Response>(Error(Code::unavailable, "the connection was lost"));
        };
        const auto results = stage.write(stage.cassette().events);
        if (!results) {
            if (results.error().code() != Code::internal) return passed();
            return failed("a lost connection is called a defect: " + results.error().text());
        }
        if (count(*results, Outcome::retry) == results->size()) return passed();
        return failed("the connection was lost, and an event is not tried again");
    });
}

Finding repeats_itself(const Scene& scene) {
    return on_events(scene, [](Stage& stage) {
        if (stage.library().manifest().targets.empty()) return passed();
        const auto sent = [&] {
            std::vector<std::string> requests;
            for (const net::Request& request : stage.http().requests) {
                std::string text = request.method + " " + request.url + "\n" + request.body;
                for (const std::string_view name : {"webhook-id", "idempotency-key"})
                    text += "\n" + std::string(request.headers.get(name).value_or(""));
                requests.push_back(std::move(text));
            }
            return requests;
        };
        (void)stage.write(stage.cassette().events);
        const auto first = sent();
        if (auto opened = stage.open_destination(); !opened) return failed(opened.error().text());
        (void)stage.write(stage.cassette().events);
        if (first == sent()) return passed();
        return failed(
            "the second attempt sends something else: receivers could not tell it from "
            "a new event"
        );
    });
}

Finding keeps_order(const Scene& scene) {
    return on_events(scene, [](Stage& stage) {
        const auto& events = stage.cassette().events;
        if (events.size() < 2) return passed("needs two events of one subject in a cassette");
        // One request fails, or, where the host repeats what is safe to repeat, five.
        for (std::size_t plan = 0; plan < 2 * events.size(); ++plan) {
            const std::size_t first = plan / 2, last = first + (plan % 2 == 0 ? 0 : 4);
            if (auto opened = stage.open_destination(); !opened)
                return failed(opened.error().text());
            stage.http().fault = [&](std::size_t nth) {
                return Result<net::Response>(answer(nth >= first && nth <= last ? 503 : 200));
            };
            const auto results = stage.write(events);
            if (!results) continue;
            std::set<std::string> waiting;
            for (std::size_t i = 0; i < events.size(); ++i) {
                const bool delivered = (*results)[i].outcome == Outcome::delivered;
                if (delivered && waiting.contains(events[i].subject))
                    return failed("an event is delivered before an earlier one of the same customer"
                    );
                if (!delivered) waiting.insert(events[i].subject);
            }
        }
        return passed();
    });
}

}  // namespace

std::vector<Test> destination_tests() {
    return {
        {{"destination.check", "check() succeeds with a sentence for people.", 'B'},
         Applies::destinations,
         &says_that_it_works,
         Housing::both},
        {{"destination.delivers", "It delivers every event.", 'F'},
         Applies::destinations,
         &delivers,
         Housing::both},
        {{"destination.empty", "A batch without events is fine.", 'D'},
         Applies::destinations,
         &takes_an_empty_batch,
         Housing::both},
        {{"destination.503", "What a receiver could not take is tried again.", 'C'},
         Applies::destinations,
         &tries_again_later,
         Housing::both},
        {{"destination.retry-after", "A receiver's wish to wait is passed on.", 'B'},
         Applies::destinations,
         &keeps_the_receivers_wish,
         Housing::both},
        {{"destination.honest", "What was refused never counts as delivered.", 'D'},
         Applies::destinations,
         &is_honest_about_refusals,
         Housing::both},
        {{"destination.lost-connection", "After a lost connection it tries again.", 'C'},
         Applies::destinations,
         &survives_lost_connections,
         Housing::both},
        {{"destination.idempotent", "Every attempt looks the same to the receiver.", 'C'},
         Applies::destinations,
         &repeats_itself,
         Housing::both},
        {{"destination.order", "Events of one customer arrive in order.", 'C'},
         Applies::destinations,
         &keeps_order,
         Housing::both},
    };
}

}  // namespace touchline::check
