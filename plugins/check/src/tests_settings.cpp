// Instances: made, made wrongly, made often, and asked whether they can work.
#include "scene.hpp"

#include "touchline/json/view.hpp"
#include "touchline/json/writer.hpp"

#include <malloc.h>

#include <array>

namespace touchline::check {

namespace {

std::size_t bytes_in_use() {
    return mallinfo2().uordblks;
}

Finding survives_odd_settings(const Scene& scene) {
    // What a setting may be by the schema goes further than what its author had in mind.
    const std::string huge(100'000, 'x');
    const std::array<std::string, 7> texts{
        "", " ", "\n", "\xC3\xA9\xE2\x82\xAC", "%s%n../../\\", "http://[::1", huge};
    const auto schema = json::Document::parse(scene.manifest.settings_schema);
    const auto properties = schema ? schema->root().get("properties") : std::nullopt;
    if (!properties) return skipped("it has no settings");
    auto library = scene.load();
    if (!library) return failed(library.error().text());
    for (const Cassette& cassette : scene.cassettes) {
        const auto settings = json::Document::parse(cassette.settings);
        for (const json::Member property : properties->members()) {
            for (const std::string& text : texts) {
                json::Writer writer;
                writer.begin_object();
                for (const json::Member member : settings->root().members()) {
                    if (member.key != property.key) writer.key(member.key).raw(member.value.text());
                }
                writer.member(property.key, text).end_object();
                Cassette odd = cassette;
                odd.settings = writer.take();
                auto stage = Stage::make(*library, odd);
                if (!stage) continue;  // the host refuses it
                const auto opened = (*stage)->open();
                if (!opened && opened.error().code() == Code::internal) {
                    return failed(
                        "the setting \"" + std::string(property.key) +
                        "\" with an odd text gives \"" + opened.error().text() +
                        "\"; wrong settings have to give TL_CONFIG"
                    );
                }
            }
        }
    }
    return passed();
}

Finding makes_no_requests_at_first(const Scene& scene) {
    return on_stages(scene, [](Stage& stage) {
        if (stage.http().requests.empty()) return passed();
        return failed("create() sent a request; only check, read, webhook and write may");
    });
}

Finding comes_and_goes(const Scene& scene) {
    auto library = scene.load();
    if (!library) return failed(library.error().text());
    auto stage = Stage::make(*library, scene.cassettes.front());
    if (!stage) return failed(stage.error().text());
    const auto open = [&] {
        return scene.manifest.can("tl.destination/1") ? (*stage)->open_destination()
                                                      : (*stage)->open();
    };
    for (int i = 0; i < 50; ++i) {
        if (auto opened = open(); !opened) return failed(opened.error().text());
        (*stage)->close();
    }
    const std::size_t before = bytes_in_use();
    constexpr int k_times = 1000;
    for (int i = 0; i < k_times; ++i) {
        if (auto opened = open(); !opened) return failed(opened.error().text());
        (*stage)->close();
    }
    const std::size_t after = bytes_in_use();
    // The allocator's own book-keeping moves by a little.
    if (after <= before + 16U * k_times) return passed();
    return failed(
        "1000 instances left " + std::to_string((after - before) / k_times) + " bytes each behind"
    );
}

Finding stands_beside_another(const Scene& scene) {
    return on_streams(scene, [](Stage& stage, const std::string& stream) {
        const auto alone = read_whole(stage, stream);
        if (!alone) return failed(alone.error().text());
        auto other = Stage::make(
            std::make_shared<const host::PluginLibrary>(stage.library()), stage.cassette()
        );
        if (!other || !(*other)->open() || !stage.open())
            return failed("it cannot be opened twice");
        // The other one moves whenever this one hands something over.
        bool inside = false;
        stage.on_emission = [&](std::size_t) -> Result<void> {
            if (inside) return {};
            inside = true;
            (void)(*other)->read(stream);
            return {};
        };
        const Reading together = stage.read(stream);
        if (together.emissions == alone->emissions) return passed();
        return failed(
            "it gives other records while a second connection of the same connector reads: the "
            "two share something"
        );
    });
}

Finding says_that_it_works(const Scene& scene) {
    return on_stages(scene, [](Stage& stage) {
        const auto sentence = stage.check();
        if (!stage.http().missing.empty())
            return failed("check: the cassette has no answer to " + stage.http().missing.front());
        if (!sentence) return failed("check: " + sentence.error().text());
        if (*sentence == "It answers.")
            return failed("check() is good but says nothing that people could read");
        return passed();
    });
}

net::Response answer(int status, std::string body = {}, net::Headers headers = {}) {
    return {status, std::move(headers), std::move(body), "https://example.com/"};
}

Finding tells_bad_credentials(const Scene& scene) {
    return on_stages(scene, [](Stage& stage) {
        stage.http().fault = [](std::size_t) { return Result<net::Response>(answer(401)); };
        const auto sentence = stage.check();
        if (stage.http().requests.empty()) return passed("check() sends no request");
        if (sentence) return failed("every request is answered with 401, and check() says: fine");
        if (sentence.error().code() == Code::auth) return passed();
        return failed(
            "every request is answered with 401, and check() says \"" +
            std::string(to_string(sentence.error().code())) + "\" instead of \"auth\""
        );
    });
}

Finding tells_that_nobody_is_there(const Scene& scene) {
    return on_stages(scene, [](Stage& stage) {
        stage.http().fault = [](std::size_t) {
            return Result<net::Response>(Error(Code::unavailable, "nobody listens there"));
        };
        const auto sentence = stage.check();
        if (stage.http().requests.empty()) return passed("check() sends no request");
        if (sentence) return failed("nobody answers, and check() says: fine");
        if (sentence.error().code() != Code::internal) return passed();
        return failed("nobody answers, and check() calls it a defect: " + sentence.error().text());
    });
}

}  // namespace

std::vector<Test> settings_tests() {
    return {
        {{"settings.odd-values",
          "Settings that its author never thought of are refused or taken.",
          'D'},
         Applies::sources,
         &survives_odd_settings},
        {{"instance.no-requests", "Making an instance sends no request.", 'B'},
         Applies::http_sources,
         &makes_no_requests_at_first},
        {{"instance.leaves-nothing", "A thousand instances leave no memory behind.", 'B'},
         Applies::everyone,
         &comes_and_goes},
        {{"instance.stands-alone", "Two connections beside each other do not mix.", 'D'},
         Applies::sources,
         &stands_beside_another},
        {{"check.works", "check() succeeds on good traffic, with a sentence for people.", 'B'},
         Applies::sources,
         &says_that_it_works},
        {{"check.credentials", "Refused credentials are told apart from everything else.", 'C'},
         Applies::http_sources,
         &tells_bad_credentials},
        {{"check.unreachable", "An unreachable system is not called a defect.", 'B'},
         Applies::http_sources,
         &tells_that_nobody_is_there},
    };
}

}  // namespace touchline::check
