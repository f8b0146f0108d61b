// Freshdesk ends a list of tickets after 300 pages, and counts pages anew when tickets move: so a
// second page is asked for only inside one second.
#include "streams.hpp"

#include <algorithm>

namespace freshdesk {

namespace {

const char* const k_include = "requester,stats,description";

sdk::Seek seek_tickets(std::string prefix) {
    sdk::Seek how{"", "/updated_at", "/id", k_overlap_ms};
    how.prefix = std::move(prefix);
    return how;
}

/// `filter` is empty, "deleted" or "spam".
Result<sdk::Fetched> ask(Job& job, const sdk::CatchUpPlace& place, const std::string& filter) {
    // A second earlier: it is nowhere said whether the moment itself is included.
    const std::int64_t since_ms = std::max(place.from_ms - 1000, k_beginning_ms);
    sdk::HttpRequest request("api", "/tickets");
    request.param("updated_since", sdk::time_text(since_ms)).param("include", k_include);
    request.param("order_by", "updated_at").param("order_type", "asc").param("per_page", "100");
    if (!filter.empty()) request.param("filter", filter);
    if (!place.after.empty()) request.param("page", place.after);
    auto answer = job.send(request);
    if (!answer && answer.error().status == Status::bad_data && !place.after.empty()) {
        return Error(
            Status::bad_data,
            "More tickets were changed in one second than Freshdesk ever lists: it refuses page " +
                place.after + "."
        );
    }
    if (!answer) return std::move(answer).error();
    TL_TRY(auto next, next_page(*answer, place.after));
    return sdk::Fetched{*std::move(answer), std::move(next), {}};
}

/// {"conversation": …, "ticket": …} a line.
Result<void> emit_conversations(Job& job, const std::string& id, const std::string& ticket) {
    const auto fetch = [&](const std::string& at) -> Result<sdk::Fetched> {
        sdk::HttpRequest request("api", "/tickets/" + id + "/conversations");
        if (!at.empty()) request.param("page", at);
        TL_TRY(auto answer, job.send(request));
        TL_TRY(auto next, next_page(answer, at));
        TL_TRY(const auto ids, answer.body().pick_each("", "/id"));
        return sdk::Fetched{
            std::move(answer), std::move(next), ids.empty() ? "" : ids.front().as_text()};
    };
    const auto take = [&](const sdk::Fetched& page) -> Result<void> {
        TL_TRY(const auto conversations, page.answer.body().pick_each("", ""));
        std::string lines;
        for (const auto& conversation : conversations) {
            sdk::JsonObject(lines)
                .raw("conversation", conversation.text)
                .raw("ticket", ticket)
                .end();
            lines += '\n';
        }
        if (lines.empty()) return {};
        return job.page_lines("conversations", lines);
    };
    auto read = sdk::walk("", fetch, take);
    // It was deleted for good meanwhile.
    if (!read && read.error().status == Status::not_found) return {};
    return read;
}

}  // namespace

Result<std::string> next_page(const sdk::HttpResponse& answer, const std::string& at) {
    TL_TRY(const auto links, answer.headers("Link"));
    return sdk::next_number(at, 1, 1, !sdk::next_link(links).empty());
}

Result<sdk::ReadEnd> read_tickets(Job& job, const sdk::ReadArgs& args) {
    std::vector<std::string> names;
    for (const char* prefix : {"", "deleted_", "spam_"}) {
        for (auto& name : sdk::Seek::names(prefix)) names.push_back(std::move(name));
    }
    TL_TRY(auto state, sdk::State::parse(job, args, names));
    for (const std::string filter : {"", "deleted", "spam"}) {
        const auto ask_so = [&](const sdk::CatchUpPlace& place) { return ask(job, place, filter); };
        const auto how = seek_tickets(filter.empty() ? "" : filter + "_");
        TL_CHECK(sdk::seek(job, args, how, state, ask_so));
    }
    return sdk::ReadEnd::end;
}

Result<sdk::ReadEnd> read_conversations(Job& job, const sdk::ReadArgs& args) {
    TL_TRY(auto state, sdk::State::parse(job, args, sdk::Seek::names()));
    const auto ask_so = [&](const sdk::CatchUpPlace& place) { return ask(job, place, ""); };
    const auto emit = [&](const sdk::Fetched& page) -> Result<void> {
        TL_TRY(const auto tickets, page.answer.body().pick_each("", ""));
        TL_TRY(const auto ids, page.answer.body().pick_each("", "/id"));
        for (std::size_t i = 0; i < ids.size(); ++i)
            TL_CHECK(emit_conversations(job, ids[i].as_text(), tickets[i].text));
        return {};
    };
    TL_CHECK(sdk::seek(job, args, seek_tickets(""), state, ask_so, emit));
    return sdk::ReadEnd::end;
}

Result<void> fetch_ticket(Job& job, const std::string& id) {
    TL_TRY(const auto answer, job.get("api", "/tickets/" + id, {{"include", "requester,stats"}}));
    TL_CHECK(job.page("tickets", answer.body()));
    TL_TRY(const auto ticket, answer.pick(""));
    return emit_conversations(job, id, ticket.text);
}

}  // namespace freshdesk
