#include "growing_state.hpp"

#include <algorithm>

namespace file_connector {

using touchline::sdk::Job;
using touchline::sdk::JsonObject;
using touchline::sdk::Result;

namespace {
constexpr std::uint64_t k_mark_bytes = 1024;
}

Result<GrowingState> GrowingState::parse(Job& job, const std::string& text) {
    GrowingState state;
    if (text.empty()) return state;
    TL_TRY(const auto body, job.make_body(text));
    TL_TRY(const auto names, body.pick_each("/files", "/name"));
    TL_TRY(const auto offsets, body.pick_each("/files", "/offset"));
    TL_TRY(const auto lines, body.pick_each("/files", "/line"));
    TL_TRY(const auto marks, body.pick_each("/files", "/marks"));
    for (std::size_t i = 0; i < names.size(); ++i) {
        const auto pair = fingerprints_from(marks[i].as_text());
        if (pair.size() != 2) continue;
        GrowingFile& file = state.files[names[i].as_text()];
        file.position.offset = static_cast<std::uint64_t>(offsets[i].as_int().value_or(0));
        file.position.line = static_cast<std::uint64_t>(lines[i].as_int().value_or(1));
        file.head = pair[0];
        file.tail = pair[1];
    }
    return state;
}

std::string GrowingState::text() const {
    std::string list = "[";
    for (const auto& [name, file] : files) {
        if (list.size() > 1) list += ',';
        JsonObject(list)
            .text("name", name)
            .number("offset", static_cast<std::int64_t>(file.position.offset))
            .number("line", static_cast<std::int64_t>(file.position.line))
            .text("marks", to_text({file.head, file.tail}))
            .end();
    }
    std::string out;
    JsonObject(out).raw("files", list + "]").end();
    return out;
}

Result<GrowingFile> mark(Job& job, const std::string& name, Position position) {
    const std::uint64_t length = std::min(position.offset, k_mark_bytes);
    TL_TRY(const auto head, job.file_digest(name, 0, length));
    TL_TRY(const auto tail, job.file_digest(name, position.offset - length, length));
    return GrowingFile{position, fingerprint_of_digest(head), fingerprint_of_digest(tail)};
}

Result<bool> continues(
    Job& job, const std::string& name, std::uint64_t bytes, const GrowingFile& seen
) {
    if (bytes < seen.position.offset) return false;
    TL_TRY(const auto now, mark(job, name, seen.position));
    return now.head == seen.head && now.tail == seen.tail;
}

}  // namespace file_connector
