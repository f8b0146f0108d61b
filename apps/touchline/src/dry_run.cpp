#include "dry_run.hpp"

#include "touchline/json/records.hpp"
#include "touchline/json/view.hpp"
#include "touchline/json/writer.hpp"
#include "touchline/mapping/runner.hpp"

namespace touchline::app {
namespace {

constexpr std::size_t k_most_problems = 3;

std::string key_text(json::View key) {
    const auto string = key.as_string();
    return string ? std::string(*string) : key.text();
}

/// Maps what comes and keeps only counts and one example.
class DrySink final : public ingest::PageSink {
public:
    DrySink(
        const ingest::ConnectionPlan& plan,
        const ingest::StreamPlan& stream,
        const Clock& clock,
        const std::string& tenant,
        std::size_t limit,
        DryStream& report
    )
        : plan_(plan),
          stream_(stream),
          clock_(clock),
          tenant_(tenant),
          limit_(limit),
          report_(report) {}

    Result<void> page(const ingest::Page& page) override {
        if (report_.records >= limit_) {
            report_.more = true;
            return Error(Code::cancelled, "enough was seen");
        }
        TOUCHLINE_TRY(const auto records, records_of(page));
        for (const std::string_view record : records) take(record);
        return {};
    }
    Result<void> bad_record(const ingest::BadRecord& record) override {
        ++report_.records;
        complain(std::string(record.reason));
        return {};
    }
    Result<void> checkpoint(const ingest::Checkpoint&) override { return {}; }

private:
    static Result<std::vector<std::string_view>> records_of(const ingest::Page& page) {
        if (page.format == ingest::Format::ndjson) return json::split_lines(page.bytes);
        return json::split_records(page.bytes, page.records);
    }

    void take(std::string_view text) {
        ++report_.records;
        auto mapped = map(text);
        if (!mapped) complain(mapped.error().text());
    }

    Result<void> map(std::string_view text) {
        TOUCHLINE_TRY(const auto record, json::Document::parse(text));
        const auto key = json::find(record.root(), stream_.info.key);
        model::Source source;
        source.connection = plan_.id;
        source.stream = stream_.info.name;
        source.external_id = key ? key_text(*key) : "unknown";
        source.mapping = stream_.mapping_name;
        source.ingested_at = clock_.now();
        mapping::Context context{tenant_, source};
        if (plan_.settings) context.settings = plan_.settings->root();
        context.department = plan_.department;
        output_.clear();
        TOUCHLINE_CHECK(runner_.run(stream_.mapping, context, record.root(), output_));
        for (const auto& touchpoint : output_.touchpoints) ++report_.kinds[touchpoint.kind];
        report_.facts += output_.facts.size();
        report_.links += output_.links.size();
        if (report_.example.empty() && !output_.touchpoints.empty()) {
            json::Writer writer;
            model::write(writer, output_.touchpoints.front());
            report_.example = writer.take();
        }
        return {};
    }

    void complain(std::string problem) {
        if (report_.problems.size() < k_most_problems)
            report_.problems.push_back(std::move(problem));
    }

    const ingest::ConnectionPlan& plan_;
    const ingest::StreamPlan& stream_;
    const Clock& clock_;
    const std::string& tenant_;
    const std::size_t limit_;
    DryStream& report_;
    mapping::Runner runner_;
    mapping::Output output_;
};

}  // namespace

Result<std::vector<DryStream>> dry_run(
    OpenConnection& connection,
    store::Reader& reader,
    const Clock& clock,
    const std::string& tenant,
    std::size_t limit,
    std::stop_token stop
) {
    std::vector<DryStream> reports;
    for (const ingest::StreamPlan& stream : connection.plan.streams) {
        TOUCHLINE_TRY(
            const store::Checkpoint checkpoint,
            reader.checkpoint(connection.plan.id, stream.info.name)
        );
        DryStream& report = reports.emplace_back();
        report.stream = stream.info.name;
        DrySink sink(connection.plan, stream, clock, tenant, limit, report);
        ingest::ReadRequest request;
        request.stream = stream.info.name;
        request.state_version = checkpoint.version;
        request.state = checkpoint.state;
        request.stop = stop;
        const auto end = connection.source->read(request, sink);
        if (!end && !report.more) report.failure = end.error();
        if (end && *end == ingest::ReadEnd::more) report.more = true;
    }
    return reports;
}

}  // namespace touchline::app
