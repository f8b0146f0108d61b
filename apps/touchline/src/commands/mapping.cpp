#include "../loading.hpp"
#include "../mapping_file.hpp"

#include "touchline/config/yaml.hpp"
#include "touchline/json/records.hpp"
#include "touchline/json/writer.hpp"
#include "touchline/mapping/cases.hpp"
#include "touchline/mapping/expression.hpp"
#include "touchline/mapping/functions.hpp"
#include "touchline/mapping/runner.hpp"

#include <algorithm>
#include <chrono>
#include <fstream>
#include <iostream>
#include <iterator>
#include <set>

namespace touchline::app {
namespace {

Result<std::string> read_input(const std::filesystem::path& file) {
    if (file.empty() || file == "-") {
        return std::string(
            std::istreambuf_iterator<char>(std::cin), std::istreambuf_iterator<char>()
        );
    }
    std::ifstream in(file, std::ios::binary);
    if (!in) return Error(Code::not_found, "cannot read " + file.string());
    return std::string(std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>());
}

/// The mappings that the configuration names, each once; nothing when it cannot be loaded, which is
/// said then.
std::optional<std::vector<std::filesystem::path>> configured_mappings(
    Terminal& terminal, const Globals& globals
) {
    std::set<std::filesystem::path> files;
    const auto loaded = load_config(terminal, globals);
    if (!loaded) return std::nullopt;
    for (const auto& [id, connection] : loaded->config.connections) {
        for (const auto& [name, stream] : connection.streams) {
            if (!stream.mapping.value.empty()) files.insert(stream.mapping.value);
        }
    }
    return std::vector<std::filesystem::path>(files.begin(), files.end());
}

void show_failure(Terminal& terminal, const mapping::CaseResult& result) {
    terminal.print(
        "FAIL " + result.place.file + ":" + std::to_string(result.place.line) + "  \"" +
        result.name + "\""
    );
    if (result.error) {
        terminal.print("     " + result.error->text());
        if (!result.error->cure().empty()) terminal.print("     " + result.error->cure());
    }
    for (const mapping::Difference& difference : result.differences) {
        terminal.print(
            "     " + difference.pointer + "   " + difference.expected + "  →  " + difference.got
        );
    }
}

void write(json::Writer& writer, const Error& error) {
    writer.begin_object().member("message", error.text()).member("cure", error.cure()).end_object();
}

void write(json::Writer& writer, const std::vector<mapping::Difference>& differences) {
    writer.begin_array();
    for (const mapping::Difference& one : differences) {
        writer.begin_object().member("pointer", one.pointer);
        writer.member("expected", one.expected).member("got", one.got).end_object();
    }
    writer.end_array();
}

void write(json::Writer& writer, const mapping::Output& output) {
    writer.begin_object().key("touchpoints").begin_array();
    for (const model::Touchpoint& touchpoint : output.touchpoints) model::write(writer, touchpoint);
    writer.end_array().key("facts").begin_array();
    for (const model::Fact& fact : output.facts) model::write(writer, fact);
    writer.end_array().key("links").begin_array();
    for (const model::Link& link : output.links) model::write(writer, link);
    writer.end_array().end_object();
}

}  // namespace

int mapping_test(
    Terminal& terminal, const Globals& globals, const std::vector<std::filesystem::path>& files
) {
    const auto start = std::chrono::steady_clock::now();
    std::size_t cases = 0, failed = 0;
    bool broken = false;
    json::Writer writer;
    writer.begin_object().key("failures").begin_array();
    const auto wanted =
        files.empty() ? configured_mappings(terminal, globals) : std::optional(files);
    if (!wanted) return k_config;
    for (const std::filesystem::path& file : *wanted) {
        std::vector<FileProblem> problems;
        const auto mapping = load_mapping(file, problems);
        for (const FileProblem& one : problems) terminal.show(one.problem, one.source);
        if (!mapping) {
            broken = true;
            continue;
        }
        const mapping::Loader loader = [folder = file.parent_path()](std::string_view path) {
            return config::read_text_file(folder / path);
        };
        for (const mapping::CaseResult& result : mapping::run_tests(mapping->mapping, loader)) {
            ++cases;
            if (result.passed()) continue;
            ++failed;
            if (terminal.json) {
                writer.begin_object()
                    .member("file", result.place.file)
                    .member("line", result.place.line);
                writer.member("name", result.name);
                if (result.error) write(writer.key("error"), *result.error);
                if (!result.differences.empty())
                    write(writer.key("differences"), result.differences);
                writer.end_object();
            } else {
                show_failure(terminal, result);
            }
        }
    }
    const auto took = std::chrono::duration_cast<std::chrono::milliseconds>(
        std::chrono::steady_clock::now() - start
    );
    writer.end_array().member("cases", cases).member("failed", failed).end_object();
    if (terminal.json) terminal.print(writer.text());
    terminal.say(
        std::to_string(cases - failed) + " of " +
        counted(static_cast<std::int64_t>(cases), "case") + " passed in " +
        counted(static_cast<std::int64_t>(wanted->size()), "file") + ", " +
        std::to_string(took.count()) + " ms"
    );
    return failed == 0 && !broken ? k_ok : k_bad;
}

int mapping_run(
    Terminal& terminal,
    const std::filesystem::path& file,
    const std::filesystem::path& input,
    int count
) {
    std::vector<FileProblem> problems;
    const auto mapping = load_mapping(file, problems);
    for (const FileProblem& one : problems) terminal.show(one.problem, one.source);
    if (!mapping) return k_bad;
    const auto text = read_input(input);
    if (!text) return terminal.fail(text.error());
    // One JSON text, or one per line.
    auto records = json::split_records(*text, "");
    const std::vector<std::string_view> wanted = records ? *records : json::split_lines(*text);
    mapping::Runner runner;
    json::Parser parser;
    const Time now = SystemClock().now();
    int number = 0, bad = 0;
    for (const std::string_view record : wanted) {
        if (number++ == count) break;
        model::Source source;
        source.connection = "trial";
        source.stream = file.stem().string();
        source.external_id = std::to_string(number);
        source.ingested_at = now;
        mapping::Output output;
        const auto value = parser.parse(record);
        const auto mapped = value
                                ? runner.run(mapping->mapping, {"default", source}, *value, output)
                                : Result<void>(value.error());
        if (!mapped) {
            ++bad;
            terminal.say("record " + std::to_string(number) + ": " + mapped.error().text());
            continue;
        }
        json::Writer writer;
        write(writer, output);
        terminal.print(writer.text());
    }
    return bad == 0 ? k_ok : k_bad;
}

int mapping_eval(Terminal& terminal, const std::string& text, const std::filesystem::path& input) {
    const auto expression = mapping::Expression::compile(text);
    if (!expression) {
        const Error& error = expression.error();
        const int column = error.place() ? error.place()->column : 1;
        if (terminal.json) return terminal.fail(error);
        terminal.say("error: " + error.text());
        terminal.say("  " + text);
        terminal.say(
            "  " + std::string(static_cast<std::size_t>(std::max(column, 1) - 1), ' ') + "^"
        );
        return k_bad;
    }
    const auto given = read_input(input);
    if (!given) return terminal.fail(given.error());
    const auto document = json::Document::parse(*given);
    if (!document) return terminal.fail(std::move(Error(document.error())).with("the input"));
    const auto result = expression->evaluate(document->root());
    if (!result) return terminal.fail(result.error());
    terminal.print(*result);
    return k_ok;
}

int mapping_functions(Terminal& terminal) {
    json::Writer writer;
    writer.begin_array();
    for (const mapping::FunctionDoc& function : mapping::functions()) {
        if (terminal.json) {
            writer.begin_object()
                .member("name", function.name)
                .member("signature", function.signature);
            writer.member("summary", function.summary).member("example", function.example);
            writer.member("result", function.result)
                .member("standard", function.standard)
                .end_object();
        } else {
            terminal.print(std::string(function.signature) + "  " + std::string(function.summary));
        }
    }
    writer.end_array();
    if (terminal.json) terminal.print(writer.text());
    return k_ok;
}

}  // namespace touchline::app
