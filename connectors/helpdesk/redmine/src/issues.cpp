// Issues by the second of their last change. No page but the first is ever asked for: offsets lose
// rows when others change meanwhile. Lists leave out what was written on an issue, so each that
// changed is fetched.
#include "streams.hpp"

#include <algorithm>

namespace redmine {

namespace {

constexpr std::int64_t k_tick_ms = 1000;
/// Times are given before a change is committed.
constexpr std::int64_t k_overlap_ms = 60'000;
constexpr std::size_t k_page = 100;
constexpr int k_attempts = 4;

sdk::HttpRequest issues_of(const std::string& project) {
    sdk::HttpRequest request("api", "/issues.json");
    // Without a status, closed ones are left out.
    request.param("status_id", "*");
    if (!project.empty()) request.param("project_id", project);
    return request;
}

sdk::HttpRequest question(const std::string& project, const sdk::Keyset& at) {
    auto request = issues_of(project);
    request.param("limit", std::to_string(k_page));
    if (at.in_tie) {
        const std::string second = sdk::time_text(at.time_ms);
        request.param("updated_on", "><" + second + "|" + second).param("sort", "id");
        if (!at.after.empty())
            request.param("issue_id", ">=" + std::to_string(std::stoll(at.after) + 1));
    } else {
        if (at.time_ms > 0) request.param("updated_on", ">=" + sdk::time_text(at.time_ms));
        request.param("sort", "updated_on:asc,id:asc");
    }
    return request;
}

struct Page {
    std::vector<sdk::Value> ids;
    sdk::KeysetPage shape;
};

Result<Page> read_page(const sdk::Body& answer) {
    Page page;
    TL_TRY(page.ids, answer.pick_each("/issues", "/id"));
    TL_TRY(const auto times, answer.pick_each("/issues", "/updated_on"));
    page.shape.rows = page.ids.size();
    page.shape.is_full = page.ids.size() >= k_page;
    if (page.ids.empty()) return page;
    const auto first = sdk::parse_time_ms(times.front().as_text());
    const auto last = sdk::parse_time_ms(times.back().as_text());
    if (!first || !last)
        return Error(Status::bad_data, "An issue does not say when it was changed.");
    page.shape.first_time_ms = *first;
    page.shape.last_time_ms = *last;
    page.shape.last_id = page.ids.back().as_text();
    return page;
}

/// Whether this can be an answer to the question: one that came twice cannot.
bool fits(const sdk::Keyset& at, const Page& page) {
    if (page.ids.empty()) return true;
    if (!at.in_tie) return page.shape.first_time_ms >= at.time_ms;
    const std::int64_t after = at.after.empty() ? 0 : std::stoll(at.after);
    return page.shape.first_time_ms == at.time_ms && page.ids.front().as_int().value_or(0) > after;
}

Result<Page> ask(Job& job, const std::string& project, const sdk::Keyset& at) {
    for (int attempt = 0; attempt < k_attempts; ++attempt) {
        TL_TRY(const auto answer, job.send(question(project, at)));
        TL_TRY(auto page, read_page(answer.body()));
        if (fits(at, page)) return page;
    }
    return Error(Status::bad_data, "Redmine keeps answering with the same page.");
}

std::string path_of(const std::string& id) {
    return "/issues/" + id + ".json";
}

/// Each as it is now; those that went away meanwhile are not missed.
Result<void> hand_over(
    Job& job, const std::string& stream, const std::vector<sdk::Value>& ids, sdk::Recent& recent
) {
    for (const auto& id : ids) {
        const auto issue = job.get("api", path_of(id.as_text()), {{"include", "journals"}});
        if (issue) {
            TL_TRY(const auto record, issue->pick("/issue"));
            if (recent.is_news(id.as_text(), record.text))
                TL_CHECK(job.page(stream, issue->body(), "/issue"));
        } else if (issue.error().status != Status::not_found && issue.error().status != Status::denied) {
            return issue.error();
        }
    }
    return {};
}

Result<std::int64_t> count(Job& job, const std::string& project) {
    TL_TRY(const auto answer, job.send(issues_of(project).param("limit", "1")));
    TL_TRY(const auto total, answer.pick("/total_count"));
    return total.as_int().value_or(0);
}

Result<void> list_ids(Job& job, const std::string& project, sdk::IdSet& present) {
    for (;;) {
        auto request = issues_of(project);
        request.param("limit", std::to_string(k_page)).param("sort", "id");
        request.param("issue_id", ">=" + std::to_string(present.greatest() + 1));
        TL_TRY(const auto answer, job.send(request));
        TL_TRY(const auto ids, answer.body().pick_each("/issues", "/id"));
        for (const auto& id : ids) present.insert(id.as_int().value_or(0));
        if (ids.size() < k_page) return {};
    }
}

Result<std::vector<std::int64_t>> deleted_of(Job& job, const std::vector<std::int64_t>& ids) {
    std::vector<std::int64_t> deleted;
    for (const std::int64_t id : ids) {
        const auto issue = job.get("api", path_of(std::to_string(id)));
        if (issue || issue.error().status == Status::denied) continue;
        if (issue.error().status != Status::not_found) return issue.error();
        deleted.push_back(id);
    }
    // Was all this still said to an account that may know?
    TL_CHECK(signed_in_as(job));
    return deleted;
}

void keep(sdk::State& state, const sdk::Keyset& at) {
    state.set("time", at.time_ms).drop("tie").drop("after");
    if (at.in_tie) state.set("tie", "yes").set("after", at.after);
}

}  // namespace

Result<void> read_issues(Job& job, const sdk::ReadArgs& args, const std::string& project) {
    TL_TRY(
        auto state,
        sdk::State::parse(job, args, {"time", "tie", "after", "recent", "known", "swept"})
    );
    sdk::Known known(state);
    sdk::Recent recent(state);
    sdk::Keyset at{
        state.number("time", args.since_unix_ms.value_or(0)),
        state.has("tie"),
        state.text("after")};
    for (bool ends = false; !ends;) {
        TL_TRY(const auto page, ask(job, project, at));
        TL_CHECK(hand_over(job, args.stream, page.ids, recent));
        known.insert(page.ids);
        known.keep_in(state);
        recent.keep_in(state);
        ends = sdk::keyset_ends(at, page.shape);
        at = sdk::next_keyset(at, page.shape, k_tick_ms);
        keep(state, ends ? sdk::with_overlap(at, k_overlap_ms) : at);
        TL_CHECK(state.save(job, args.stream));
    }
    return sdk::sweep(
        job,
        args,
        {},
        state,
        known,
        [&] { return count(job, project); },
        [&](sdk::IdSet& present) { return list_ids(job, project, present); },
        [&](const auto& ids) { return deleted_of(job, ids); }
    );
}

}  // namespace redmine
