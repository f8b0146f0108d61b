// The port Enricher over a connector's tl.enricher/1.
#include "record_batch.hpp"

#include "touchline/json/view.hpp"

namespace touchline::host {

namespace {

using ingest::Enrichment;

Enrichment::Outcome outcome_of(tl_status status) {
    switch (status) {
        case TL_OK:
            return Enrichment::Outcome::answered;
        case TL_BAD_DATA:
        case TL_DENIED:
            return Enrichment::Outcome::rejected;
        default:
            return Enrichment::Outcome::retry;
    }
}

Result<void> check_facts(const std::string& facts) {
    const auto document = json::Document::parse(facts);
    if (document && document->root().kind() == json::Kind::object) return {};
    return Error(Code::internal, "the connector's facts about a customer are no JSON object");
}

class EnricherAdapter final : public ingest::Enricher {
public:
    explicit EnricherAdapter(std::unique_ptr<Instance> instance) : instance_(std::move(instance)) {}

    Result<std::string> check(std::stop_token stop) override {
        return instance_->check(std::move(stop));
    }

    Result<std::vector<Enrichment>> enrich(
        std::span<const ingest::Subject> subjects, std::stop_token stop
    ) override {
        Job job(*instance_, std::move(stop));
        RecordBatch batch;
        for (const ingest::Subject& subject : subjects) {
            TOUCHLINE_CHECK(
                batch.add(job, subject.id, subject.id, "touchline.customer", subject.fields)
            );
        }
        const tl_batch raw = batch.raw();
        const tl_status status = instance_->guest().enrich(job, raw);
        if (status < 0 && job.items.empty()) return job.error_for(status);
        return answers(job, subjects.size(), status);
    }

private:
    static Result<std::vector<Enrichment>> answers(
        const Job& job, std::size_t count, tl_status status
    ) {
        Enrichment unknown;
        unknown.message = "the connector did not answer for this customer";
        if (status < 0) {
            const Error error = job.error_for(status);
            unknown.message = error.text();
            unknown.retry_after = error.retry_after();
        }
        std::vector<Enrichment> answers(count, unknown);
        for (const Item& item : job.items) {
            if (item.index >= count) {
                return Error(
                    Code::internal, "the connector answered for a customer that it was not given"
                );
            }
            Enrichment& answer = answers[item.index];
            answer.outcome = outcome_of(item.status);
            answer.message = item.message;
            answer.retry_after.reset();
            if (item.retry_after_ms >= 0)
                answer.retry_after = std::chrono::milliseconds(item.retry_after_ms);
            if (answer.outcome != Enrichment::Outcome::answered) continue;
            TOUCHLINE_CHECK(check_facts(item.bytes));
            answer.facts = item.bytes;
        }
        return answers;
    }

    std::unique_ptr<Instance> instance_;
};

Result<std::unique_ptr<ingest::Enricher>> make(
    std::unique_ptr<Guest> guest, ConnectionSetup setup, net::TargetServices services
) {
    const std::string& connector = guest->manifest().id;
    if (!guest->manifest().can(TL_ENRICHER_1)) {
        return Error(Code::config, connector + " is not an enricher")
            .with("connection " + setup.id);
    }
    TOUCHLINE_TRY(
        auto instance, Instance::make(std::move(guest), std::move(setup), std::move(services))
    );
    return std::unique_ptr<ingest::Enricher>(std::make_unique<EnricherAdapter>(std::move(instance))
    );
}

}  // namespace

Result<std::unique_ptr<ingest::Enricher>> make_enricher(
    std::shared_ptr<const PluginLibrary> library,
    ConnectionSetup setup,
    net::TargetServices services
) {
    return make(make_in_process_guest(std::move(library)), std::move(setup), std::move(services));
}

Result<std::unique_ptr<ingest::Enricher>> make_enricher(
    std::shared_ptr<const PluginFile> file,
    Isolation isolation,
    ConnectionSetup setup,
    net::TargetServices services
) {
    auto guest = make_isolated_guest(std::move(file), std::move(isolation));
    return make(std::move(guest), std::move(setup), std::move(services));
}

}  // namespace touchline::host
