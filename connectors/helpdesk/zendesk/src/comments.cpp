// Comments come as events of tickets. An event names its ticket and its author by number only, so
// both are asked for, a hundred at a time.
#include "streams.hpp"

#include <map>
#include <set>
#include <vector>

namespace zendesk {

namespace {

constexpr std::size_t k_most_ids = 100;

struct Comment {
    std::string json, ticket, author;
};

/// Objects by id, as JSON.
using Objects = std::map<std::string, std::string>;

Result<std::vector<Comment>> comments_of(const sdk::Body& page) {
    TL_TRY(const auto tickets, page.pick_each("/ticket_events", "/ticket_id"));
    std::vector<std::string> places;
    std::vector<std::string> ticket_of_place;
    for (std::size_t event = 0; event < tickets.size(); ++event) {
        const std::string children = "/ticket_events/" + std::to_string(event) + "/child_events";
        TL_TRY(const auto types, page.pick_each(children, "/event_type"));
        for (std::size_t child = 0; child < types.size(); ++child) {
            if (types[child].as_text() != "Comment") continue;
            places.push_back(children + "/" + std::to_string(child));
            places.push_back(places.back() + "/author_id");
            ticket_of_place.push_back(tickets[event].as_text());
        }
    }
    std::vector<Comment> comments;
    if (places.empty()) return comments;
    TL_TRY(const auto values, page.pick(places));
    for (std::size_t i = 0; i < ticket_of_place.size(); ++i) {
        comments.push_back({values[2 * i].text, ticket_of_place[i], values[2 * i + 1].as_text()});
    }
    return comments;
}

/// `kind` is "tickets" or "users". What has been deleted meanwhile is not there.
Result<Objects> show_many(Job& job, const std::string& kind, const std::set<std::string>& ids) {
    Objects objects;
    auto next = ids.begin();
    while (next != ids.end()) {
        std::string list;
        for (std::size_t i = 0; i < k_most_ids && next != ids.end(); ++i, ++next)
            list += (list.empty() ? "" : ",") + *next;
        TL_TRY(const auto answer, job.get("api", "/" + kind + "/show_many.json", {{"ids", list}}));
        TL_TRY(const auto found, answer.body().pick_each("/" + kind, ""));
        TL_TRY(const auto names, answer.body().pick_each("/" + kind, "/id"));
        for (std::size_t i = 0; i < found.size(); ++i) objects[names[i].as_text()] = found[i].text;
    }
    return objects;
}

/// {"event": …, "ticket": …, "author": …} a line.
Result<std::string> lines_of(Job& job, const std::vector<Comment>& comments) {
    std::set<std::string> ticket_ids, author_ids;
    for (const auto& comment : comments) {
        ticket_ids.insert(comment.ticket);
        if (!comment.author.empty()) author_ids.insert(comment.author);
    }
    TL_TRY(const auto tickets, show_many(job, "tickets", ticket_ids));
    TL_TRY(const auto authors, show_many(job, "users", author_ids));
    std::string lines;
    for (const auto& comment : comments) {
        sdk::JsonObject line(lines);
        line.raw("event", comment.json);
        if (const auto ticket = tickets.find(comment.ticket); ticket != tickets.end())
            line.raw("ticket", ticket->second);
        if (const auto author = authors.find(comment.author); author != authors.end())
            line.raw("author", author->second);
        line.end();
        lines += '\n';
    }
    return lines;
}

}  // namespace

Result<sdk::ReadEnd> read_comments(Job& job, const sdk::ReadArgs& args) {
    TL_TRY(auto state, sdk::State::parse(job, args, {"from"}));
    // The export goes by whole seconds and gives the last one again: its comments are known by id.
    const auto fetch = [&](const std::string& at) -> Result<sdk::Fetched> {
        TL_TRY(
            auto answer,
            job.get(
                "api",
                "/incremental/ticket_events.json",
                {{"start_time", at.empty() ? first_second(args) : at},
                 {"include", "comment_events"}}
            )
        );
        TL_TRY(const auto way, answer.body().pick({"/end_time", "/end_of_stream"}));
        const bool ends = way[1].as_bool().value_or(false) || !way[0].is_set();
        return sdk::Fetched{std::move(answer), way[0].as_text(), {}, ends};
    };
    const auto take = [&](const sdk::Fetched& page) -> Result<void> {
        TL_TRY(const auto comments, comments_of(page.answer.body()));
        if (!comments.empty()) {
            TL_TRY(const auto lines, lines_of(job, comments));
            TL_CHECK(job.page_lines(args.stream, lines));
        }
        if (!page.next.empty()) state.set("from", page.next);
        return state.save(job, args.stream);
    };
    TL_CHECK(sdk::walk(state.text("from"), fetch, take));
    return sdk::ReadEnd::end;
}

}  // namespace zendesk
