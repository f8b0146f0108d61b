// Search finds at most 10,000 objects, and its pages shift when objects change meanwhile. So no
// second page is ever asked for: each question begins at the time, or inside one time at the id,
// where the answer before it ended.
#include "kinds.hpp"

namespace hubspot {

namespace {

constexpr std::int64_t k_tick_ms = 1;
/// Search finds changes some seconds after they were made, and not in their order.
constexpr std::int64_t k_overlap_ms = 60'000;
constexpr std::size_t k_page = 200;
constexpr int k_attempts = 4;

struct Row {
    std::int64_t id = 0, time_ms = 0;
};

void add_filter(
    std::string& filters, std::string_view property, std::string_view op, const std::string& value
) {
    if (!filters.empty()) filters += ',';
    sdk::JsonObject(filters)
        .text("propertyName", property)
        .text("operator", op)
        .text("value", value)
        .end();
}

sdk::HttpRequest question(const Kind& kind, const sdk::Keyset& at) {
    std::string filters, sort, properties;
    add_filter(filters, kind.modified, at.in_tie ? "EQ" : "GTE", std::to_string(at.time_ms));
    if (!at.after.empty()) add_filter(filters, "hs_object_id", "GT", at.after);
    sdk::JsonObject(sort)
        .text("propertyName", at.in_tie ? "hs_object_id" : kind.modified)
        .text("direction", "ASCENDING")
        .end();
    for (const auto property : kind.properties) {
        properties += properties.empty() ? "" : ",";
        sdk::append_quoted(properties, property);
    }
    std::string body;
    sdk::JsonObject(body)
        .raw("filterGroups", "[{\"filters\":[" + filters + "]}]")
        .raw("sorts", "[" + sort + "]")
        .raw("properties", "[" + properties + "]")
        .number("limit", k_page)
        .end();
    return sdk::HttpRequest("api", kind.path() + "/search")
        .content("application/json", std::move(body))
        .with_flags(TL_HTTP_IDEMPOTENT);
}

Result<std::vector<Row>> rows_of(const Kind& kind, const sdk::Body& answer) {
    TL_TRY(const auto ids, answer.pick_each("/results", "/id"));
    TL_TRY(
        const auto times, answer.pick_each("/results", "/properties/" + std::string(kind.modified))
    );
    std::vector<Row> rows;
    for (std::size_t i = 0; i < ids.size(); ++i) {
        const auto time_ms = sdk::parse_time_ms(times[i].as_text());
        if (!time_ms) {
            return Error(
                Status::bad_data,
                "HubSpot's object " + ids[i].as_text() + " does not say when it was changed."
            );
        }
        rows.push_back({std::strtoll(ids[i].as_text().c_str(), nullptr, 10), *time_ms});
    }
    return rows;
}

/// Whether these rows can be an answer to the question: an answer that came twice cannot.
bool fits(const sdk::Keyset& at, const std::vector<Row>& rows) {
    Row before{at.after.empty() ? 0 : std::strtoll(at.after.c_str(), nullptr, 10), at.time_ms};
    for (const Row& row : rows) {
        const bool in_order = at.in_tie ? row.time_ms == at.time_ms && row.id > before.id
                                        : row.time_ms >= before.time_ms;
        if (!in_order) return false;
        before = row;
    }
    return true;
}

struct Answered {
    sdk::HttpResponse response;
    sdk::KeysetPage page;
};

Result<Answered> ask(Job& job, const Kind& kind, const sdk::Keyset& at) {
    for (int attempt = 0; attempt < k_attempts; ++attempt) {
        TL_TRY(auto response, job.send(question(kind, at)));
        TL_TRY(const auto rows, rows_of(kind, response.body()));
        if (!fits(at, rows)) continue;
        TL_TRY(const auto more, response.pick("/paging/next/after"));
        sdk::KeysetPage page{rows.size(), more.is_set(), 0, 0, ""};
        if (!rows.empty()) {
            page.first_time_ms = rows.front().time_ms;
            page.last_time_ms = rows.back().time_ms;
            page.last_id = std::to_string(rows.back().id);
        }
        return Answered{std::move(response), page};
    }
    return Error(Status::bad_data, "HubSpot's search keeps answering another question.");
}

void keep(sdk::State& state, const sdk::Keyset& at) {
    state.set("time", at.time_ms).drop("tie").drop("after");
    if (at.in_tie) state.set("tie", "yes").set("after", at.after);
}

}  // namespace

Result<void> read_changes(
    Job& job, const sdk::ReadArgs& args, const Kind& kind, sdk::State& state
) {
    sdk::Keyset at{
        state.number("time", args.since_unix_ms.value_or(0)),
        state.has("tie"),
        state.text("after")};
    for (;;) {
        TL_TRY(const auto answered, ask(job, kind, at));
        if (answered.page.rows > 0) {
            TL_TRY(const auto lines, lines_of(job, kind, answered.response.body(), "/results"));
            TL_CHECK(job.page_lines(args.stream, lines));
        }
        const bool ends = sdk::keyset_ends(at, answered.page);
        at = sdk::next_keyset(at, answered.page, k_tick_ms);
        keep(state, ends ? sdk::with_overlap(at, k_overlap_ms) : at);
        TL_CHECK(state.save(job, args.stream));
        if (ends) return {};
    }
}

}  // namespace hubspot
