// The port Source over a connector's tl.source/1.
#include "job.hpp"
#include "services.hpp"

namespace touchline::host {

namespace {

std::int64_t bound(const std::optional<Time>& time) {
    if (!time) return TL_TIME_UNSET;
    return std::chrono::floor<std::chrono::milliseconds>(time->time_since_epoch()).count();
}

class SourceAdapter final : public ingest::Source {
public:
    explicit SourceAdapter(std::unique_ptr<Instance> instance) : instance_(std::move(instance)) {}

    const std::vector<ingest::StreamInfo>& streams() const override { return instance_->streams(); }

    Result<std::string> check(std::stop_token stop) override {
        return instance_->check(std::move(stop));
    }

    Result<ingest::ReadEnd> read(const ingest::ReadRequest& request, ingest::PageSink& sink)
        override {
        Job job(*instance_, request.stop);
        job.sink = &sink;
        job.stays = request.stays;
        if (instance_->files()) job.via = model::Via::file;
        const tl_read args{
            sizeof(tl_read),
            request.state_version,
            str(request.stream),
            str(request.state),
            bound(request.since),
            bound(request.until)};
        const tl_status status = instance_->guest().read(job, args);
        // A connector that goes on after the sink has failed has lost records.
        if (status < 0 || job.sink_error()) return job.error_for(status);
        if (status == TL_END) return ingest::ReadEnd::end;
        if (job.handed_over == 0) {
            return Error(
                Code::internal, "the connector said that there is more, but handed nothing over"
            );
        }
        return ingest::ReadEnd::more;
    }

    Result<void> webhook(const ingest::ReceivedWebhook& webhook, ingest::PageSink& sink) override {
        if (!instance_->guest().takes_webhooks()) {
            return Error(Code::config, instance_->manifest().id + " takes no webhooks");
        }
        Job job(*instance_, {});
        job.sink = &sink;
        job.via = model::Via::webhook;
        std::vector<tl_pair> headers;
        headers.reserve(webhook.headers.size());
        for (const auto& [name, value] : webhook.headers)
            headers.push_back({str(name), str(value)});
        HeldBody body;
        body.bytes = webhook.body;
        TOUCHLINE_TRY(const tl_body handle, job.bodies.add(std::move(body)));
        const tl_webhook args{
            sizeof(tl_webhook), 0, str(webhook.stream), headers.data(), headers.size(), handle};
        const tl_status status = instance_->guest().webhook(job, args);
        if (status < 0 || job.sink_error()) return job.error_for(status);
        return {};
    }

private:
    std::unique_ptr<Instance> instance_;
};

Result<std::unique_ptr<ingest::Source>> make(
    std::unique_ptr<Guest> guest, ConnectionSetup setup, net::TargetServices services
) {
    const std::string& connector = guest->manifest().id;
    if (!guest->manifest().can(TL_SOURCE_1)) {
        return Error(Code::config, connector + " is not a source").with("connection " + setup.id);
    }
    TOUCHLINE_TRY(
        auto instance, Instance::make(std::move(guest), std::move(setup), std::move(services))
    );
    return std::unique_ptr<ingest::Source>(std::make_unique<SourceAdapter>(std::move(instance)));
}

}  // namespace

Result<std::unique_ptr<ingest::Source>> make_source(
    std::shared_ptr<const PluginLibrary> library,
    ConnectionSetup setup,
    net::TargetServices services
) {
    return make(make_in_process_guest(std::move(library)), std::move(setup), std::move(services));
}

Result<std::unique_ptr<ingest::Source>> make_source(
    std::shared_ptr<const PluginFile> file,
    Isolation isolation,
    ConnectionSetup setup,
    net::TargetServices services
) {
    auto guest = make_isolated_guest(std::move(file), std::move(isolation));
    return make(std::move(guest), std::move(setup), std::move(services));
}

}  // namespace touchline::host
