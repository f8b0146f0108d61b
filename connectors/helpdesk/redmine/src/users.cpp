// People: the new ones at every read, all of them once a day, since Redmine filters users by no
// time. Only what a mapping may need is handed over: to administrators Redmine shows more.
#include "streams.hpp"

#include <algorithm>
#include <array>

namespace redmine {

namespace {

constexpr std::int64_t k_page = 100;
/// Pages overlap, because users who are deleted meanwhile move the others up.
constexpr std::int64_t k_step = 90;
constexpr std::array<const char*, 7> k_members{
    "id", "login", "firstname", "lastname", "mail", "created_on", "updated_on"};

struct Page {
    std::vector<sdk::Value> ids;
    std::vector<std::string> lines;  ///< one for each id
    std::int64_t total = 0;
};

sdk::HttpRequest users_by(const std::string& sort, std::int64_t offset) {
    sdk::HttpRequest request("api", "/users.json");
    // The empty status is every one: locked users have a past, too.
    request.param("status", "").param("sort", sort);
    request.param("limit", std::to_string(k_page)).param("offset", std::to_string(offset));
    return request;
}

Result<Page> read_page(const sdk::Body& answer) {
    Page page;
    TL_TRY(const auto total, answer.pick("/total_count"));
    page.total = total.as_int().value_or(0);
    TL_TRY(page.ids, answer.pick_each("/users", "/id"));
    std::array<std::vector<sdk::Value>, k_members.size()> columns;
    for (std::size_t i = 0; i < k_members.size(); ++i) {
        TL_TRY(columns[i], answer.pick_each("/users", std::string("/") + k_members[i]));
    }
    for (std::size_t row = 0; row < page.ids.size(); ++row) {
        sdk::JsonObject user(page.lines.emplace_back());
        for (std::size_t i = 0; i < k_members.size(); ++i) {
            const auto& value = columns[i][row];
            if (value.kind == sdk::JsonKind::string)
                user.text(k_members[i], value.text);
            else if (value.is_set())
                user.raw(k_members[i], value.text);
        }
        user.end();
    }
    return page;
}

/// Until `take` has seen enough.
template <typename Take>
Result<void> walk_users(Job& job, const std::string& sort, Take take) {
    for (std::int64_t offset = 0;; offset += k_step) {
        TL_TRY(const auto answer, job.send(users_by(sort, offset)));
        TL_TRY(const auto page, read_page(answer.body()));
        TL_TRY(const bool enough, take(page));
        if (enough || page.ids.size() < static_cast<std::size_t>(k_page)) return {};
    }
}

Result<std::vector<std::int64_t>> deleted_of(Job& job, const std::vector<std::int64_t>& ids) {
    std::vector<std::int64_t> deleted;
    for (const std::int64_t id : ids) {
        const auto user = job.get("api", "/users/" + std::to_string(id) + ".json");
        if (user) continue;
        if (user.error().status != Status::not_found) return user.error();
        deleted.push_back(id);
    }
    // To strangers Redmine says of everybody that there is no such user.
    TL_CHECK(signed_in_as(job));
    return deleted;
}

}  // namespace

Result<void> read_users(Job& job, const sdk::ReadArgs& args) {
    constexpr std::int64_t k_day_ms = 24LL * 3600 * 1000;
    TL_TRY(auto state, sdk::State::parse(job, args, {"all", "recent", "known", "swept"}));
    sdk::Known known(state);
    sdk::Recent recent(state);
    const std::int64_t now_ms = job.now_unix_ms();
    const bool all = now_ms - state.number("all") >= k_day_ms;
    std::int64_t total = 0;
    std::vector<sdk::Value> read;
    const auto take = [&](const Page& page) -> Result<bool> {
        total = page.total;
        read.insert(read.end(), page.ids.begin(), page.ids.end());
        std::string lines;
        for (std::size_t i = 0; i < page.ids.size(); ++i) {
            if (recent.is_news(page.ids[i].as_text(), page.lines[i])) lines += page.lines[i] + "\n";
        }
        if (!lines.empty()) TL_CHECK(job.page_lines(args.stream, lines));
        if (all) return false;
        return std::any_of(page.ids.begin(), page.ids.end(), [&](const sdk::Value& id) {
            return known.ids().contains(id.as_int().value_or(0));
        });
    };
    const auto walked = walk_users(job, all ? "created_on" : "created_on:desc", take);
    if (!walked && walked.error().status == Status::denied) {
        return Error(
            Status::denied,
            "Redmine lists users only to administrators: use the key of one, or leave this stream "
            "out."
        );
    }
    TL_CHECK(walked);
    known.insert(read);
    known.keep_in(state);
    recent.keep_in(state);
    if (all) state.set("all", now_ms);
    TL_CHECK(state.save(job, args.stream));
    return sdk::sweep(
        job,
        args,
        {},
        state,
        known,
        [&]() -> Result<std::int64_t> { return total; },
        [&](sdk::IdSet& present) {
            return walk_users(job, "created_on", [&](const Page& page) -> Result<bool> {
                for (const auto& id : page.ids) present.insert(id.as_int().value_or(0));
                return false;
            });
        },
        [&](const auto& ids) { return deleted_of(job, ids); }
    );
}

}  // namespace redmine
