#include "dropped.hpp"

#include "dropped_state.hpp"
#include "page_writer.hpp"

#include <algorithm>
#include <optional>

namespace file_connector {

using touchline::sdk::Error;
using touchline::sdk::FileEntry;
using touchline::sdk::Job;
using touchline::sdk::ReadArgs;
using touchline::sdk::ReadEnd;
using touchline::sdk::Result;
using touchline::sdk::Status;

namespace {

class DroppedPass {
public:
    DroppedPass(Job& job, const Options& options, DroppedState state, const std::string& stream)
        : job_(job),
          options_(options),
          state_(std::move(state)),
          writer_(job, stream, [this] { return state_.text(listed_); }) {}
    DroppedPass(const DroppedPass&) = delete;
    DroppedPass& operator=(const DroppedPass&) = delete;

    Result<ReadEnd> run() {
        TL_TRY(auto entries, job_.list_files(options_.pattern));
        const auto by_time = [](const FileEntry& a, const FileEntry& b) {
            return std::tie(a.modified_unix_ns, a.name) < std::tie(b.modified_unix_ns, b.name);
        };
        std::sort(entries.begin(), entries.end(), by_time);
        for (const FileEntry& entry : entries) {
            listed_.emplace_back(FileOrder(entry.modified_unix_ns, entry.name), fingerprint(entry));
        }
        // What was begun is finished first, whatever was dropped meanwhile.
        const auto begun =
            std::find_if(entries.begin(), entries.end(), [&](const FileEntry& entry) {
                return entry.name == state_.current.name;
            });
        if (begun != entries.end()) TL_CHECK(visit(*begun));
        state_.current = {};
        for (const FileEntry& entry : entries) TL_CHECK(visit(entry));
        TL_CHECK(writer_.flush());
        if (unreadable_) return *std::move(unreadable_);
        return ReadEnd::end;
    }

private:
    static Fingerprint fingerprint(const FileEntry& entry) {
        return fingerprint_of_text(
            entry.name + '\n' + std::to_string(entry.bytes) + '\n' +
            std::to_string(entry.modified_unix_ns)
        );
    }

    bool may_still_be_written(const FileEntry& entry) const {
        const std::int64_t age = job_.now_unix_ms() - entry.modified_unix_ns / 1'000'000;
        return age >= 0 && age < options_.settle_ms;
    }

    /// One file's trouble does not keep the others from being read.
    Result<void> visit(const FileEntry& entry) {
        const Fingerprint file = fingerprint(entry);
        if (state_.was_read({entry.modified_unix_ns, entry.name}, file) ||
            may_still_be_written(entry))
            return {};
        auto read = read_file(entry, file);
        if (read) return {};
        const Status status = read.error().status;
        if (status == Status::not_found) return {};
        if (status != Status::denied) return std::move(read).error();
        if (!unreadable_) unreadable_ = std::move(read).error();
        state_.current = {};
        return {};
    }

    Result<void> read_file(const FileEntry& entry, Fingerprint file) {
        Position from;
        Fingerprint content = state_.current.content;
        if (entry.name != state_.current.name || file != state_.current.file) {
            TL_TRY(const auto digest, job_.file_digest(entry.name, 0, entry.bytes));
            content = fingerprint_of_digest(digest);
        }
        if (entry.name == state_.current.name && content == state_.current.content)
            from = state_.current.position;
        if (state_.has_content(content)) {
            state_.add_file(file);
            writer_.touch();
            return {};
        }
        state_.current = {entry.name, file, content, from};
        TL_CHECK(read_rows(entry.name, from));
        state_.add_file(file);
        state_.add_content(content);
        state_.current = {};
        writer_.touch();
        return {};
    }

    Result<void> read_rows(const std::string& name, Position from) {
        RowReader reader(job_, options_, name, true);
        auto opened = reader.open(from);
        if (!opened) {
            if (opened.error().status != Status::bad_data) return opened;
            return writer_.bad_file(name, opened.error().message);
        }
        while (true) {
            TL_TRY(const auto row, reader.next());
            if (!row) return {};
            if (!writer_.fits(*row)) TL_CHECK(writer_.flush());
            TL_CHECK(writer_.add(name, *row));
            state_.current.position = row->end;
        }
    }

    Job& job_;
    const Options& options_;
    DroppedState state_;
    std::vector<std::pair<FileOrder, Fingerprint>> listed_;
    PageWriter writer_;
    std::optional<Error> unreadable_;
};

}  // namespace

Result<ReadEnd> read_dropped(Job& job, const Options& options, const ReadArgs& args) {
    TL_TRY(auto state, DroppedState::parse(job, args.state));
    return DroppedPass(job, options, std::move(state), args.stream).run();
}

}  // namespace file_connector
