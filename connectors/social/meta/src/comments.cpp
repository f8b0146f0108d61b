#include "graph.hpp"

namespace meta {

namespace {

/// {"comment": …, "post": …} a line.
Result<void> emit_comments(Job& job, const std::string& id, const std::string& post) {
    sdk::HttpRequest request("api", "/" + id + "/comments");
    // Answers to comments too.
    request.param("fields", k_comment_fields).param("filter", "stream").param("limit", "100");
    const auto read = all(job, request, [&](const sdk::Fetched& page) -> Result<void> {
        TL_TRY(const auto comments, page.answer.body().pick_each("/data", ""));
        std::string lines;
        for (const auto& comment : comments) {
            sdk::JsonObject(lines).raw("comment", comment.text).raw("post", post).end();
            lines += '\n';
        }
        return lines.empty() ? Result<void>() : job.page_lines("comments", lines);
    });
    // The post was removed meanwhile.
    if (!read && read.error().status == Status::not_found) return {};
    return read;
}

}  // namespace

Result<void> read_posts(Job& job, const Page& page, const sdk::ReadArgs& args) {
    const auto request = feed(job, page, "id,message,from,created_time,updated_time,permalink_url");
    const auto take = [&](const sdk::Fetched& found, std::int64_t since_ms) -> Result<void> {
        TL_TRY(const auto posts, touched_since(found.answer.body(), since_ms));
        std::string lines;
        for (const auto& [id, post] : posts) lines += post + "\n";
        return lines.empty() ? Result<void>() : job.page_lines(args.stream, lines);
    };
    return walk_touched(job, args, request, Order::created, take);
}

Result<void> read_comments(Job& job, const Page& page, const sdk::ReadArgs& args) {
    const auto request = feed(job, page, "id,created_time,updated_time,permalink_url");
    const auto take = [&](const sdk::Fetched& found, std::int64_t since_ms) -> Result<void> {
        // A comment touches its post.
        TL_TRY(const auto posts, touched_since(found.answer.body(), since_ms));
        for (const auto& [id, post] : posts) TL_CHECK(emit_comments(job, id, post));
        return {};
    };
    return walk_touched(job, args, request, Order::created, take);
}

}  // namespace meta
