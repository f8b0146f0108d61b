// The files of `touchline identity`: records, clusters, truths, fields and models.
#pragma once

#include "touchline/base/result.hpp"
#include "touchline/identity/evaluation.hpp"
#include "touchline/identity/fields.hpp"
#include "touchline/identity/record.hpp"

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace touchline::app {

/// JSON lines, or CSV with a header for a name that ends in .csv; "-" is standard input. Every
/// record has an `id` (record_id and rec_id will do), which may come again: the file is a series of
/// deliveries. Numbers count as their text. Error: bad_data with file and line.
Result<std::vector<identity::Record>> read_record_file(const std::filesystem::path& path);

/// CSV with a header, or JSON lines: a column or member id (record_id, rec_id), and one named
/// customer (customer_id, cluster, cluster_id); without such names the first two columns.
Result<identity::Labels> read_label_file(const std::filesystem::path& path);

/// YAML: `fields:` with the name of each field and its role. Fields that are not named there are
/// recognised. Error: config with place.
Result<identity::FieldMap> read_fields_file(
    const std::filesystem::path& path, const identity::FieldMap& recognised
);

Result<std::string> read_whole_file(const std::filesystem::path& path);
/// By a temporary file beside it, so that a file is there whole or not at all; in place where it is
/// no plain file, such as /dev/stdout; "-" is standard output.
Result<void> write_whole_file(const std::filesystem::path& path, std::string_view text);

/// Rows of cells (RFC 4180): quotes protect commas, line ends and doubled quotes. Empty lines are
/// no rows.
std::vector<std::vector<std::string>> csv_rows(std::string_view text);

/// A CSV cell, quoted where it has to be (RFC 4180).
std::string csv_cell(std::string_view text);

}  // namespace touchline::app
