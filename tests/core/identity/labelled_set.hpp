// The labelled record sets of tests/data/identity, read and resolved as the program does it.
#pragma once

#include "touchline/identity/evaluation.hpp"
#include "touchline/identity/resolution.hpp"
#include "touchline/json/records.hpp"
#include "touchline/json/view.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <sstream>
#include <string>
#include <vector>

namespace touchline::identity {

inline std::string data_file(const std::string& set, const std::string& name) {
    std::ifstream file(
        std::string(TOUCHLINE_SOURCE_DIR) + "/tests/data/identity/" + set + "/" + name
    );
    EXPECT_TRUE(file.good()) << set << "/" << name;
    return {std::istreambuf_iterator<char>(file), {}};
}

inline std::vector<Record> records_of(const std::string& set) {
    const auto text = data_file(set, "records.jsonl");
    std::vector<Record> records;
    json::Parser parser;
    for (const auto line : json::split_lines(text)) {
        Record record;
        const auto parsed = parser.parse(line);
        for (const auto [name, value] : parsed->members()) {
            const std::string content(value.as_string().value_or(""));
            if (name == "id")
                record.id = content;
            else if (name == "source")
                record.source = content;
            else
                record.fields.push_back({std::string(name), content});
        }
        records.push_back(std::move(record));
    }
    return records;
}

inline std::vector<std::vector<std::string>> rows_of(
    const std::string& set, const std::string& name
) {
    std::istringstream lines(data_file(set, name));
    std::vector<std::vector<std::string>> rows;
    for (std::string line; std::getline(lines, line);) {
        if (line.ends_with('\r')) line.pop_back();
        std::istringstream cells(line);
        auto& row = rows.emplace_back();
        for (std::string cell; std::getline(cells, cell, ',');) row.push_back(cell);
    }
    return rows;
}

/// Sorted by id, with a model learnt from itself.
struct LearntSet {
    explicit LearntSet(std::vector<Record> records) : model(FieldMap()) {
        std::ranges::sort(records, {}, &Record::id);
        FeatureReader reader(recognise_fields(records));
        for (const auto& record : records) {
            ids.push_back(record.id);
            features.push_back(*reader.read(record));
        }
        auto placeholders = take_out_placeholders(features);
        mark_shared(features, Model(reader.fields()).sharers_max);
        model = train(reader.fields(), features);
        model.placeholders = std::move(placeholders);
    }
    explicit LearntSet(const std::string& set) : LearntSet(records_of(set)) {}

    Labels clusters() const {
        const auto clusters = resolve(model, features);
        Labels labels;
        for (std::size_t i = 0; i < ids.size(); ++i) labels[ids[i]] = ids[clusters[i]];
        return labels;
    }
    const Features& of(const std::string& id) const {
        return features[std::size_t(std::ranges::lower_bound(ids, id) - ids.begin())];
    }

    std::vector<std::string> ids;
    std::vector<Features> features;
    Model model;
};

inline Labels truth_of(const std::string& set) {
    Labels truth;
    auto rows = rows_of(set, "truth.csv");
    for (std::size_t i = 1; i < rows.size(); ++i) truth[rows[i][0]] = rows[i][1];
    return truth;
}

}  // namespace touchline::identity
