// A Bulk API 2.0 query job: created, waited for, and read in pages of CSV. A locator stays good as
// long as the job does (seven days), so a run that was interrupted goes on where it was.
#include "kinds.hpp"

#include "touchline/sdk/csv.hpp"

#include <algorithm>

namespace salesforce {

namespace {

/// So many rows are held at once, whatever the job found.
constexpr int k_page = 1000;
constexpr std::int64_t k_first_wait_ms = 1000, k_longest_wait_ms = 30'000;
constexpr int k_attempts = 4;

/// Leaves the job's id and when it began, by Salesforce's clock, in the state.
Result<void> create_job(Job& job, const sdk::ReadArgs& args, const Kind& kind, sdk::State& state) {
    std::string query = kind.select();
    if (args.since_unix_ms)
        query += " WHERE SystemModstamp >= " + sdk::time_text_ms(*args.since_unix_ms);
    std::string body;
    sdk::JsonObject(body).text("operation", "queryAll").text("query", query).end();
    for (int attempt = 0; attempt < k_attempts; ++attempt) {
        TL_TRY(
            const auto answer,
            job.send(sdk::HttpRequest("api", "/jobs/query")
                         .content("application/json", body)
                         .with_flags(TL_HTTP_IDEMPOTENT))
        );
        TL_TRY(const auto said, answer.body().pick({"/id", "/object", "/createdDate"}));
        const auto begun_ms = sdk::parse_time_ms(said[2].as_text());
        // An answer that came twice tells of another job.
        if (said[1].as_text() != kind.object || !begun_ms) continue;
        state.set("job", said[0].as_text()).set("begun", *begun_ms).drop("locator");
        return state.save(job, args.stream);
    }
    return Error(Status::bad_data, "Salesforce keeps answering about another job.");
}

Result<void> wait_for(Job& job, const std::string& id) {
    for (std::int64_t wait_ms = k_first_wait_ms;;
         wait_ms = std::min(2 * wait_ms, k_longest_wait_ms)) {
        TL_TRY(const auto answer, job.get("api", "/jobs/query/" + id));
        TL_TRY(const auto said, answer.body().pick({"/state", "/errorMessage"}));
        const std::string state = said[0].as_text();
        if (state == "JobComplete") return {};
        if (state == "Failed" || state == "Aborted") {
            const std::string why = said[1].as_text();
            return Error(
                Status::conflict,
                "Salesforce gave the back-fill up (" + state + ")" + (why.empty() ? "" : ": " + why)
            );
        }
        TL_CHECK(job.sleep_ms(wait_ms));
    }
}

void append_cell(std::string& json, Form form, const std::string& cell) {
    if (cell.empty()) {
        json += "null";
    } else if (form == Form::text) {
        sdk::append_quoted(json, cell);
    } else if (form == Form::time) {
        // JSON says +0000 where CSV says Z.
        sdk::append_quoted(
            json, cell.back() == 'Z' ? cell.substr(0, cell.size() - 1) + "+0000" : cell
        );
    } else {
        json += cell;
    }
}

/// A page of results as the JSON that a query would have given. Error bad_data: it is no such page.
Result<std::vector<std::string>> rows_of(const Kind& kind, std::string_view csv) {
    sdk::CsvRow header = sdk::split_row(csv, ',', true);
    std::vector<const Field*> columns;
    for (const std::string& name : header.cells) {
        const auto field =
            std::find_if(kind.fields.begin(), kind.fields.end(), [&](const Field& one) {
                return one.name == name;
            });
        if (field == kind.fields.end()) break;
        columns.push_back(&*field);
    }
    if (columns.size() != kind.fields.size())
        return Error(Status::bad_data, "Salesforce's CSV has other columns than were asked for.");
    std::vector<std::string> rows;
    for (csv.remove_prefix(header.length); !csv.empty();) {
        const sdk::CsvRow row = sdk::split_row(csv, ',', true);
        if (row.end != sdk::RowEnd::complete || row.cells.size() != columns.size()) {
            return Error(
                Status::bad_data,
                "Salesforce's CSV is broken after " + std::to_string(rows.size()) + " rows."
            );
        }
        std::string& json = rows.emplace_back("{");
        for (std::size_t i = 0; i < columns.size(); ++i) {
            if (i > 0) json += ',';
            sdk::append_quoted(json, columns[i]->name);
            json += ':';
            append_cell(json, columns[i]->form, row.cells[i]);
        }
        json += '}';
        csv.remove_prefix(row.length);
    }
    return rows;
}

Result<void> read_results(
    Job& job, const sdk::ReadArgs& args, const Kind& kind, sdk::State& state
) {
    const std::string path = "/jobs/query/" + state.text("job") + "/results";
    const auto fetch = [&](const std::string& at) -> Result<sdk::Fetched> {
        sdk::HttpRequest request("api", path);
        request.param("maxRecords", std::to_string(k_page)).header("Accept", "text/csv");
        if (!at.empty()) request.param("locator", at);
        TL_TRY(auto answer, job.send(request));
        const std::string locator = answer.header("Sforce-Locator");
        return sdk::Fetched{std::move(answer), locator == "null" ? "" : locator, {}};
    };
    const auto take = [&](const sdk::Fetched& page) -> Result<void> {
        TL_TRY(const auto csv, page.answer.body().view());
        TL_TRY(const auto rows, rows_of(kind, csv));
        TL_CHECK(emit_rows(job, kind, rows));
        if (page.is_last()) {
            // What changes meanwhile is read by query, from when the job began.
            state.set("time", std::max<std::int64_t>(state.number("begun") - k_overlap_ms, 0));
            state.drop("job").drop("locator").drop("begun");
        } else {
            state.set("locator", page.next);
        }
        return state.save(job, args.stream);
    };
    return sdk::walk(state.text("locator"), fetch, take);
}

}  // namespace

Result<void> read_bulk(Job& job, const sdk::ReadArgs& args, const Kind& kind, sdk::State& state) {
    const bool resumed = state.has("job");
    if (!resumed) TL_CHECK(create_job(job, args, kind, state));
    auto done = wait_for(job, state.text("job"));
    if (done) done = read_results(job, args, kind, state);
    if (done) return {};
    const Status status = done.error().status;
    if (status != Status::not_found && status != Status::conflict) return done;
    // The job is of no use any more: what was read stays, the next one begins from the start.
    state.drop("job").drop("locator").drop("begun");
    TL_CHECK(state.save(job, args.stream));
    if (resumed && status == Status::not_found) return read_bulk(job, args, kind, state);
    return done;
}

}  // namespace salesforce
