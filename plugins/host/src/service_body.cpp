#include "services.hpp"

namespace touchline::host {

namespace {

tl_status make(tl_job* raw, tl_str bytes, tl_body* out) noexcept {
    Job& job = Job::of(raw);
    if (stopped(raw)) return TL_CANCELLED;
    if (auto fits = check_size(bytes); !fits) return job.fail(std::move(fits).error());
    HeldBody body;
    body.bytes = view(bytes);
    body.own = true;
    auto handle = job.bodies.add(std::move(body));
    if (!handle) return job.fail(std::move(handle).error());
    *out = *handle;
    return TL_OK;
}

tl_status look(tl_job* raw, tl_body handle, tl_str* out) noexcept {
    Job& job = Job::of(raw);
    if (stopped(raw)) return TL_CANCELLED;
    auto body = job.bodies.find(handle);
    if (!body) return job.fail(std::move(body).error());
    if (!(*body)->own && !job.instance.manifest().needs_that("body_view")) {
        return job.fail(Error(Code::denied, "the connector looks at bodies without declaring it")
                            .cure("Its manifest has to say \"needs\": [\"body_view\"]."));
    }
    *out = str((*body)->bytes);
    return TL_OK;
}

tl_status length(tl_job* raw, tl_body handle, std::uint64_t* out) noexcept {
    Job& job = Job::of(raw);
    if (stopped(raw)) return TL_CANCELLED;
    auto body = job.bodies.find(handle);
    if (!body) return job.fail(std::move(body).error());
    *out = (*body)->bytes.size();
    return TL_OK;
}

void release(tl_job* raw, tl_body handle) noexcept {
    Job::of(raw).bodies.release(handle);
}

std::int32_t kind_of(json::View value) {
    switch (value.kind()) {
        case json::Kind::null:
            return TL_JSON_NULL;
        case json::Kind::boolean:
            return TL_JSON_BOOLEAN;
        case json::Kind::integer:
            return TL_JSON_INTEGER;
        case json::Kind::number:
            return TL_JSON_NUMBER;
        case json::Kind::string:
            return TL_JSON_STRING;
        case json::Kind::array:
            return TL_JSON_ARRAY;
        case json::Kind::object:
            return TL_JSON_OBJECT;
    }
    return TL_JSON_MISSING;
}

tl_status pick(
    tl_job* raw,
    tl_body handle,
    const tl_str* pointers,
    std::uint64_t count,
    tl_json_sink sink,
    void* user
) noexcept {
    Job& job = Job::of(raw);
    if (stopped(raw)) return TL_CANCELLED;
    auto root = job.bodies.json(handle);
    if (!root) return job.fail(std::move(root).error());
    for (std::uint64_t i = 0; i < count; ++i) {
        const auto value = json::find(*root, view(pointers[i]));
        if (!value) {
            sink(user, i, TL_JSON_MISSING, {});
        } else if (const auto string = value->as_string()) {
            sink(user, i, TL_JSON_STRING, str(*string));
        } else {
            const std::string text = value->text();
            sink(user, i, kind_of(*value), str(text));
        }
    }
    return TL_OK;
}

tl_status count_at(tl_job* raw, tl_body handle, tl_str pointer, std::uint64_t* out) noexcept {
    Job& job = Job::of(raw);
    if (stopped(raw)) return TL_CANCELLED;
    auto root = job.bodies.json(handle);
    if (!root) return job.fail(std::move(root).error());
    const auto value = json::find(*root, view(pointer));
    *out = value ? value->size() : 0;
    return TL_OK;
}

}  // namespace

const tl_body_1* body_service() {
    static constexpr tl_body_1 k_table{sizeof(tl_body_1), 0, &make, &look, &length, &release};
    return &k_table;
}

const tl_json_1* json_service() {
    static constexpr tl_json_1 k_table{sizeof(tl_json_1), 0, &pick, &count_at};
    return &k_table;
}

}  // namespace touchline::host
