// A workshop that remembers what it was asked, and answers as it is told.
#pragma once

#include "touchline/api/workshop.hpp"

#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace touchline::api {

class RecordedWorkshop final : public Workshop {
public:
    std::vector<MappedStream> streams() override {
        return {{"desk", "rows", "mappings/rows.yaml", ""}};
    }
    Result<MappingText> mapping(std::string_view connection, std::string_view) override {
        if (connection != "desk") return Error(Code::not_found, "there is no such stream");
        return MappingText{"mappings/rows.yaml", "emit: touchpoint\n", "v1", ""};
    }
    Result<MappingTrial> try_mapping(
        std::string_view,
        std::string_view,
        const std::string& text,
        std::span<const TrialInput> records
    ) override {
        inputs.assign(records.begin(), records.end());
        MappingTrial trial;
        if (text == "bad") trial.faults.push_back({3, 5, 4, "unknown key \"knd\"", "did you mean"});
        if (!trial.faults.empty()) return trial;
        mapping::CaseResult passed, failed;
        passed.name = "goes";
        failed.name = "fails";
        failed.place.line = 12;
        failed.differences.push_back({"kind", "\"a\"", "\"b\""});
        trial.cases = {passed, failed};
        for (std::size_t i = 0; i < records.size(); ++i) trial.records.push_back(becomes);
        return trial;
    }
    Result<MappingSaved> save_mapping(
        std::string_view,
        std::string_view,
        const std::string& text,
        const std::string& etag,
        bool dry_run
    ) override {
        if (etag != "v1") return Error(Code::conflict, "the file was changed meanwhile");
        if (!dry_run) saved = text;
        return MappingSaved{"-a\n+b\n", dry_run ? "v1" : "v2"};
    }
    Result<store::Replay> start_replay(const ingest::ReplayRequest& request) override {
        replayed = request;
        if (request.where == "bad") return Error(Code::bad_data, "the filter is no expression");
        store::Replay replay;
        replay.key = store::ReplayKey{7};
        replay.selection = request.selection;
        return replay;
    }
    Result<store::Replay> cancel_replay(store::ReplayKey key) override {
        if (key != store::ReplayKey{7}) return Error(Code::not_found, "there is no such replay");
        store::Replay replay;
        replay.key = key;
        replay.state = store::ReplayState::cancelled;
        return replay;
    }
    Result<std::string> start_plan(const PlanWish& wish) override {
        wished = wish;
        return std::string("p1");
    }
    Result<PlanState> plan(std::string_view id) override {
        if (id != "p1") return Error(Code::not_found, "there is no such plan");
        PlanState state;
        state.id = id;
        state.state = "done";
        state.report = R"({"empty":true})";
        return state;
    }
    std::vector<PlanState> plans() override { return {*plan("p1")}; }
    Result<void> cancel_plan(std::string_view) override {
        return Error(Code::conflict, "the plan is not being made");
    }
    Result<store::Replay> apply_plan(std::string_view, bool even, std::string_view) override {
        if (!even) return Error(Code::conflict, "records have come since");
        return store::Replay{};
    }
    std::vector<TapRow> tap(std::int64_t after, std::size_t) override {
        TapRow row;
        row.number = after + 1;
        row.stage = "raw";
        row.connection = "desk";
        row.text = R"({"subject":"my bell is gone","state":"open"})";
        return {row};
    }

    TriedRecord becomes;
    std::vector<TrialInput> inputs;
    std::string saved;
    std::optional<ingest::ReplayRequest> replayed;
    std::optional<PlanWish> wished;
};

}  // namespace touchline::api
