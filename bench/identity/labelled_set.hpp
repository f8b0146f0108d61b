// Labelled record sets: folders with records.jsonl and truth.csv.
#pragma once

#include "touchline/identity/evaluation.hpp"
#include "touchline/identity/record.hpp"

#include <filesystem>
#include <string>
#include <vector>

namespace touchline::bench {

struct LabelledRecord {
    identity::Record record;
    std::string json;  ///< its line
};

/// In the order of their ids; lines that are no JSON are left out.
std::vector<LabelledRecord> read_labelled_records(const std::filesystem::path& set);

/// The lines of a CSV file but for the header.
std::vector<std::string> rows_of(const std::filesystem::path& file);

identity::Labels read_truth(const std::filesystem::path& set);

/// Those of tests/data/identity.
std::vector<std::filesystem::path> open_sets();

}  // namespace touchline::bench
