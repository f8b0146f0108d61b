// Facts about customers. What an enricher says wrongly, the host would not pass on: there it stands
// on the fake host.
#include "bare_host.hpp"

#include "touchline/json/view.hpp"

#include <set>

namespace touchline::check {

namespace {

using sdk::testing::FakeConnection;
using sdk::testing::FakeHost;
using sdk::testing::KeptItem;

std::vector<std::pair<std::string, std::string>> customers_of(const Cassette& cassette) {
    std::vector<std::pair<std::string, std::string>> customers;
    for (const CassetteEvent& event : cassette.events) customers.emplace_back(event.id, event.body);
    return customers;
}

Finding on_customers(
    const Scene& scene, const std::function<Finding(const tl_plugin&, const Cassette&)>& f
) {
    auto library = scene.load();
    if (!library) return failed(library.error().text());
    int tried = 0;
    for (const Cassette& cassette : scene.cassettes) {
        if (cassette.events.empty()) continue;
        ++tried;
        const Finding finding = f((*library)->table(), cassette);
        if (finding.verdict != Verdict::passed) return finding;
    }
    return tried == 0 ? skipped("no cassette has customers (\"events\")") : passed();
}

Finding finds_facts(const Scene& scene) {
    return on_customers(scene, [&](const tl_plugin& plugin, const Cassette& cassette) {
        const auto fake = fake_host_of(scene.manifest, cassette);
        FakeConnection enricher(*fake, &plugin, settings_of(scene.manifest, cassette));
        if (enricher.created() != TL_OK) return failed("create(): " + fake->error_message);
        const tl_status status = enricher.enrich(customers_of(cassette));
        if (status < 0) return failed("enrich(): " + fake->error_message);
        std::set<std::uint64_t> answered;
        for (const KeptItem& item : fake->items) {
            if (item.index >= cassette.events.size())
                return failed("it answers for a customer that it was not given");
            if (!answered.insert(item.index).second)
                return failed("it answers twice for one customer");
            const auto patch = json::Document::parse(item.bytes);
            if (item.status == TL_OK && (!patch || patch->root().kind() != json::Kind::object))
                return failed("a patch is no JSON object: " + item.bytes.substr(0, 100));
        }
        if (answered.size() < cassette.events.size())
            return failed("it does not answer for every customer");
        return passed();
    });
}

Finding never_makes_facts_up(const Scene& scene) {
    for (const int status : {401, 429, 500}) {
        Finding finding = on_customers(scene, [&](const tl_plugin& plugin, const Cassette& from) {
            Cassette broken = from;
            for (Exchange& exchange : broken.exchanges) exchange.answer = {status, {}, "{}"};
            if (broken.exchanges.empty()) return passed();
            const auto fake = fake_host_of(scene.manifest, broken);
            FakeConnection enricher(*fake, &plugin, settings_of(scene.manifest, broken));
            if (enricher.created() != TL_OK) return failed("create(): " + fake->error_message);
            (void)enricher.enrich(customers_of(broken));
            for (const KeptItem& item : fake->items) {
                if (item.status == TL_OK && item.bytes != "{}")
                    return failed(
                        "the system answers " + std::to_string(status) +
                        ", and it knows something: " + item.bytes.substr(0, 100)
                    );
            }
            return passed();
        });
        if (finding.verdict != Verdict::passed) return finding;
    }
    return passed();
}

Finding finds_the_same_twice(const Scene& scene) {
    auto library = scene.load();
    if (!library) return failed(library.error().text());
    int tried = 0;
    for (const Cassette& cassette : scene.cassettes) {
        if (cassette.events.empty()) continue;
        ++tried;
        auto stage = Stage::make(*library, cassette, scene.isolation);
        if (!stage) return failed(stage.error().text());
        std::vector<std::string> facts[2];
        for (auto& found : facts) {
            if (auto opened = (*stage)->open_enricher(); !opened)
                return failed(opened.error().text());
            const auto answers = (*stage)->enrich(cassette.events);
            if (!answers) return failed(answers.error().text());
            if (!(*stage)->http().missing.empty())
                return failed("the cassette has no answer to " + (*stage)->http().missing.front());
            for (const ingest::Enrichment& answer : *answers) found.push_back(answer.facts);
        }
        if (facts[0] != facts[1]) return failed("the same customers give different facts");
    }
    return tried == 0 ? skipped("no cassette has customers (\"events\")") : passed();
}

}  // namespace

std::vector<Test> enricher_tests() {
    return {
        {{"enricher.facts", "Every customer gets one answer, and facts are JSON objects.", 'F'},
         Applies::enrichers,
         &finds_facts},
        {{"enricher.no-inventions", "When the system fails, nothing is made up.", 'D'},
         Applies::enrichers,
         &never_makes_facts_up},
        {{"enricher.same-twice", "The same customers give the same facts.", 'C'},
         Applies::enrichers,
         &finds_the_same_twice,
         Housing::both},
    };
}

}  // namespace touchline::check
