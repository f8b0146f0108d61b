// What a good guest does not do: talk, look around, carry things out, move the furniture.
#include "cage.hpp"
#include "child.hpp"
#include "scene.hpp"

#include "touchline/base/log.hpp"
#include "touchline/host/settings.hpp"
#include "touchline/json/view.hpp"

#include <sys/stat.h>
#include <unistd.h>

#include <clocale>
#include <csignal>
#include <cstdlib>
#include <set>

extern char** environ;  // NOLINT

namespace touchline::check {

namespace {

/// Everything that it says on the way.
struct Words {
    std::vector<std::string> errors, states, sentences;
};

/// All that this connector can do, on all cassettes, well and with every request failing.
Result<Words> use_all(const Scene& scene) {
    Words words;
    TOUCHLINE_TRY(const auto library, scene.load());
    for (const Cassette& cassette : scene.cassettes) {
        TOUCHLINE_TRY(const auto stage, Stage::make(library, cassette));
        for (const int status : {0, 401, 500}) {
            const bool destination = scene.manifest.can("tl.destination/1");
            TOUCHLINE_CHECK(destination ? stage->open_destination() : stage->open());
            if (status != 0) {
                stage->http().fault = [status](std::size_t) {
                    return Result<net::Response>(net::Response{status, {}, "", ""});
                };
            }
            if (destination || scene.manifest.can("tl.source/1")) {
                auto sentence = stage->check();
                words.sentences.push_back(sentence ? *sentence : sentence.error().text());
            }
            if (destination) {
                auto results = stage->write(cassette.events);
                if (!results) words.errors.push_back(results.error().text());
                continue;
            }
            if (!scene.manifest.can("tl.source/1")) continue;
            for (const std::string& stream : stage->streams()) {
                const Reading reading = stage->read(stream, {}, 100);
                if (reading.error) words.errors.push_back(reading.error->text());
                for (const Emission& one : reading.emissions)
                    words.states.push_back(one.state.bytes);
            }
            for (const CassetteWebhook& webhook : cassette.webhooks) (void)stage->webhook(webhook);
        }
    }
    return words;
}

Finding in_cage(const Scene& scene, Cage cage) {
    // Loaded and used once before: the first use may set things up that the host is to blame for.
    auto before = use_all(scene);
    if (!before) return failed(before.error().text());
    auto library = scene.load();
    std::vector<std::unique_ptr<Stage>> stages;
    for (const Cassette& cassette : scene.cassettes) {
        auto stage = Stage::make(*library, cassette);
        if (!stage) return failed(stage.error().text());
        stages.push_back(*std::move(stage));
    }
    if (!close_cage(cage)) return skipped("this kernel has no seccomp filters");
    for (const auto& stage : stages) {
        const bool destination = scene.manifest.can("tl.destination/1");
        const auto opened = destination ? stage->open_destination() : stage->open();
        if (!opened) return failed(opened.error().text());
        if (destination) {
            (void)stage->write(stage->cassette().events);
        } else if (scene.manifest.can("tl.source/1")) {
            (void)stage->check();
            for (const std::string& stream : stage->streams()) (void)stage->read(stream, {}, 100);
            for (const CassetteWebhook& webhook : stage->cassette().webhooks)
                (void)stage->webhook(webhook);
        }
    }
    return passed();
}

Finding opens_no_sockets(const Scene& scene) {
    return in_cage(scene, Cage::network);
}

Finding opens_no_files(const Scene& scene) {
    if (!scene.manifest.files.empty())
        return skipped("the host itself opens files for this connector");
    return in_cage(scene, Cage::files);
}

Finding starts_nothing(const Scene& scene) {
    for (const std::string& need : scene.manifest.needs) {
        if (need == "threads") return skipped("its manifest asks for threads");
    }
    return in_cage(scene, Cage::processes);
}

Finding prints_nothing(const Scene& scene) {
    set_log_level(LogLevel::off);
    const auto words = use_all(scene);
    if (!words) return failed(words.error().text());
    const std::string printed = printed_so_far();
    if (printed.empty()) return passed();
    return failed("it prints: " + printed.substr(0, printed.find('\n')).substr(0, 200));
}

/// Texts of an answer that belong to a customer: e-mail addresses, for all that a program can tell.
void collect_addresses(json::View value, std::set<std::string>& out) {
    if (const auto text = value.as_string()) {
        const auto at = text->find('@');
        const bool address = at != std::string_view::npos && at > 0 &&
                             text->find('.', at) != std::string_view::npos &&
                             text->find(' ') == std::string_view::npos;
        if (address) out.emplace(*text);
    }
    for (const json::View item : value.elements()) collect_addresses(item, out);
    for (const json::Member member : value.members()) collect_addresses(member.value, out);
}

std::set<std::string> addresses_in(const Scene& scene) {
    std::set<std::string> found;
    for (Cassette cassette : scene.cassettes) {
        for (const std::string* part : cassette.parts()) {
            if (const auto document = json::Document::parse(*part))
                collect_addresses(document->root(), found);
        }
        for (const CassetteEvent& event : cassette.events) {
            if (const auto document = json::Document::parse(event.body))
                collect_addresses(document->root(), found);
        }
    }
    return found;
}

Finding logs_no_customer_data(const Scene& scene) {
    const auto addresses = addresses_in(scene);
    if (addresses.empty()) return skipped("no cassette has an e-mail address to look for");
    set_log_level(LogLevel::debug);
    const auto words = use_all(scene);
    if (!words) return failed(words.error().text());
    std::string said = printed_so_far();
    for (const std::string& error : words->errors) said += "\n" + error;
    for (const std::string& address : addresses) {
        if (said.find(address) != std::string::npos)
            return failed(
                "the log or an error carries " + address + ", which came out of a customer's record"
            );
    }
    return passed();
}

/// Values of the settings that the manifest calls secret.
std::vector<std::string> secret_settings(const Scene& scene) {
    std::vector<std::string> secrets{std::string(k_canary)};
    const auto schema = json::Document::parse(scene.manifest.settings_schema);
    const auto properties = schema ? schema->root().get("properties") : std::nullopt;
    if (!properties) return secrets;
    for (const Cassette& cassette : scene.cassettes) {
        const auto settings = json::Document::parse(cassette.settings);
        for (const json::Member property : properties->members()) {
            const auto format = property.value.get("format");
            if (!format || format->as_string() != "secret") continue;
            const auto value = settings->root().get(property.key);
            const auto text = value ? value->as_string() : std::nullopt;
            if (text && text->size() >= 4) secrets.emplace_back(*text);
        }
    }
    return secrets;
}

Finding tells_no_secrets(const Scene& scene) {
    set_log_level(LogLevel::debug);
    const auto words = use_all(scene);
    if (!words) return failed(words.error().text());
    std::string said = printed_so_far();
    for (const auto* list : {&words->errors, &words->states, &words->sentences}) {
        for (const std::string& one : *list) said += "\n" + one;
    }
    for (const std::string& secret : secret_settings(scene)) {
        if (said.find(secret) != std::string::npos)
            return failed("a secret shows up in the log, a state or a message");
    }
    return passed();
}

/// What belongs to the whole process.
struct Furniture {
    std::string directory, locale;
    mode_t mask = 0;
    std::vector<std::string> environment;
    std::vector<std::uintptr_t> handlers;
    bool operator==(const Furniture&) const = default;
};

Furniture look_around() {
    Furniture seen;
    std::error_code ignored;
    seen.directory = std::filesystem::current_path(ignored).string();
    seen.locale = std::setlocale(LC_ALL, nullptr);
    seen.mask = umask(0);
    umask(seen.mask);
    for (char** one = environ; *one != nullptr; ++one) seen.environment.emplace_back(*one);
    for (int signal = 1; signal < 32; ++signal) {
        struct sigaction action {};
        sigaction(signal, nullptr, &action);
        seen.handlers.push_back(reinterpret_cast<std::uintptr_t>(action.sa_handler));
    }
    return seen;
}

Finding moves_no_furniture(const Scene& scene) {
    const Furniture before = look_around();
    const auto words = use_all(scene);
    if (!words) return failed(words.error().text());
    const Furniture after = look_around();
    if (before == after) return passed();
    const char* const what = before.handlers != after.handlers         ? "a signal handler"
                             : before.environment != after.environment ? "the environment"
                             : before.locale != after.locale           ? "the locale"
                             : before.directory != after.directory     ? "the working directory"
                                                                       : "the file mask";
    return failed(std::string("it changes ") + what + " of the whole process");
}

}  // namespace

std::vector<Test> hygiene_tests() {
    return {
        {{"hygiene.no-network", "It opens no sockets of its own.", 'F'},
         Applies::everyone,
         &opens_no_sockets},
        {{"hygiene.no-files", "It opens no files of its own.", 'D'},
         Applies::everyone,
         &opens_no_files},
        {{"hygiene.no-processes", "It starts no programs, processes or threads.", 'D'},
         Applies::everyone,
         &starts_nothing},
        {{"hygiene.silent", "It prints nothing; the log is the host's.", 'B'},
         Applies::everyone,
         &prints_nothing},
        {{"hygiene.no-customer-data", "Its log and its errors carry no customer's data.", 'D'},
         Applies::everyone,
         &logs_no_customer_data},
        {{"hygiene.no-secrets", "No secret shows up in the log, a state or a message.", 'F'},
         Applies::everyone,
         &tells_no_secrets},
        {{"hygiene.process-untouched",
          "It leaves the locale, the environment, signals and folders of the process alone.",
          'B'},
         Applies::everyone,
         &moves_no_furniture},
    };
}

}  // namespace touchline::check
