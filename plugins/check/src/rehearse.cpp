#include "touchline/check/rehearse.hpp"

#include "stage.hpp"

#include "touchline/host/settings.hpp"
#include "touchline/json/view.hpp"
#include "touchline/json/writer.hpp"

#include <algorithm>

namespace touchline::check {

namespace {

void take(Reading reading, Rehearsal& out) {
    for (const Emission& one : reading.emissions) {
        out.records.insert(out.records.end(), one.records.begin(), one.records.end());
        out.bad_records += one.kind == Emission::Kind::bad_record ? 1 : 0;
        out.checkpoints += one.kind == Emission::Kind::checkpoint ? 1 : 0;
    }
    if (reading.error) out.error = std::move(reading.error);
}

/// The record that a host makes of an answer (touchline/ingest/enrichment_source.hpp).
Result<std::string> record_of(const CassetteEvent& customer, Time now, const std::string& facts) {
    TOUCHLINE_TRY(const auto fields, json::Document::parse(customer.body));
    json::Writer record;
    record.begin_object().member("id", customer.id);
    for (const auto& [name, value] : fields.root().members()) record.key(name).raw(value.text());
    record.member("asked_at", format_rfc3339(now)).key("facts").raw(facts);
    return record.end_object().take();
}

/// What an enricher knows of a cassette's customers, as records; who is not known makes none.
Result<Rehearsal> rehearse_enricher(Stage& stage) {
    Rehearsal one;
    one.cassette = stage.cassette().name;
    one.settings = stage.cassette().settings;
    one.stream.name = "customers";
    one.stream.key = "/id";
    TOUCHLINE_CHECK(stage.open_enricher());
    const auto& customers = stage.cassette().events;
    TOUCHLINE_TRY(const auto answers, stage.enrich(customers));
    for (std::size_t i = 0; i < answers.size(); ++i) {
        if (answers[i].outcome != ingest::Enrichment::Outcome::answered) {
            one.error = Error(Code::retry, customers[i].id + ": " + answers[i].message);
            continue;
        }
        if (answers[i].facts == "{}") continue;
        TOUCHLINE_TRY(auto record, record_of(customers[i], stage.cassette().now, answers[i].facts));
        one.records.push_back(std::move(record));
    }
    one.requests = stage.http().requests.size();
    return one;
}

}  // namespace

Result<std::vector<Rehearsal>> rehearse(
    const std::filesystem::path& plugin, const std::vector<Cassette>& cassettes
) {
    TOUCHLINE_TRY(const auto library, host::PluginLibrary::load(plugin));
    const bool source = library->manifest().can("tl.source/1");
    if (!source && !library->manifest().can("tl.enricher/1"))
        return Error(Code::config, library->manifest().id + " reads nothing");
    std::vector<Rehearsal> all;
    for (const Cassette& cassette : cassettes) {
        TOUCHLINE_TRY(const auto stage, Stage::make(library, cassette));
        if (!source) {
            TOUCHLINE_TRY(auto one, rehearse_enricher(*stage).with("cassette " + cassette.name));
            all.push_back(std::move(one));
            continue;
        }
        TOUCHLINE_CHECK(stage->open().with("cassette " + cassette.name));
        TOUCHLINE_TRY(
            const std::string settings,
            host::complete_settings(library->manifest(), cassette.settings)
        );
        for (const std::string& stream : stage->streams()) {
            TOUCHLINE_CHECK(stage->open());
            Rehearsal one;
            one.cassette = cassette.name;
            one.settings = settings;
            const auto& declared = stage->source().streams();
            one.stream = *std::ranges::find(declared, stream, &ingest::StreamInfo::name);
            take(stage->read(stream), one);
            for (const CassetteWebhook& webhook : cassette.webhooks) {
                if (webhook.stream == stream) take(stage->webhook(webhook), one);
            }
            one.requests = stage->http().requests.size();
            if (!stage->http().missing.empty())
                one.error = Error(
                    Code::not_found,
                    "the cassette has no answer to " + stage->http().missing.front()
                );
            all.push_back(std::move(one));
        }
    }
    return all;
}

}  // namespace touchline::check
