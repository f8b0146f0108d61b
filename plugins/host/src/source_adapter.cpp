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
    SourceAdapter(std::unique_ptr<Instance> instance, const tl_source_1* table)
        : instance_(std::move(instance)), table_(table) {}

    const std::vector<ingest::StreamInfo>& streams() const override { return instance_->streams(); }

    Result<std::string> check(std::stop_token stop) override {
        return instance_->check(std::move(stop));
    }

    Result<ingest::ReadEnd> read(const ingest::ReadRequest& request, ingest::PageSink& sink)
        override {
        Job job(*instance_, request.stop);
        job.sink = &sink;
        if (instance_->files()) job.via = model::Via::file;
        const tl_read args{
            sizeof(tl_read),
            request.state_version,
            str(request.stream),
            str(request.state),
            bound(request.since),
            bound(request.until)};
        const tl_status status = table_->read(instance_->self(), job.raw(), &args);
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
        if (!TL_HAS(tl_source_1, table_, webhook) || table_->webhook == nullptr) {
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
        const tl_status status = table_->webhook(instance_->self(), job.raw(), &args);
        if (status < 0 || job.sink_error()) return job.error_for(status);
        return {};
    }

private:
    std::unique_ptr<Instance> instance_;
    const tl_source_1* table_;
};

}  // namespace

Result<std::unique_ptr<ingest::Source>> make_source(
    std::shared_ptr<const PluginLibrary> library,
    ConnectionSetup setup,
    net::TargetServices services
) {
    const auto* table = static_cast<const tl_source_1*>(library->table().capability(TL_SOURCE_1));
    if (table == nullptr || !TL_HAS(tl_source_1, table, read) || table->read == nullptr) {
        return Error(Code::config, library->manifest().id + " is not a source")
            .with("connection " + setup.id);
    }
    TOUCHLINE_TRY(
        auto instance, Instance::make(std::move(library), std::move(setup), std::move(services))
    );
    return std::unique_ptr<ingest::Source>(
        std::make_unique<SourceAdapter>(std::move(instance), table)
    );
}

}  // namespace touchline::host
