#include "../mapping_file.hpp"
#include "../plugin_files.hpp"

#include "touchline/check/rehearse.hpp"
#include "touchline/json/view.hpp"
#include "touchline/json/writer.hpp"
#include "touchline/mapping/runner.hpp"

#include <optional>

namespace touchline::app {
namespace {

/// What the records of one stream become.
struct Yield {
    std::size_t touchpoints = 0, facts = 0, links = 0, failed = 0;
    std::string first_failure;
};

/// The connector's default mapping for a stream, if it has one.
std::optional<MappingFile> mapping_for(
    Terminal& terminal,
    const std::filesystem::path& file,
    const host::Manifest& manifest,
    const std::string& stream
) {
    for (const std::string& name : manifest.mappings) {
        const auto path = file.parent_path() / manifest.id / "mappings" / name;
        if (path.stem() != stream) continue;
        std::vector<FileProblem> problems;
        auto mapping = load_mapping(path, problems);
        for (const FileProblem& one : problems) terminal.show(one.problem, one.source);
        return mapping;
    }
    return std::nullopt;
}

Yield map_all(const check::Rehearsal& one, const mapping::Mapping& mapping) {
    Yield yield;
    mapping::Runner runner;
    const auto settings = json::Document::parse(one.settings);
    for (const std::string& record : one.records) {
        const auto document = json::Document::parse(record);
        if (!document) {
            ++yield.failed;
            continue;
        }
        model::Source source;
        source.connection = "rehearsal";
        source.stream = one.stream.name;
        const auto key = json::find(document->root(), one.stream.key);
        source.external_id = key && !one.stream.key.empty() ? key->text() : std::string("record");
        mapping::Context context{"default", source};
        if (settings) context.settings = settings->root();
        mapping::Output output;
        const auto mapped = runner.run(mapping, context, document->root(), output);
        if (!mapped) {
            ++yield.failed;
            if (yield.first_failure.empty()) {
                yield.first_failure = mapped.error().text();
                if (!mapped.error().cure().empty())
                    yield.first_failure += "\n  " + mapped.error().cure();
            }
        }
        yield.touchpoints += output.touchpoints.size();
        yield.facts += output.facts.size();
        yield.links += output.links.size();
    }
    return yield;
}

std::string summary_of(const check::Rehearsal& one, const std::optional<Yield>& yield) {
    const auto number = [](std::size_t count, std::string_view noun) {
        return counted(static_cast<std::int64_t>(count), noun);
    };
    std::string line =
        one.cassette + "  " + one.stream.name + "  " + number(one.records.size(), "record") + ", " +
        number(one.checkpoints, "checkpoint") + ", " + number(one.requests, "request");
    if (one.bad_records > 0) line += ", " + number(one.bad_records, "dead letter");
    if (!yield) return line + "; no default mapping";
    return line + "; " + number(yield->touchpoints, "touchpoint") + ", " +
           number(yield->facts, "fact") + ", " + number(yield->links, "link");
}

}  // namespace

int plugin_run(Terminal& terminal, const Globals& globals, const RehearseArguments& arguments) {
    const auto file = plugin_file(globals, arguments.plugin);
    if (!file) return terminal.fail(file.error(), "touchline plugin list");
    const auto manifest = host::read_manifest(*file);
    if (!manifest) return terminal.fail(manifest.error());
    const auto cassettes = check::read_cassettes(cassettes_of(*file, arguments.cassettes));
    if (!cassettes) return terminal.fail(cassettes.error());
    const auto all = check::rehearse(*file, *cassettes);
    if (!all) return terminal.fail(all.error());
    bool good = true;
    for (const check::Rehearsal& one : *all) {
        const auto mapping = mapping_for(terminal, *file, *manifest, one.stream.name);
        std::optional<Yield> yield;
        if (mapping) yield = map_all(one, mapping->mapping);
        terminal.print(summary_of(one, yield));
        for (std::size_t i = 0; i < one.records.size() && i < arguments.count; ++i)
            terminal.print("  " + one.records[i]);
        if (one.error) terminal.print("  failed: " + one.error->text());
        if (yield && yield->failed > 0)
            terminal.print(
                "  " + counted(static_cast<std::int64_t>(yield->failed), "record") +
                " could not be mapped: " + yield->first_failure
            );
        good = good && !one.error && (!yield || yield->failed == 0);
    }
    return good ? k_ok : k_bad;
}

}  // namespace touchline::app
