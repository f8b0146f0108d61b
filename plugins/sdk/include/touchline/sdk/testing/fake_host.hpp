// A host for authors' tests: scripted HTTP answers and files in memory; everything the plugin hands
// over is kept for inspection. Strict where a careless plugin would get away with it: a request
// without an answer is an error.
//
//     FakeHost host;
//     host.answer("GET /tickets?page=1", 200, R"({"items": []})");
//     FakeConnection acme(host, touchline_plugin_v1(), R"({"url": "https://acme.example"})");
//     EXPECT_EQ(acme.read("tickets"), TL_END);
//     EXPECT_EQ(host.pages.size(), 1u);
#pragma once

#include "touchline/sdk/testing/fake_tables.hpp"

#include <string>
#include <utility>
#include <vector>

namespace touchline::sdk::testing {

/// One instance of a plugin on a FakeHost.
class FakeConnection {
public:
    FakeConnection(FakeHost& host, const tl_plugin* plugin, std::string settings)
        : host_(&host), plugin_(plugin) {
        status_ = plugin->create(host.table(), host.job(), text(settings), &self_);
    }
    FakeConnection(const FakeConnection&) = delete;
    FakeConnection& operator=(const FakeConnection&) = delete;
    ~FakeConnection() {
        if (self_ != nullptr) plugin_->destroy(self_);
    }

    /// What create() returned.
    tl_status created() const { return status_; }
    tl_status check() { return plugin_->check(self_, host_->job()); }
    tl_status read(
        const std::string& stream, const std::string& state = {}, std::uint32_t state_version = 0
    ) {
        const tl_read args{
            sizeof(tl_read),
            state_version,
            text(stream),
            text(state),
            TL_TIME_UNSET,
            TL_TIME_UNSET};
        return source()->read(self_, host_->job(), &args);
    }
    /// From the last checkpoint that the host has for the stream.
    tl_status read_on(const std::string& stream) {
        for (auto it = host_->checkpoints.rbegin(); it != host_->checkpoints.rend(); ++it) {
            if (it->stream == stream) return read(stream, std::string(it->state), it->version);
        }
        return read(stream);
    }
    tl_status webhook(const std::string& stream, const Fields& headers, const std::string& body) {
        std::vector<tl_pair> pairs;
        for (const auto& [name, value] : headers) pairs.push_back({text(name), text(value)});
        const tl_webhook call{
            sizeof(tl_webhook),
            0,
            text(stream),
            pairs.data(),
            pairs.size(),
            host_->make_body(body)};
        const tl_status status = source()->webhook(self_, host_->job(), &call);
        drop(call.body);
        return status;
    }
    /// Each event is {id, body}.
    tl_status write(const std::vector<std::pair<std::string, std::string>>& events) {
        const auto* table =
            static_cast<const tl_destination_1*>(plugin_->capability(TL_DESTINATION_1));
        return with_batch(events, table->write);
    }
    /// Each customer is {key, fields as JSON}; patches arrive in FakeHost::items.
    tl_status enrich(const std::vector<std::pair<std::string, std::string>>& customers) {
        const auto* table = static_cast<const tl_enricher_1*>(plugin_->capability(TL_ENRICHER_1));
        return with_batch(customers, table->enrich);
    }

private:
    static tl_str text(const std::string& s) { return {s.data(), s.size()}; }
    tl_status with_batch(
        const std::vector<std::pair<std::string, std::string>>& items,
        tl_status (*call)(void*, tl_job*, const tl_batch*)
    ) {
        std::vector<tl_record> records;
        for (const auto& [id, body] : items) {
            records.push_back({text(id), {}, {}, host_->make_body(body), body.size()});
        }
        const tl_batch batch{sizeof(tl_batch), 0, records.data(), records.size()};
        const tl_status status = call(self_, host_->job(), &batch);
        for (const tl_record& record : records) drop(record.body);
        return status;
    }
    const tl_source_1* source() const {
        return static_cast<const tl_source_1*>(plugin_->capability(TL_SOURCE_1));
    }
    void drop(tl_body body) {
        const void* table = host_->table()->service(host_->table(), TL_BODY_1);
        static_cast<const tl_body_1*>(table)->release(host_->job(), body);
    }

    FakeHost* host_;
    const tl_plugin* plugin_;
    void* self_ = nullptr;
    tl_status status_ = TL_OK;
};

}  // namespace touchline::sdk::testing
