// Calls that come in.
#include "spoil.hpp"

namespace touchline::check {

namespace {

Finding on_webhooks(
    const Scene& scene, const std::function<Finding(Stage&, const CassetteWebhook&)>& f
) {
    auto library = scene.load();
    if (!library) return failed(library.error().text());
    int tried = 0;
    for (const Cassette& cassette : scene.cassettes) {
        for (const CassetteWebhook& webhook : cassette.webhooks) {
            auto stage = Stage::make(*library, cassette, scene.isolation);
            if (!stage) return failed(stage.error().text());
            if (auto opened = (*stage)->open(); !opened) return failed(opened.error().text());
            ++tried;
            Finding finding = f(**stage, webhook);
            if (finding.verdict == Verdict::passed) continue;
            finding.message = "cassette " + cassette.name + ": " + finding.message;
            return finding;
        }
    }
    return tried == 0 ? skipped("no cassette has webhooks") : passed();
}

Finding takes_calls(const Scene& scene) {
    return on_webhooks(scene, [](Stage& stage, const CassetteWebhook& webhook) {
        const Reading reading = stage.webhook(webhook);
        if (!stage.http().missing.empty())
            return failed("the cassette has no answer to " + stage.http().missing.front());
        if (reading.error) return failed("a recorded call is refused: " + reading.error->text());
        if (reading.emissions.empty()) return failed("a recorded call gives nothing");
        return passed();
    });
}

Finding takes_the_same_call_the_same_way(const Scene& scene) {
    return on_webhooks(scene, [](Stage& stage, const CassetteWebhook& webhook) {
        const Reading first = stage.webhook(webhook);
        const Reading second = stage.webhook(webhook);
        if (first.emissions == second.emissions) return passed();
        return failed("the same call twice gives different records");
    });
}

Finding endures_strange_calls(const Scene& scene) {
    return on_webhooks(scene, [&](Stage& stage, const CassetteWebhook& good) {
        Dice dice(scene.seed);
        std::vector<std::string> bodies = unrelated();
        for (auto& more :
             {cut_off(good.body),
              with_other_values(good.body, 60, dice),
              with_bad_utf8(good.body, dice)})
            bodies.insert(bodies.end(), more.begin(), more.end());
        for (const std::string& body : bodies) {
            CassetteWebhook strange = good;
            strange.body = body;
            const Reading reading = stage.webhook(strange);
            if (reading.error && reading.error->text().find("threw") != std::string::npos)
                return failed(reading.error->text());
        }
        CassetteWebhook bare = good;
        bare.headers = {};
        (void)stage.webhook(bare);
        return passed();
    });
}

Finding refuses_empty_calls(const Scene& scene) {
    return on_webhooks(scene, [](Stage& stage, const CassetteWebhook& good) {
        CassetteWebhook empty = good;
        empty.body.clear();
        const Reading reading = stage.webhook(empty);
        if (reading.error && reading.error->code() == Code::internal)
            return failed("a call without content is called a defect: " + reading.error->text());
        return passed();
    });
}

}  // namespace

std::vector<Test> webhook_tests() {
    return {
        {{"webhook.takes-calls", "A recorded call becomes records.", 'F'},
         Applies::webhooks,
         &takes_calls,
         Housing::both},
        {{"webhook.same-twice", "The same call gives the same records.", 'C'},
         Applies::webhooks,
         &takes_the_same_call_the_same_way,
         Housing::both},
        {{"webhook.strange-calls", "Strange calls do it no harm.", 'D'},
         Applies::webhooks,
         &endures_strange_calls,
         Housing::both},
        {{"webhook.empty-call", "A call without content is not called a defect.", 'B'},
         Applies::webhooks,
         &refuses_empty_calls,
         Housing::both},
    };
}

}  // namespace touchline::check
