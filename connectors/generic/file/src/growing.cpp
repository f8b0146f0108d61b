#include "growing.hpp"

#include "growing_state.hpp"
#include "page_writer.hpp"

#include <algorithm>
#include <optional>
#include <vector>

namespace file_connector {

using touchline::sdk::Error;
using touchline::sdk::FileEntry;
using touchline::sdk::Job;
using touchline::sdk::ReadArgs;
using touchline::sdk::ReadEnd;
using touchline::sdk::Result;
using touchline::sdk::Status;

namespace {

constexpr std::size_t k_most_files = 300;

class GrowingPass {
public:
    GrowingPass(Job& job, const Options& options, GrowingState before, const std::string& stream)
        : job_(job),
          options_(options),
          before_(std::move(before)),
          writer_(job, stream, [this] { return text(); }) {}
    GrowingPass(const GrowingPass&) = delete;
    GrowingPass& operator=(const GrowingPass&) = delete;

    Result<ReadEnd> run() {
        TL_TRY(auto entries, job_.list_files(options_.pattern));
        if (entries.size() > k_most_files) {
            return Error(
                Status::config,
                "more than " + std::to_string(k_most_files) + " growing files match " +
                    options_.pattern + "; use a narrower pattern or move old ones away"
            );
        }
        std::sort(entries.begin(), entries.end(), [](const FileEntry& a, const FileEntry& b) {
            return std::tie(a.modified_unix_ns, a.name) < std::tie(b.modified_unix_ns, b.name);
        });
        TL_CHECK(recognise(entries));
        for (const FileEntry& entry : entries) TL_CHECK(visit(entry));
        TL_CHECK(writer_.flush());
        if (unreadable_) return *std::move(unreadable_);
        return ReadEnd::end;
    }

private:
    /// Finds out, for each file that is there, how far it was read: under its own name first, then
    /// under one that it had before it was renamed.
    Result<void> recognise(const std::vector<FileEntry>& entries) {
        std::vector<const FileEntry*> strangers;
        for (const FileEntry& entry : entries) {
            const auto same_name = before_.files.find(entry.name);
            // A file that cannot be read for now is not taken for another one.
            if (same_name == before_.files.end() || !is_same(entry, same_name->second, true)) {
                strangers.push_back(&entry);
                continue;
            }
            now_.files.insert(*same_name);
            before_.files.erase(same_name);
        }
        for (const FileEntry* entry : strangers) {
            if (job_.cancelled()) return Error(Status::cancelled);
            const auto renamed =
                std::find_if(before_.files.begin(), before_.files.end(), [&](const auto& seen) {
                    return is_same(*entry, seen.second, false);
                });
            if (renamed == before_.files.end()) continue;
            now_.files[entry->name] = renamed->second;
            before_.files.erase(renamed);
            writer_.touch();
        }
        return {};
    }

    bool is_same(const FileEntry& entry, const GrowingFile& seen, bool unless_known) {
        return continues(job_, entry.name, entry.bytes, seen).value_or(unless_known);
    }

    Result<void> visit(const FileEntry& entry) {
        auto read = read_rows(entry);
        if (read || read.error().status == Status::not_found) return {};
        // One file's trouble does not keep the others from being read.
        const Status status = read.error().status;
        if (status != Status::denied && status != Status::bad_data) return read;
        if (!unreadable_) unreadable_ = std::move(read).error();
        return {};
    }

    Result<void> read_rows(const FileEntry& entry) {
        const auto known = now_.files.find(entry.name);
        const Position from = known == now_.files.end() ? Position() : known->second.position;
        if (known != now_.files.end() && entry.bytes == from.offset) return {};
        RowReader reader(job_, options_, entry.name, false);
        TL_CHECK(reader.open(from));
        while (true) {
            TL_TRY(const auto row, reader.next());
            if (!row) break;
            if (!writer_.fits(*row)) TL_CHECK(remember_and_flush(entry.name, row->begin));
            TL_CHECK(writer_.add(entry.name, *row));
        }
        if (reader.position().offset == from.offset) return {};
        writer_.touch();
        return remember(entry.name, reader.position());
    }

    Result<void> remember_and_flush(const std::string& name, Position position) {
        TL_CHECK(remember(name, position));
        return writer_.flush();
    }

    Result<void> remember(const std::string& name, Position position) {
        TL_TRY(now_.files[name], mark(job_, name, position));
        return {};
    }

    std::string text() const { return now_.text(); }

    Job& job_;
    const Options& options_;
    GrowingState before_, now_;
    PageWriter writer_;
    std::optional<Error> unreadable_;
};

}  // namespace

Result<ReadEnd> read_growing(Job& job, const Options& options, const ReadArgs& args) {
    TL_TRY(auto state, GrowingState::parse(job, args.state));
    return GrowingPass(job, options, std::move(state), args.stream).run();
}

}  // namespace file_connector
