// How the records of one stream are understood: what names a record, and which mapping reads it.
#pragma once

#include "touchline/ingest/source.hpp"
#include "touchline/json/view.hpp"
#include "touchline/mapping/mapping.hpp"

#include <memory>
#include <optional>
#include <string>

namespace touchline::ingest {

struct StreamPlan {
    StreamInfo info;
    mapping::Mapping mapping;
    std::string mapping_name;        ///< "tickets.yaml@1a2b3c4d": name and content, as provenance
    std::optional<Time> since = {};  ///< where its first read begins; nothing: at the beginning
};

/// What all streams of a connection share. Immutable while runs use it.
struct ConnectionPlan {
    std::string id;
    std::string connector;                           ///< "request-tracker@1.0.0", as provenance
    std::string department;                          ///< id, may be empty
    std::shared_ptr<const json::Document> settings;  ///< for mappings; without secrets; may be null
    std::vector<StreamPlan> streams;

    const StreamPlan* stream(std::string_view name) const {
        for (const StreamPlan& plan : streams) {
            if (plan.info.name == name) return &plan;
        }
        return nullptr;
    }
};

}  // namespace touchline::ingest
