// Files with one JSON object per line, whose names sort by time (2026-11-20.jsonl). The host reads
// them; lines that are no JSON become dead letters there, with their reason.
#include <touchline/sdk/plugin.hpp>

#include <cstdlib>
#include <string>

namespace {

using namespace touchline::sdk;

constexpr std::uint64_t k_piece_bytes = 1 << 20;

/// Everything up to `offset` of the file `name`, and all files before it, was read.
struct Position {
    std::string name;
    std::uint64_t offset = 0;

    static Result<Position> parse(const ReadArgs& args) {
        if (args.state_version == 0) return Position{};
        if (args.state_version > 1)
            return Error(Status::config, "The state was written by a newer release.");
        const auto space = args.state.find(' ');
        if (space == std::string::npos || space == 0 || space > 18 ||
            args.state.find_first_not_of("0123456789") != space)
            return Error(Status::config, "The state is damaged; read the stream anew.");
        return Position{args.state.substr(space + 1), std::strtoull(args.state.c_str(), nullptr, 10)};
    }
    std::string text() const { return std::to_string(offset) + " " + name; }
};

class @Class@ : public Source<@Class@> {
public:
    static Result<std::unique_ptr<@Class@>> create(const Config&) {
        return std::make_unique<@Class@>();
    }

    Result<std::string> check(Job& job) {
        TL_TRY(const auto files, job.list_files("*.jsonl"));
        return std::to_string(files.size()) + " files are there.";
    }

    Result<ReadEnd> read(Job& job, const ReadArgs& args) {
        if (args.stream != "visits")
            return Error(Status::config, "There is no stream \"" + args.stream + "\".");
        TL_TRY(auto at, Position::parse(args));
        TL_TRY(const auto files, job.list_files("*.jsonl"));
        for (const FileEntry& file : files) {
            if (file.name < at.name) continue;
            if (file.name > at.name) at = {file.name, 0};
            TL_CHECK(read_file(job, args.stream, at));
        }
        return ReadEnd::end;
    }

private:
    /// To the last whole line; what comes behind it may still be written.
    static Result<void> read_file(Job& job, const std::string& stream, Position& at) {
        for (;;) {
            TL_TRY(const auto piece, job.read_file(at.name, at.offset, k_piece_bytes));
            TL_TRY(const auto bytes, piece.view());
            const auto end = bytes.rfind('\n');
            if (end == std::string_view::npos) {
                if (bytes.size() < k_piece_bytes) return {};
                return Error(Status::bad_data, "A line of " + at.name + " is longer than 1 MiB.");
            }
            TL_CHECK(job.page_lines(stream, bytes.substr(0, end + 1)));
            at.offset += end + 1;
            TL_CHECK(job.checkpoint(stream, 1, at.text()));
        }
    }
};

}  // namespace

TOUCHLINE_PLUGIN(@Class@)
