#include "posts.hpp"

#include <map>

namespace x {

namespace {

Error refusal(const std::string& title, const std::string& detail) {
    const bool denied = title.find("Authorization") != std::string::npos || title == "Forbidden";
    return Error(
        denied ? Status::denied : Status::bad_data,
        "X answers: " + (detail.empty() ? title : detail)
    );
}

/// What stands in `errors` beside the posts. Without posts it is what went wrong.
Result<void> look_at_errors(Job& job, const sdk::Body& answer) {
    TL_TRY(const auto titles, answer.pick_each("/errors", "/title"));
    if (titles.empty()) return {};
    TL_TRY(const auto said, answer.pick({"/data", "/meta", "/errors/0/detail"}));
    if (!said[0].is_set() && !said[1].is_set())
        return refusal(titles.front().as_text(), said[2].as_text());
    job.log(
        TL_LOG_INFO,
        "X could not show everything that posts refer to",
        {{"count", std::to_string(titles.size())}, {"first", titles.front().as_text()}}
    );
    return {};
}

}  // namespace

sdk::HttpRequest with_fields(sdk::HttpRequest request) {
    return request
        .param(
            "tweet.fields", "author_id,conversation_id,created_at,entities,in_reply_to_user_id,lang"
        )
        .param("expansions", "author_id")
        .param("user.fields", "name,username");
}

Result<std::string> lines_of(Job& job, const sdk::Body& answer) {
    TL_CHECK(look_at_errors(job, answer));
    TL_TRY(const auto users, answer.pick_each("/includes/users", ""));
    TL_TRY(const auto user_ids, answer.pick_each("/includes/users", "/id"));
    std::map<std::string, std::string> authors;
    for (std::size_t i = 0; i < users.size(); ++i) authors[user_ids[i].as_text()] = users[i].text;
    TL_TRY(const auto posts, answer.pick_each("/data", ""));
    TL_TRY(const auto written_by, answer.pick_each("/data", "/author_id"));
    std::string lines;
    for (std::size_t i = 0; i < posts.size(); ++i) {
        sdk::JsonObject line(lines);
        line.raw("post", posts[i].text);
        if (const auto author = authors.find(written_by[i].as_text()); author != authors.end())
            line.raw("author", author->second);
        line.end();
        lines += '\n';
    }
    return lines;
}

}  // namespace x
