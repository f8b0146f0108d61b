#include "services.hpp"

#include <algorithm>

namespace touchline::host {

namespace {

/// The connection of this job to the target's database.
Result<net::RowSession*> session(Job& job, std::string_view name) {
    const auto open = job.row_sessions.find(name);
    if (open != job.row_sessions.end()) return open->second.get();
    TOUCHLINE_TRY(const auto* target, job.instance.row_target(name));
    net::RowClient* const client = job.instance.services().rows;
    if (client == nullptr) return Error(Code::config, "this host asks no databases");
    TOUCHLINE_TRY(auto connected, client->connect(*target, job.stop));
    return job.row_sessions.emplace(name, std::move(connected)).first->second.get();
}

Result<void> ask(Job& job, const tl_rows_query& from, tl_rows_page& out) {
    TOUCHLINE_CHECK(check_size(from.sql));
    net::RowQuery query;
    query.sql = view(from.sql);
    for (std::uint64_t i = 0; i < from.parameter_count; ++i)
        query.parameters.emplace_back(view(from.parameters[i]));
    query.max_rows =
        from.max_rows == 0
            ? TL_ROWS_MAX
            : static_cast<std::size_t>(std::min<std::uint64_t>(from.max_rows, TL_ROWS_MAX));
    query.max_bytes = TL_ROWS_BYTES_MAX;
    const std::string_view target = view(from.target);
    TOUCHLINE_TRY(net::RowSession* const rows, session(job, target));
    auto page = rows->query(query, job.stop);
    if (!page) {
        // What broke is not used again.
        job.row_sessions.erase(std::string(target));
        return std::move(page).error();
    }
    out.rows = page->rows;
    out.more = page->more ? 1 : 0;
    HeldBody body;
    body.bytes = std::move(page->lines);
    TOUCHLINE_TRY(out.body, job.bodies.add(std::move(body)));
    return {};
}

tl_status query(tl_job* raw, const tl_rows_query* from, tl_rows_page* out) noexcept {
    Job& job = Job::of(raw);
    out->body = 0;
    out->rows = 0;
    out->more = 0;
    if (stopped(raw)) return TL_CANCELLED;
    if (const tl_status refused = after_refusal(job); refused < 0) return refused;
    auto asked = ask(job, *from, *out);
    return asked ? TL_OK : job.fail(std::move(asked).error());
}

}  // namespace

const tl_rows_1* rows_service() {
    static constexpr tl_rows_1 k_table{sizeof(tl_rows_1), 0, &query};
    return &k_table;
}

}  // namespace touchline::host
