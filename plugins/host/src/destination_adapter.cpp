// The port Destination over a connector's tl.destination/1.
#include "record_batch.hpp"

namespace touchline::host {

namespace {

deliver::Outcome outcome_of(tl_status status) {
    switch (status) {
        case TL_OK:
            return deliver::Outcome::delivered;
        case TL_END:
            return deliver::Outcome::gone;
        case TL_BAD_DATA:
        case TL_DENIED:
            return deliver::Outcome::rejected;
        default:
            return deliver::Outcome::retry;
    }
}

class DestinationAdapter final : public deliver::Destination {
public:
    explicit DestinationAdapter(std::unique_ptr<Instance> instance)
        : instance_(std::move(instance)) {}

    Result<std::string> check(std::stop_token stop) override {
        return instance_->check(std::move(stop));
    }

    Result<std::vector<deliver::ItemResult>> write(
        std::span<const deliver::Event> events, std::stop_token stop
    ) override {
        Job job(*instance_, std::move(stop));
        RecordBatch batch;
        for (const deliver::Event& event : events)
            TOUCHLINE_CHECK(batch.add(job, event.id, event.subject, event.type, event.body));
        const tl_batch raw = batch.raw();
        const tl_status status = instance_->guest().write(job, raw);
        if (status < 0 && job.items.empty()) return job.error_for(status);
        return results(job, events.size(), status);
    }

private:
    static Result<std::vector<deliver::ItemResult>> results(
        const Job& job, std::size_t count, tl_status status
    ) {
        deliver::ItemResult unknown;
        unknown.message = "the connector did not say what became of it";
        if (status < 0) {
            const Error error = job.error_for(status);
            unknown.message = error.text();
            unknown.retry_after = error.retry_after();
        }
        std::vector<deliver::ItemResult> results(count, unknown);
        for (const Item& item : job.items) {
            if (item.index >= count) {
                return Error(
                    Code::internal, "the connector answered for a record that it was not given"
                );
            }
            deliver::ItemResult& result = results[item.index];
            result.outcome = outcome_of(item.status);
            result.message = item.message;
            result.retry_after.reset();
            if (item.retry_after_ms >= 0)
                result.retry_after = std::chrono::milliseconds(item.retry_after_ms);
        }
        return results;
    }

    std::unique_ptr<Instance> instance_;
};

Result<std::unique_ptr<deliver::Destination>> make(
    std::unique_ptr<Guest> guest, ConnectionSetup setup, net::TargetServices services
) {
    const std::string& connector = guest->manifest().id;
    if (!guest->manifest().can(TL_DESTINATION_1)) {
        return Error(Code::config, connector + " is not a destination")
            .with("connection " + setup.id);
    }
    TOUCHLINE_TRY(
        auto instance, Instance::make(std::move(guest), std::move(setup), std::move(services))
    );
    return std::unique_ptr<deliver::Destination>(
        std::make_unique<DestinationAdapter>(std::move(instance))
    );
}

}  // namespace

Result<std::unique_ptr<deliver::Destination>> make_destination(
    std::shared_ptr<const PluginLibrary> library,
    ConnectionSetup setup,
    net::TargetServices services
) {
    return make(make_in_process_guest(std::move(library)), std::move(setup), std::move(services));
}

Result<std::unique_ptr<deliver::Destination>> make_destination(
    std::shared_ptr<const PluginFile> file,
    Isolation isolation,
    ConnectionSetup setup,
    net::TargetServices services
) {
    auto guest = make_isolated_guest(std::move(file), std::move(isolation));
    return make(std::move(guest), std::move(setup), std::move(services));
}

}  // namespace touchline::host
