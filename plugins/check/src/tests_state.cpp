// States: stopping anywhere, going on there, and states that are not one's own.
#include "scene.hpp"

namespace touchline::check {

namespace {

/// What is stored when the process dies right after `stage` has handed over `emissions`: all up to
/// the last checkpoint among them.
struct Stored {
    std::vector<std::string> records;
    State state;
};

Stored stored_after(const std::vector<Emission>& emissions, std::size_t count) {
    Stored stored;
    std::vector<std::string> open;
    for (std::size_t i = 0; i < count; ++i) {
        const Emission& one = emissions[i];
        open.insert(open.end(), one.records.begin(), one.records.end());
        if (one.kind == Emission::Kind::bad_record) open.push_back(one.bytes);
        if (one.kind != Emission::Kind::checkpoint) continue;
        stored.records.insert(stored.records.end(), open.begin(), open.end());
        open.clear();
        stored.state = one.state;
    }
    return stored;
}

std::vector<std::string> everything(const Reading& reading) {
    std::vector<std::string> all;
    for (const Emission& one : reading.emissions) {
        all.insert(all.end(), one.records.begin(), one.records.end());
        if (one.kind == Emission::Kind::bad_record) all.push_back(one.bytes);
    }
    return all;
}

Finding resumes(const Scene& scene) {
    return on_streams(scene, [](Stage& stage, const std::string& stream) {
        const auto whole = read_whole(stage, stream);
        if (!whole) return failed(whole.error().text());
        for (std::size_t killed = 1; killed < whole->emissions.size(); ++killed) {
            Stored stored = stored_after(whole->emissions, killed);
            if (auto opened = stage.open(); !opened) return failed(opened.error().text());
            const auto rest = read_whole(stage, stream, stored.state);
            if (!rest)
                return failed(
                    "killed after step " + std::to_string(killed) + " of " +
                    std::to_string(whole->emissions.size()) + ", going on: " + rest.error().text()
                );
            const auto more = everything(*rest);
            stored.records.insert(stored.records.end(), more.begin(), more.end());
            if (const auto lost = first_missing(everything(*whole), stored.records)) {
                return failed(
                    "killed after step " + std::to_string(killed) + " of " +
                    std::to_string(whole->emissions.size()) + ", this record is lost: " + *lost
                );
            }
        }
        return passed();
    });
}

Finding stops_when_the_store_fails(const Scene& scene) {
    return on_streams(scene, [](Stage& stage, const std::string& stream) {
        const auto whole = read_whole(stage, stream);
        if (!whole) return failed(whole.error().text());
        for (std::size_t bad = 0; bad < whole->emissions.size(); ++bad) {
            if (auto opened = stage.open(); !opened) return failed(opened.error().text());
            stage.on_emission = [bad](std::size_t nth) -> Result<void> {
                if (nth == bad) return Error(Code::unavailable, "the disk is full");
                return {};
            };
            const Reading reading = stage.read(stream, {}, 1);
            if (!reading.error) return failed("the host's error came to nothing");
            if (stage.answers_at_once() && stage.emissions > bad + 1) {
                return failed(
                    "after the host could not store step " + std::to_string(bad + 1) +
                    " it hands over more: records would be lost"
                );
            }
        }
        return passed();
    });
}

Finding refuses_newer_states(const Scene& scene) {
    return on_streams(scene, [](Stage& stage, const std::string& stream) {
        const auto whole = read_whole(stage, stream);
        if (!whole) return failed(whole.error().text());
        auto state = whole->last_state();
        if (!state) return passed();
        state->version += 1000;
        if (auto opened = stage.open(); !opened) return failed(opened.error().text());
        const Reading reading = stage.read(stream, *state, 1);
        if (reading.error && reading.error->code() == Code::config) return passed();
        return failed(
            "a state that a newer release wrote has to give TL_CONFIG, or records would be skipped"
        );
    });
}

Finding survives_foreign_states(const Scene& scene) {
    return on_streams(scene, [&](Stage& stage, const std::string& stream) {
        Dice dice(scene.seed);
        std::string noise;
        for (int i = 0; i < 300; ++i) noise += static_cast<char>(dice.roll());
        const auto whole = read_whole(stage, stream);
        if (!whole) return failed(whole.error().text());
        const State good = whole->last_state().value_or(State{1, "{}"});
        std::vector<std::string> states{
            "",
            "{",
            "null",
            "[]",
            "{}",
            "0",
            "\"\"",
            std::string(60'000, '['),
            noise,
            "-9223372036854775809",
            "{\"a\":1e999}",
            std::string(1, '\0')};
        for (std::size_t i = 0; i < good.bytes.size(); ++i) {
            if (i > 40 && i % 7 != 0) continue;
            states.push_back(good.bytes.substr(0, i));
            std::string flipped = good.bytes;
            flipped[i] = static_cast<char>(flipped[i] ^ 0x15);
            states.push_back(flipped);
        }
        for (const std::string& state : states) {
            if (auto opened = stage.open(); !opened) return failed(opened.error().text());
            const Reading reading = stage.read(stream, {good.version, state}, 50);
            if (stage.http().ran_away()) return failed("a damaged state makes it ask for ever");
            if (reading.error && reading.error->code() == Code::internal &&
                reading.error->text().find("exception") != std::string::npos) {
                return failed("a damaged state makes it throw: " + reading.error->text());
            }
        }
        return passed();
    });
}

}  // namespace

std::vector<Test> state_tests() {
    return {
        {{"state.resume", "Killed anywhere, it goes on without losing a record.", 'C'},
         Applies::sources,
         &resumes,
         Housing::both},
        {{"state.store-fails", "When the host cannot store, it stops at once.", 'C'},
         Applies::sources,
         &stops_when_the_store_fails,
         Housing::both},
        {{"state.newer-version", "A state of a newer release is refused.", 'C'},
         Applies::sources,
         &refuses_newer_states,
         Housing::both},
        {{"state.foreign", "A damaged state is refused or read as none.", 'D'},
         Applies::sources,
         &survives_foreign_states,
         Housing::both},
    };
}

}  // namespace touchline::check
