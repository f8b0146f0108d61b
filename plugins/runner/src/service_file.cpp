#include "services.hpp"
#include "session.hpp"

#include <cstring>

namespace touchline::runner {
namespace {

constexpr std::size_t k_digest_bytes = 32;

tl_status list(tl_job* job, tl_str pattern, tl_file_sink sink, void* user) noexcept {
    Session& session = Session::of(job);
    session.begin().text(pattern);
    Session::Answer answer = session.ask(Op::list_files);
    if (answer.status < 0) return answer.status;
    for (auto left = answer.rest.count(4 * sizeof(std::uint64_t)); left > 0; --left) {
        tl_file_entry entry{};
        entry.size = sizeof(entry);
        entry.name = answer.rest.text();
        entry.bytes = answer.rest.number<std::uint64_t>();
        entry.modified_unix_ns = answer.rest.number<std::int64_t>();
        entry.id = answer.rest.number<std::uint64_t>();
        sink(user, &entry);
    }
    return answer.status;
}

tl_status read(
    tl_job* job, tl_str name, std::uint64_t offset, std::uint64_t most, tl_body* out
) noexcept {
    Session& session = Session::of(job);
    session.begin().text(name).number(offset).number(most);
    Session::Answer answer = session.ask(Op::read_file);
    if (answer.status >= 0) *out = answer.rest.number<tl_body>();
    return answer.status;
}

tl_status digest(
    tl_job* job, tl_str name, std::uint64_t offset, std::uint64_t length, std::uint8_t* out
) noexcept {
    Session& session = Session::of(job);
    session.begin().text(name).number(offset).number(length);
    Session::Answer answer = session.ask(Op::digest_file);
    if (answer.status < 0) return answer.status;
    const tl_str bytes = answer.rest.text();
    if (bytes.n != k_digest_bytes) return TL_INTERNAL;
    std::memcpy(out, bytes.p, k_digest_bytes);
    return answer.status;
}

}  // namespace

const tl_file_1* file_service() {
    static constexpr tl_file_1 k_table{sizeof(tl_file_1), 0, &list, &read, &digest};
    return &k_table;
}

}  // namespace touchline::runner
