#include "services.hpp"

#include <algorithm>
#include <cstring>

namespace touchline::host {

namespace {

tl_status list(tl_job* raw, tl_str pattern, tl_file_sink sink, void* user) noexcept {
    Job& job = Job::of(raw);
    if (stopped(raw)) return TL_CANCELLED;
    auto entries = job.instance.files()->list(view(pattern), job.stop);
    if (!entries) return job.fail(std::move(entries).error());
    for (const DirectoryEntry& entry : *entries) {
        const tl_file_entry out{
            sizeof(tl_file_entry),
            0,
            str(entry.name),
            entry.bytes,
            entry.modified_unix_ns,
            entry.id};
        sink(user, &out);
    }
    return TL_OK;
}

tl_status read(
    tl_job* raw, tl_str name, std::uint64_t offset, std::uint64_t most, tl_body* out
) noexcept {
    Job& job = Job::of(raw);
    if (stopped(raw)) return TL_CANCELLED;
    auto bytes = job.instance.files()->read(
        view(name), offset, std::min<std::uint64_t>(most, TL_FILE_READ_MAX)
    );
    if (!bytes) return job.fail(std::move(bytes).error());
    HeldBody body;
    body.bytes = *std::move(bytes);
    auto handle = job.bodies.add(std::move(body));
    if (!handle) return job.fail(std::move(handle).error());
    *out = *handle;
    return TL_OK;
}

tl_status digest(
    tl_job* raw, tl_str name, std::uint64_t offset, std::uint64_t length, std::uint8_t* out
) noexcept {
    Job& job = Job::of(raw);
    if (stopped(raw)) return TL_CANCELLED;
    auto bytes = job.instance.files()->digest(view(name), offset, length, job.stop);
    if (!bytes) return job.fail(std::move(bytes).error());
    std::memcpy(out, bytes->data(), bytes->size());
    return TL_OK;
}

}  // namespace

const tl_file_1* file_service() {
    static constexpr tl_file_1 k_table{sizeof(tl_file_1), 0, &list, &read, &digest};
    return &k_table;
}

}  // namespace touchline::host
