// The configuration of the demo, held against the sample company: it loads, its mappings pass their
// own tests, and of all rows only the bad ones are refused.
#include "csv_reader.hpp"

#include "touchline/config/load.hpp"
#include "touchline/config/yaml.hpp"
#include "touchline/json/writer.hpp"
#include "touchline/mapping/cases.hpp"
#include "touchline/mapping/runner.hpp"
#include "touchline/sample/sample.hpp"

#include <gtest/gtest.h>

#include <map>
#include <set>
#include <sstream>

namespace touchline::sample {
namespace {

const std::filesystem::path k_demo = std::filesystem::path(TOUCHLINE_SOURCE_DIR) / "config/demo";

std::string problems_of(const std::vector<Error>& errors) {
    std::string text;
    for (const Error& error : errors) text += config::render(config::to_problem(error), "");
    return text;
}

std::optional<mapping::Mapping> compiled(const std::filesystem::path& file) {
    const auto node = config::read_yaml_file(file);
    if (!node) {
        ADD_FAILURE() << file << ": " << node.error().text();
        return std::nullopt;
    }
    std::vector<Error> problems;
    auto result = mapping::Mapping::compile(*node, problems);
    EXPECT_EQ(problems_of(problems), "") << file;
    return result;
}

TEST(DemoConfig, IsWithoutProblems) {
    const config::Loaded loaded = config::load(k_demo / "touchline.yaml");
    for (const auto& problem : loaded.problems)
        ADD_FAILURE() << config::render(problem, loaded.source);
    EXPECT_EQ(loaded.config.connections.size(), 13u);
    std::set<std::string> departments;
    for (const auto& [id, connection] : loaded.config.connections)
        departments.insert(connection.department.value);
    EXPECT_GE(departments.size(), 6u);
}

TEST(DemoMappings, PassTheTestsThatTheyCarry) {
    int cases = 0;
    for (const auto& entry : std::filesystem::directory_iterator(k_demo / "mappings")) {
        const auto mapping = compiled(entry.path());
        ASSERT_TRUE(mapping);
        for (const auto& result : mapping::run_tests(*mapping, config::read_text_file)) {
            ++cases;
            EXPECT_TRUE(result.passed()) << entry.path() << ": " << result.name
                                         << (result.error ? ": " + result.error->text() : "");
            for (const auto& difference : result.differences) {
                ADD_FAILURE() << difference.pointer << ": " << difference.expected
                              << " expected, got " << difference.got;
            }
        }
    }
    EXPECT_GE(cases, 25);
}

/// A file's rows as JSON texts, without those that are no rows at all.
std::vector<std::string> rows_of(const std::filesystem::path& file, char delimiter) {
    std::vector<std::string> rows;
    std::istringstream lines(read_all(file));
    std::string line;
    std::vector<std::string> columns;
    if (file.extension() == ".csv") {
        std::getline(lines, line);
        columns = split_csv(line, delimiter);
    }
    json::Parser parser;
    while (std::getline(lines, line)) {
        if (columns.empty()) {
            if (parser.parse(line)) rows.push_back(line);
            continue;
        }
        const auto cells = split_csv(line, delimiter);
        if (cells.size() != columns.size()) continue;
        json::Writer writer;
        writer.begin_object();
        for (std::size_t i = 0; i < cells.size(); ++i) writer.member(columns[i], cells[i]);
        rows.push_back(writer.end_object().take());
    }
    return rows;
}

struct Tally {
    std::size_t rows = 0, refused = 0;
    std::map<std::string, std::size_t> kinds;
    std::set<std::string> departments_of_star, namespaces_of_star;
    std::set<std::string> errors;
};

void run_file(
    const mapping::Mapping& mapping,
    const std::filesystem::path& file,
    char delimiter,
    const std::string& department,
    Tally& tally
) {
    mapping::Runner runner;
    json::Parser parser;
    for (const std::string& row : rows_of(file, delimiter)) {
        ++tally.rows;
        model::Source source;
        source.connection = source.stream = file.stem().string();
        source.external_id = std::to_string(tally.rows);
        mapping::Output out;
        const auto view = parser.parse(row);
        const auto done = runner.run(
            mapping, {.tenant = "halden", .source = source, .department = department}, *view, out
        );
        if (!done) {
            ++tally.refused;
            tally.errors.insert(file.filename().string() + ": " + done.error().text());
        }
        for (const auto& touchpoint : out.touchpoints) {
            ++tally.kinds[touchpoint.kind];
            for (const auto& claim : touchpoint.identities) {
                const bool is_star = claim.value == "ines.carvalho@example.org" ||
                                     claim.value == "C-004711" || claim.value == "359999001" ||
                                     claim.value == "@inespedals" || claim.value == "+32458112233";
                if (!is_star) continue;
                tally.departments_of_star.insert(touchpoint.owner.department);
                for (const auto& other : touchpoint.identities)
                    tally.namespaces_of_star.insert(other.ns);
            }
        }
    }
}

TEST(DemoMappings, RefuseNothingButTheBadRowsOfTheSample) {
    const std::filesystem::path folder =
        std::filesystem::path(testing::TempDir()) / "touchline_demo_mappings";
    SampleOptions options;
    options.customers = 400;
    options.records = 8000;
    options.end = *parse_rfc3339("2026-11-20T17:00:00Z");
    const auto report = write_sample(folder, options);
    ASSERT_TRUE(report);

    const config::Loaded loaded = config::load(k_demo / "touchline.yaml");
    Tally tally;
    for (const auto& [id, connection] : loaded.config.connections) {
        const auto settings = json::Document::parse(connection.settings);
        const auto text_of = [&](std::string_view key) {
            const auto member = settings->root().get(key);
            return member ? std::string(*member->as_string()) : std::string();
        };
        const auto& [stream, stream_config] = *connection.streams.begin();
        EXPECT_EQ(text_of("stream"), stream) << id;
        const auto mapping = compiled(stream_config.mapping.value);
        ASSERT_TRUE(mapping) << id;
        const std::string pattern = text_of("pattern");
        const std::string prefix = pattern.substr(0, pattern.find('*'));
        const char delimiter = text_of("delimiter").empty() ? ',' : text_of("delimiter").front();
        std::size_t files = 0;
        for (const auto& entry : std::filesystem::directory_iterator(folder / text_of("path"))) {
            if (!entry.path().filename().string().starts_with(prefix)) continue;
            ++files;
            run_file(*mapping, entry.path(), delimiter, connection.department.value, tally);
        }
        EXPECT_GE(files, 1u) << id;
    }
    std::filesystem::remove_all(folder);
    std::string errors;
    for (const std::string& error : tally.errors) errors += error + "\n";
    EXPECT_LE(tally.refused, report->bad_records) << errors;
    EXPECT_GE(tally.kinds.size(), 25u);
    EXPECT_GE(tally.departments_of_star.size(), 6u);
    EXPECT_GE(tally.namespaces_of_star.size(), 5u);
}

}  // namespace
}  // namespace touchline::sample
