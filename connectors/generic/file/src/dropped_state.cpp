#include "dropped_state.hpp"

#include <algorithm>

namespace file_connector {

using touchline::sdk::Error;
using touchline::sdk::Job;
using touchline::sdk::JsonObject;
using touchline::sdk::Result;
using touchline::sdk::Status;

namespace {

// Eight characters each; two names of at most 4 KiB (escaped: more) have to find room as well.
constexpr std::size_t k_most_files = 3000;
constexpr std::size_t k_most_contents = 3000;

}  // namespace

Result<DroppedState> DroppedState::parse(Job& job, const std::string& text) {
    DroppedState state;
    if (text.empty()) return state;
    TL_TRY(const auto body, job.make_body(text));
    TL_TRY(
        const auto values,
        body.pick(
            {"/file",
             "/of",
             "/offset",
             "/line",
             "/files",
             "/contents",
             "/forgotten/modified",
             "/forgotten/name"}
        )
    );
    state.current.name = values[0].as_text();
    const auto of = fingerprints_from(values[1].as_text());
    if (of.size() == 2) {
        state.current.file = of[0];
        state.current.content = of[1];
    }
    state.current.position.offset = static_cast<std::uint64_t>(values[2].as_int().value_or(0));
    state.current.position.line = static_cast<std::uint64_t>(values[3].as_int().value_or(1));
    for (const Fingerprint file : fingerprints_from(values[4].as_text())) state.add_file(file);
    for (const Fingerprint content : fingerprints_from(values[5].as_text()))
        state.add_content(content);
    state.forgotten_ = {values[6].as_int().value_or(INT64_MIN), values[7].as_text()};
    return state;
}

void DroppedState::add_content(Fingerprint content) {
    if (!content_set_.insert(content).second) return;
    contents_.push_back(content);
    if (contents_.size() <= k_most_contents) return;
    content_set_.erase(contents_.front());
    contents_.pop_front();
}

std::string DroppedState::text(const std::vector<std::pair<FileOrder, Fingerprint>>& listed) {
    std::vector<std::pair<const FileOrder*, Fingerprint>> known;
    for (const auto& [order, file] : listed) {
        if (order > forgotten_ && files_.count(file) > 0) known.emplace_back(&order, file);
    }
    const std::size_t too_many = known.size() > k_most_files ? known.size() - k_most_files : 0;
    if (too_many > 0) forgotten_ = *known[too_many - 1].first;
    std::vector<Fingerprint> files;
    for (std::size_t i = too_many; i < known.size(); ++i) files.push_back(known[i].second);

    std::string out;
    JsonObject object(out);
    if (!current.name.empty()) {
        object.text("file", current.name)
            .text("of", to_text({current.file, current.content}))
            .number("offset", static_cast<std::int64_t>(current.position.offset))
            .number("line", static_cast<std::int64_t>(current.position.line));
    }
    object.text("files", to_text(files))
        .text("contents", to_text({contents_.begin(), contents_.end()}));
    if (forgotten_.first != INT64_MIN) {
        std::string forgotten;
        JsonObject(forgotten)
            .number("modified", forgotten_.first)
            .text("name", forgotten_.second)
            .end();
        object.raw("forgotten", forgotten);
    }
    object.end();
    return out;
}

}  // namespace file_connector
