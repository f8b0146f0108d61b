#include "graph.hpp"

namespace meta {

namespace {

bool is_id(const std::string& id) {
    return !id.empty() && id.find_first_of("/?#%&") == std::string::npos;
}

/// {"message": …} a line; of a conversation those since `since_ms`.
Result<void> emit_messages(Job& job, const std::string& conversation, std::int64_t since_ms) {
    sdk::HttpRequest request("api", "/" + conversation + "/messages");
    request.param("fields", k_message_fields).param("limit", "100");
    const auto fetch = [&](const std::string& at) -> Result<sdk::Fetched> {
        TL_TRY(auto found, page(job, request, at));
        TL_TRY(const auto times, found.answer.body().pick_each("/data", "/created_time"));
        // Newest first: what follows an old one was read before.
        found.last = !times.empty() &&
                     sdk::parse_time_ms(times.back().as_text()).value_or(since_ms) < since_ms;
        return found;
    };
    return sdk::walk("", fetch, [&](const sdk::Fetched& found) -> Result<void> {
        TL_TRY(const auto messages, found.answer.body().pick_each("/data", ""));
        std::string lines;
        for (const auto& message : messages) {
            sdk::JsonObject(lines)
                .raw("message", message.text)
                .text("conversation", conversation)
                .end();
            lines += '\n';
        }
        return lines.empty() ? Result<void>() : job.page_lines("messages", lines);
    });
}

/// One comment or message as it is now, as {"<name>": …}.
Result<void> fetch(Job& job, const std::string& name, const std::string& id) {
    if (!is_id(id)) return {};
    const std::string& fields = name == "comment" ? k_comment_fields : k_message_fields;
    const auto answer = job.get("api", "/" + id, {{"fields", fields}});
    std::string line;
    if (answer) {
        TL_TRY(const auto whole, answer->pick(""));
        sdk::JsonObject(line).raw(name, whole.text).end();
    } else {
        if (answer.error().status != Status::not_found) return answer.error();
        std::string gone;
        sdk::JsonObject(gone).text("id", id).end();
        sdk::JsonObject(line).raw(name, gone).boolean("deleted", true).end();
    }
    return job.page_lines(name + "s", line + "\n");
}

}  // namespace

Result<void> read_messages(Job& job, const Page& page, const sdk::ReadArgs& args) {
    sdk::HttpRequest request("api", "/" + page.id + "/conversations");
    request.param("platform", "messenger").param("fields", "id,updated_time").param("limit", "100");
    const auto take = [&](const sdk::Fetched& found, std::int64_t since_ms) -> Result<void> {
        TL_TRY(const auto conversations, touched_since(found.answer.body(), since_ms));
        for (const auto& [id, conversation] : conversations)
            TL_CHECK(emit_messages(job, id, since_ms));
        return {};
    };
    return walk_touched(job, args, request, Order::touched, take);
}

Result<void> take_webhook(Job& job, const sdk::Webhook& webhook) {
    TL_TRY(const auto entries, webhook.body.count("/entry"));
    for (std::uint64_t i = 0; i < entries; ++i) {
        const std::string entry = "/entry/" + std::to_string(i);
        TL_TRY(const auto items, webhook.body.pick_each(entry + "/changes", "/value/item"));
        TL_TRY(
            const auto comments, webhook.body.pick_each(entry + "/changes", "/value/comment_id")
        );
        for (std::size_t j = 0; j < items.size(); ++j) {
            if (items[j].as_text() == "comment")
                TL_CHECK(fetch(job, "comment", comments[j].as_text()));
        }
        TL_TRY(const auto messages, webhook.body.pick_each(entry + "/messaging", "/message/mid"));
        for (const auto& message : messages) TL_CHECK(fetch(job, "message", message.as_text()));
    }
    return {};
}

}  // namespace meta
