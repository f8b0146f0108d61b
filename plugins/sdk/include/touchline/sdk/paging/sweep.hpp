// Deletions in sources that do not tell of them: what was read once and is listed no more.
#pragma once

#include "touchline/sdk/paging/id_set.hpp"
#include "touchline/sdk/paging/state.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace touchline::sdk {

struct Sweep {
    /// A list is compared at least this often; and at once when the source counts fewer records
    /// than were read.
    std::int64_t every_ms = 24LL * 3600 * 1000;

    /// What the state needs beside the stream's own: State::parse(job, args, {…, "known",
    /// "swept"}).
    static std::vector<std::string> names() { return {"known", "swept"}; }
};

/// The ids that were read, as the state holds them; each page that is handed over adds its own
/// before the state is saved.
class Known {
public:
    explicit Known(const State& state) : ids_(IdSet::parse(state.text("known"))) {}

    IdSet& ids() { return ids_; }
    const IdSet& ids() const { return ids_; }
    void insert(const std::vector<Value>& ids) {
        for (const auto& id : ids) ids_.insert(std::strtoll(id.as_text().c_str(), nullptr, 10));
    }
    /// A checkpoint has its limit: where the ids have too many gaps, they are kept no longer, and
    /// deletions are not found. False once that is so.
    bool keep_in(State& state) const {
        constexpr std::size_t k_most_bytes = 48 * 1024;
        std::string text = ids_.text();
        const bool fits = text.size() <= k_most_bytes;
        state.set("known", fits ? std::move(text) : std::string());
        return fits;
    }

private:
    IdSet ids_;
};

/// What a deleted record becomes, one line each: {"id":7,"deleted":true}.
inline std::string tombstones(const std::vector<std::int64_t>& ids) {
    std::string lines;
    for (const std::int64_t id : ids) {
        JsonObject(lines).number("id", id).boolean("deleted", true).end();
        lines += '\n';
    }
    return lines;
}

/// To be called when a stream has caught up. `total()` is how many records the source counts,
/// Result<std::int64_t>; `list(present)` adds the ids of all that it lists, Result<void>;
/// `gone(ids)` says which of these it does not have, asked by id,
/// Result<std::vector<std::int64_t>>: a list from which a row slipped away while it was read
/// deletes nothing. Hands tombstones over and saves the state. Ids that are neither listed nor gone
/// (hidden now) are forgotten.
template <typename Total, typename List, typename Gone>
Result<void> sweep(
    Job& job,
    const ReadArgs& args,
    const Sweep& how,
    State& state,
    Known& known,
    Total total,
    List list,
    Gone gone
) {
    const std::int64_t now_ms = job.now_unix_ms();
    if (!state.has("swept")) {  // nothing can be missing from the first reading
        state.set("swept", now_ms);
        return state.save(job, args.stream);
    }
    if (known.ids().size() == 0) return {};
    if (now_ms - state.number("swept") < how.every_ms) {
        TL_TRY(const std::int64_t counted, total());
        if (counted >= known.ids().size()) return {};
    }
    IdSet present;
    TL_CHECK(list(present));
    const auto missing = known.ids().without(present);
    if (!missing.empty()) {
        TL_TRY(const std::vector<std::int64_t> deleted, gone(missing));
        if (!deleted.empty()) TL_CHECK(job.page_lines(args.stream, tombstones(deleted)));
        for (const std::int64_t id : missing) known.ids().erase(id);
        known.keep_in(state);
        state.drop("recent");  // what comes back as it was is news
    }
    state.set("swept", now_ms);
    return state.save(job, args.stream);
}

}  // namespace touchline::sdk
