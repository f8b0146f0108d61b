// Intercom's search compares the times of contacts by calendar day, in the workspace's time zone:
// whoever asks for "after" a moment never sees the rest of its day. So contacts are asked for from
// a day earlier.
#include "streams.hpp"

#include <algorithm>

namespace intercom {

namespace {

constexpr std::int64_t k_day_ms = 86'400'000;
constexpr std::int64_t k_second_ms = 1000;
/// Search finds changes some seconds after they were made.
constexpr std::int64_t k_overlap_ms = 60'000;
constexpr int k_page = 150;
constexpr int k_attempts = 4;

sdk::HttpRequest question(const std::string& kind, std::int64_t after_ms, const std::string& at) {
    std::string condition, pagination, sort, body;
    sdk::JsonObject(condition)
        .text("field", "updated_at")
        .text("operator", ">")
        .number("value", std::max<std::int64_t>(after_ms / 1000, 0))
        .end();
    sdk::JsonObject page(pagination);
    page.number("per_page", k_page);
    if (!at.empty()) page.text("starting_after", at);
    page.end();
    sdk::JsonObject(sort).text("field", "updated_at").text("order", "ascending").end();
    sdk::JsonObject(body)
        .raw("query", R"({"operator":"AND","value":[)" + condition + "]}")
        .raw("pagination", pagination)
        .raw("sort", sort)
        .end();
    return request("/" + kind + "/search")
        .content("application/json", std::move(body))
        .with_flags(TL_HTTP_IDEMPOTENT);
}

/// `kind` is "contacts" or "conversations".
Result<sdk::Fetched> ask(Job& job, const std::string& kind, const sdk::CatchUpPlace& place) {
    const std::int64_t after_ms = place.from_ms - (kind == "contacts" ? k_day_ms : k_second_ms);
    for (int attempt = 0; attempt < k_attempts; ++attempt) {
        TL_TRY(auto answer, job.send(question(kind, after_ms, place.after)));
        TL_TRY(const auto way, answer.body().pick({"/pages/page", "/pages/next/starting_after"}));
        // An answer that came twice is about another page.
        const bool is_first = way[0].as_int().value_or(1) == 1;
        if (is_first != place.after.empty()) continue;
        return sdk::Fetched{std::move(answer), way[1].as_text(), {}};
    }
    return Error(Status::bad_data, "Intercom's search keeps answering another question.");
}

std::string list_of(const std::string& kind) {
    return kind == "contacts" ? "/data" : "/conversations";
}

}  // namespace

sdk::HttpRequest request(std::string path) {
    sdk::HttpRequest made("api", std::move(path));
    return made.header("Intercom-Version", "2.11").header("Accept", "application/json");
}

Result<sdk::ReadEnd> read_search(Job& job, const sdk::ReadArgs& args) {
    const std::string kind = args.stream == "contacts" ? "contacts" : "conversations";
    const std::string list = list_of(kind);
    TL_TRY(auto state, sdk::State::parse(job, args, sdk::CatchUp::names()));
    const auto ask_so = [&](const sdk::CatchUpPlace& place) { return ask(job, kind, place); };
    const auto emit = [&](const sdk::Fetched& page) -> Result<void> {
        if (args.stream != "parts") return job.page(args.stream, page.answer.body(), list);
        TL_TRY(const auto ids, page.answer.body().pick_each(list, "/id"));
        for (const auto& id : ids) TL_CHECK(emit_parts(job, id.as_text()));
        return {};
    };
    TL_CHECK(sdk::catch_up(job, args, {list, "/updated_at", k_overlap_ms}, state, ask_so, emit));
    return sdk::ReadEnd::end;
}

Result<void> emit_parts(Job& job, const std::string& id) {
    const auto answer = job.send(request("/conversations/" + id).param("display_as", "plaintext"));
    if (!answer) {
        if (answer.error().status == Status::not_found) return {};
        return answer.error();
    }
    const std::string list = "/conversation_parts/conversation_parts";
    TL_TRY(const auto parts, answer->body().pick_each(list, ""));
    if (parts.empty()) return {};
    // Not the whole of it, which holds the parts once more.
    TL_TRY(
        const auto about,
        answer->body().pick(
            {"/id", "/title", "/source/type", "/contacts/contacts", "/team_assignee_id"}
        )
    );
    std::string conversation, lines;
    sdk::JsonObject(conversation)
        .text("id", about[0].as_text())
        .text("title", about[1].as_text())
        .text("type", about[2].as_text())
        .raw("contacts", about[3].is_set() ? about[3].text : "[]")
        .text("team", about[4].as_text())
        .end();
    for (const auto& part : parts) {
        sdk::JsonObject(lines).raw("part", part.text).raw("conversation", conversation).end();
        lines += '\n';
    }
    return job.page_lines("parts", lines);
}

}  // namespace intercom
