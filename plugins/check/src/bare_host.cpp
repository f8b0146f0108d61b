#include "bare_host.hpp"

#include "touchline/host/settings.hpp"

#include <algorithm>
#include <chrono>

namespace touchline::check {

using sdk::testing::FakeHost;

std::string settings_of(const host::Manifest& manifest, const Cassette& cassette) {
    return host::complete_settings(manifest, cassette.settings).value_or("{}");
}

std::vector<std::string> stream_names(const host::Manifest& manifest, const Cassette& cassette) {
    std::vector<std::string> names;
    const auto settings = json::Document::parse(settings_of(manifest, cassette));
    for (const host::StreamDeclaration& stream : manifest.streams) {
        auto name = host::expand(stream.name, settings->root());
        const bool wanted =
            name && (cassette.streams.empty() || std::ranges::count(cassette.streams, *name) > 0);
        if (wanted) names.push_back(*std::move(name));
    }
    return names;
}

std::unique_ptr<FakeHost> fake_host_of(const host::Manifest& manifest, const Cassette& cassette) {
    auto fake = std::make_unique<FakeHost>();
    fake->clock_ms =
        std::chrono::floor<std::chrono::milliseconds>(cassette.now.time_since_epoch()).count();
    const auto settings = json::Document::parse(settings_of(manifest, cassette));
    std::vector<std::string> bases;
    for (const host::TargetDeclaration& target : manifest.targets) {
        if (auto base = host::expand(target.base_url, settings->root())) bases.push_back(*base);
    }
    for (const Exchange& exchange : cassette.exchanges) {
        sdk::testing::Fields headers;
        std::int64_t retry_after = -1;
        for (const net::Header& header : exchange.answer.headers)
            headers.emplace_back(header.name, header.value);
        const sdk::testing::Answer answer{
            exchange.answer.status, exchange.answer.body, headers, retry_after, TL_OK};
        fake->answer(exchange.method + " " + exchange.url, answer);
        for (const std::string& base : bases) {
            if (exchange.url.starts_with(base))
                fake->answer(exchange.method + " " + exchange.url.substr(base.size()), answer);
        }
    }
    for (const CassetteFile& file : cassette.files)
        fake->file(file.name, file.bytes, (fake->clock_ms - 3'600'000) * 1'000'000);
    return fake;
}

void use(
    const Scene& scene,
    const tl_plugin& plugin,
    const Cassette& cassette,
    FakeHost& fake,
    const tl_host* host
) {
    void* self = nullptr;
    const std::string settings = settings_of(scene.manifest, cassette);
    if (plugin.create(host, fake.job(), {settings.data(), settings.size()}, &self) != TL_OK ||
        self == nullptr)
        return;
    (void)plugin.check(self, fake.job());
    if (const auto* source = static_cast<const tl_source_1*>(plugin.capability(TL_SOURCE_1))) {
        for (const std::string& stream : stream_names(scene.manifest, cassette)) {
            const tl_read args{
                sizeof(tl_read),
                0,
                {stream.data(), stream.size()},
                {},
                TL_TIME_UNSET,
                TL_TIME_UNSET};
            (void)source->read(self, fake.job(), &args);
        }
        for (const CassetteWebhook& webhook : cassette.webhooks) {
            if (source->webhook == nullptr) break;
            const tl_webhook call{
                sizeof(tl_webhook),
                0,
                {webhook.stream.data(), webhook.stream.size()},
                nullptr,
                0,
                fake.make_body(webhook.body)};
            (void)source->webhook(self, fake.job(), &call);
        }
    }
    std::vector<tl_record> records;
    for (const CassetteEvent& event : cassette.events)
        records.push_back(
            {{event.id.data(), event.id.size()},
             {event.subject.data(), event.subject.size()},
             {event.type.data(), event.type.size()},
             fake.make_body(event.body),
             event.body.size()}
        );
    const tl_batch batch{sizeof(tl_batch), 0, records.data(), records.size()};
    if (const auto* destination =
            static_cast<const tl_destination_1*>(plugin.capability(TL_DESTINATION_1)))
        (void)destination->write(self, fake.job(), &batch);
    if (const auto* enricher = static_cast<const tl_enricher_1*>(plugin.capability(TL_ENRICHER_1)))
        (void)enricher->enrich(self, fake.job(), &batch);
    plugin.destroy(self);
}

}  // namespace touchline::check
