// How a runner starts: what the host orders, and what the runner reports once it is ready.
#pragma once

#include "touchline/runner/layers.hpp"
#include "touchline/runner/message.hpp"

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace touchline::runner {

enum Service : std::uint32_t {
    k_http_service = 1U << 0,
    k_file_service = 1U << 1,
    k_stream_service = 1U << 2,
    k_rows_service = 1U << 3,
};

struct StartOrder {
    std::uint32_t protocol = 0;
    std::uint32_t services = 0;           ///< beside those that every connector has
    std::uint32_t threads = 0;            ///< 1: the connector may start threads
    std::uint32_t without_connector = 0;  ///< 1: build the walls, report, end
    std::int32_t idle_ms = 0;             ///< without a call for so long, the runner ends
    std::uint64_t memory_bytes = 0;
    tl_str host_name{}, host_version{};

    template <typename Buffer>
    void write(Writer<Buffer>& out) const {
        out.number(protocol).number(services).number(threads).number(without_connector);
        out.number(idle_ms).number(memory_bytes);
        out.text(host_name).text(host_version);
    }
    static StartOrder read(Reader& in) {
        StartOrder order;
        order.protocol = in.number<std::uint32_t>();
        order.services = in.number<std::uint32_t>();
        order.threads = in.number<std::uint32_t>();
        order.without_connector = in.number<std::uint32_t>();
        order.idle_ms = in.number<std::int32_t>();
        order.memory_bytes = in.number<std::uint64_t>();
        order.host_name = in.text();
        order.host_version = in.text();
        return order;
    }
};

enum Capability : std::uint32_t {
    k_source = 1U << 0,
    k_webhook = 1U << 1,
    k_destination = 1U << 2,
    k_enricher = 1U << 3,
};

/// What the connector's table says, and which walls stand.
struct StartReport {
    Layers layers = 0;
    std::uint32_t abi_major = 0, abi_minor_needed = 0, schema_major = 0;
    std::uint32_t capabilities = 0;
    std::string id, version;
    std::vector<std::pair<Layer, int>> missing;  ///< with the errno that says why

    template <typename Buffer>
    void write(Writer<Buffer>& out) const {
        out.number(layers).number(abi_major).number(abi_minor_needed).number(schema_major);
        out.number(capabilities).text(id).text(version);
        out.number(std::uint64_t{missing.size()});
        for (const auto& [layer, why] : missing) out.number(Layers{layer}).number(why);
    }
    static StartReport read(Reader& in) {
        StartReport report;
        report.layers = in.number<Layers>();
        report.abi_major = in.number<std::uint32_t>();
        report.abi_minor_needed = in.number<std::uint32_t>();
        report.schema_major = in.number<std::uint32_t>();
        report.capabilities = in.number<std::uint32_t>();
        const tl_str id = in.text(), version = in.text();
        report.id.assign(id.n == 0 ? "" : id.p, id.n);
        report.version.assign(version.n == 0 ? "" : version.p, version.n);
        for (auto left = in.count(sizeof(Layers) + sizeof(int)); left > 0; --left) {
            const auto layer = static_cast<Layer>(in.number<Layers>());
            report.missing.emplace_back(layer, in.number<int>());
        }
        return report;
    }
};

}  // namespace touchline::runner
