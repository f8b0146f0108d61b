// A timeline to take along: everything under the filters, as the caller may read it.
#include "problem.hpp"
#include "routes.hpp"
#include "timeline_query.hpp"

#include "touchline/journey/mood.hpp"
#include "touchline/json/writer.hpp"
#include "touchline/view/masking.hpp"

#include <array>

namespace touchline::api {
namespace {

/// More would not open in a spreadsheet, nor fit into one answer.
constexpr std::int64_t k_most_rows = 50'000;
constexpr std::int64_t k_page = 1'000;

/// RFC 4180. A cell that a spreadsheet would take for a formula begins with an apostrophe instead.
void append_cell(std::string& out, std::string_view text) {
    constexpr std::string_view k_formula = "=+-@\t\r";
    const bool is_formula = !text.empty() && k_formula.find(text[0]) != std::string_view::npos;
    if (!out.empty() && out.back() != '\n') out.push_back(',');
    out.push_back('"');
    if (is_formula) out.push_back('\'');
    for (const char c : text) {
        if (c == '"') out.push_back('"');
        out.push_back(c);
    }
    out.push_back('"');
}

template <typename... Texts>
void append_row(std::string& out, const Texts&... texts) {
    (append_cell(out, texts), ...);
    out.append("\r\n");
}

void append_item(std::string& out, const view::TimelineItem& item) {
    const model::Touchpoint& touchpoint = item.touchpoint;
    const std::string mood =
        item.mood ? std::string(journey::to_string(journey::tone_of(*item.mood))) : std::string();
    append_row(
        out,
        format_rfc3339(touchpoint.occurred_at),
        item.department_name,
        touchpoint.source.connection,
        touchpoint.kind,
        item.title,
        touchpoint.channel,
        to_string(touchpoint.direction),
        touchpoint.subject,
        touchpoint.snippet,
        touchpoint.status,
        touchpoint.amount ? touchpoint.amount->value : std::string(),
        touchpoint.amount ? touchpoint.amount->currency : std::string(),
        mood,
        touchpoint.owner.employee,
        touchpoint.refs.empty() ? std::string() : touchpoint.refs.front().id,
        touchpoint.source.url
    );
}

std::string csv_of(const view::Timeline& timeline) {
    // With a mark at the beginning spreadsheets read it as UTF-8.
    std::string out("\xEF\xBB\xBF");
    out.append(
        "occurred_at,department,source,kind,title,channel,direction,subject,text,status,amount,"
        "currency,mood,owner,reference,link\r\n"
    );
    for (const view::TimelineRow& row : timeline.items) append_item(out, row.item);
    return out;
}

}  // namespace

Answer get_export(const Call& call) {
    const std::string format = call.query("format");
    if (!format.empty() && format != "csv" && format != "json")
        return Error(Code::bad_data, "format has to be csv or json");
    TOUCHLINE_TRY(view::TimelineQuery query, timeline_query(call));
    query.limit = k_page;
    TOUCHLINE_TRY(const auto reader, call.options.environment.store.reader());
    view::Timeline all;
    do {
        TOUCHLINE_TRY(
            view::Timeline page,
            view::timeline(*reader, call.options.catalogue, call.path[0], query)
        );
        view::mask(page, call.reading());
        const bool is_last = page.items.empty();
        if (query.offset == 0) {
            all = std::move(page);
        } else {
            std::move(page.items.begin(), page.items.end(), std::back_inserter(all.items));
        }
        if (is_last) break;
        query.offset += k_page;
    } while (query.offset < std::min(all.total, k_most_rows));

    net::ServerResponse response;
    const bool is_csv = format != "json";
    if (is_csv) {
        response.body = csv_of(all);
    } else {
        json::Writer writer;
        view::write(writer, all);
        response.body = writer.take();
    }
    response.headers.set("Content-Type", is_csv ? "text/csv; charset=utf-8" : "application/json");
    response.headers.set("Cache-Control", "no-store");
    response.headers.set(
        "Content-Disposition",
        "attachment; filename=\"timeline-" + all.customer + (is_csv ? ".csv\"" : ".json\"")
    );
    return response;
}

}  // namespace touchline::api
