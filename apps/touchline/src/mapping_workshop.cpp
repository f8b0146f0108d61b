#include "mapping_workshop.hpp"

#include "line_diff.hpp"
#include "mapping_file.hpp"

#include "touchline/base/digest.hpp"
#include "touchline/config/yaml.hpp"
#include "touchline/json/writer.hpp"
#include "touchline/mapping/runner.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <system_error>

namespace touchline::app {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t k_most_bytes = 1U << 20;

api::MappingFault fault_of(const config::Problem& problem) {
    return {
        problem.place.line, problem.place.column, problem.length, problem.message, problem.cure};
}

template <typename T>
void append(std::vector<std::string>& texts, const std::vector<T>& outputs) {
    for (const T& output : outputs) {
        json::Writer writer;
        model::write(writer, output);
        texts.push_back(writer.take());
    }
}

api::TriedRecord run(
    const Installation& installation,
    const ingest::ConnectionPlan& plan,
    const ingest::StreamPlan& stream,
    const MappingFile& mapping,
    const api::TrialInput& input
) {
    api::TriedRecord tried;
    const auto record = json::Document::parse(input.bytes);
    if (!record) {
        tried.fault = api::MappingFault{0, 0, 1, record.error().text(), record.error().cure()};
        return tried;
    }
    model::Source source;
    source.connection = plan.id;
    source.connector = plan.connector;
    source.stream = stream.info.name;
    source.external_id = input.external_id.empty() ? "unknown" : input.external_id;
    source.mapping = mapping.name;
    source.via = model::Via::replay;
    source.ingested_at = installation.clock().now();
    mapping::Context context{installation.environment().tenant, source};
    if (plan.settings) context.settings = plan.settings->root();
    context.department = plan.department;
    mapping::Runner runner;
    mapping::Output output;
    if (const auto mapped = runner.run(mapping.mapping, context, record->root(), output); !mapped) {
        tried.fault = fault_of(config::to_problem(mapped.error()));
        return tried;
    }
    append(tried.touchpoints, output.touchpoints);
    append(tried.facts, output.facts);
    append(tried.links, output.links);
    return tried;
}

Error cannot_write(const fs::path& file) {
    return Error(Code::unavailable, "cannot write " + file.string() + ": " + std::strerror(errno));
}

/// Another file that takes the name of the first: whoever reads sees the one or the other.
Result<void> write_whole(const fs::path& file, std::string_view text) {
    struct stat old {};
    const mode_t mode = ::stat(file.c_str(), &old) == 0 ? old.st_mode & 0777U : 0640U;
    std::string name = file.string() + ".XXXXXX";
    const int descriptor = ::mkostemp(name.data(), O_CLOEXEC);
    if (descriptor < 0) return cannot_write(file);
    bool good = ::fchmod(descriptor, mode) == 0;
    while (good && !text.empty()) {
        const ssize_t written = ::write(descriptor, text.data(), text.size());
        good = written > 0 || (written < 0 && errno == EINTR);
        if (written > 0) text.remove_prefix(static_cast<std::size_t>(written));
    }
    good = good && ::fsync(descriptor) == 0;
    ::close(descriptor);
    good = good && ::rename(name.c_str(), file.c_str()) == 0;
    if (good) return {};
    const Error error = cannot_write(file);
    ::unlink(name.c_str());
    return error;
}

}  // namespace

api::MappingTrial try_mapping(
    const Installation& installation,
    const ingest::ConnectionPlan& plan,
    const ingest::StreamPlan& stream,
    const fs::path& file,
    const std::string& text,
    std::span<const api::TrialInput> records
) {
    api::MappingTrial trial;
    std::vector<FileProblem> problems;
    const auto mapping = compile_mapping(text, file, problems);
    for (const FileProblem& one : problems) trial.faults.push_back(fault_of(one.problem));
    if (!mapping) return trial;
    const mapping::Loader loader = [folder = file.parent_path()](std::string_view path) {
        return config::read_text_file(folder / path);
    };
    trial.cases = mapping::run_tests(mapping->mapping, loader);
    for (const api::TrialInput& input : records)
        trial.records.push_back(run(installation, plan, stream, *mapping, input));
    return trial;
}

std::string why_not_saved(const Installation& installation, const fs::path& file) {
    std::error_code fault;
    const fs::path folder = fs::weakly_canonical(installation.config().folder, fault);
    const fs::path real = fs::weakly_canonical(file, fault);
    const fs::path relative = real.lexically_relative(folder);
    if (fault || relative.empty() || *relative.begin() == "..")
        return "This mapping ships with the connector. Copy it beside touchline.yaml and name it "
               "with `mapping:` to have one of your own.";
    if (!fs::is_regular_file(real, fault)) return "The file is not there any more.";
    if (::access(real.c_str(), W_OK) != 0) return "The daemon may not write this file.";
    return {};
}

std::string shown_path(const Installation& installation, const fs::path& file) {
    const fs::path relative = file.lexically_relative(installation.config().folder);
    return relative.empty() || *relative.begin() == ".." ? file.string() : relative.string();
}

std::string etag_of(std::string_view text) {
    const Digest digest = sha256(text);
    return to_hex(std::span(digest).first<8>());
}

Result<api::MappingSaved> save_mapping(
    const Installation& installation,
    const fs::path& file,
    const std::string& text,
    const std::string& etag,
    bool dry_run
) {
    if (const std::string why_not = why_not_saved(installation, file); !why_not.empty())
        return Error(Code::denied, why_not);
    if (text.size() > k_most_bytes)
        return Error(Code::bad_data, "a mapping of more than 1 MiB is not saved from here");
    std::vector<FileProblem> problems;
    if (!compile_mapping(text, file, problems)) {
        const config::Problem& first = problems.front().problem;
        return Error(
            Code::bad_data,
            shown_path(installation, file) + ":" + std::to_string(first.place.line) + ":" +
                std::to_string(first.place.column) + ": " + first.message
        );
    }
    TOUCHLINE_TRY(const std::string now, config::read_text_file(file));
    if (etag_of(now) != etag) {
        return Error(
                   Code::conflict,
                   shown_path(installation, file) + " was changed by somebody else meanwhile"
        )
            .cure("Read it again, and put your change into it.");
    }
    api::MappingSaved saved;
    saved.diff = unified_diff(now, text, shown_path(installation, file));
    if (!dry_run && now != text) {
        std::error_code fault;
        // Of a link, the file that it leads to.
        TOUCHLINE_CHECK(write_whole(fs::weakly_canonical(file, fault), text));
    }
    saved.etag = etag_of(dry_run ? now : text);
    return saved;
}

}  // namespace touchline::app
