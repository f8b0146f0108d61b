#include "services.hpp"
#include "session.hpp"

namespace touchline::runner {
namespace {

tl_status query(tl_job* job, const tl_rows_query* from, tl_rows_page* out) noexcept {
    Session& session = Session::of(job);
    auto writer = session.begin();
    writer.text(from->target).text(from->sql).number(from->parameter_count);
    for (std::uint64_t i = 0; i < from->parameter_count; ++i) writer.text(from->parameters[i]);
    writer.number(from->max_rows);
    Session::Answer answer = session.ask(Op::query_rows);
    out->more = answer.rest.number<std::uint32_t>();
    out->body = answer.rest.number<tl_body>();
    out->rows = answer.rest.number<std::uint64_t>();
    return answer.status;
}

}  // namespace

const tl_rows_1* rows_service() {
    static constexpr tl_rows_1 k_table{sizeof(tl_rows_1), 0, &query};
    return &k_table;
}

}  // namespace touchline::runner
