// Bytes that the host holds, and the questions a plugin may ask about them. Released when it goes
// out of scope; valid only during the call that got it.
#pragma once

#include "touchline/sdk/services.hpp"

#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace touchline::sdk {

enum class JsonKind : std::int32_t {
    missing = TL_JSON_MISSING,
    null = TL_JSON_NULL,
    boolean = TL_JSON_BOOLEAN,
    integer = TL_JSON_INTEGER,
    number = TL_JSON_NUMBER,
    string = TL_JSON_STRING,
    array = TL_JSON_ARRAY,
    object = TL_JSON_OBJECT,
};

/// A value picked out of a body. `text` is JSON, but of a string its characters.
struct Value {
    JsonKind kind = JsonKind::missing;
    std::string text;

    bool is_set() const { return kind != JsonKind::missing && kind != JsonKind::null; }
    std::optional<std::int64_t> as_int() const {
        if (kind != JsonKind::integer) return std::nullopt;
        return std::stoll(text);
    }
    std::optional<bool> as_bool() const {
        if (kind != JsonKind::boolean) return std::nullopt;
        return text == "true";
    }
    /// A string's characters; a number's or boolean's JSON text; otherwise empty. For ids, which
    /// vendors write both ways.
    std::string as_text() const {
        return kind == JsonKind::array || kind == JsonKind::object || !is_set() ? std::string()
                                                                                : text;
    }
};

class Body {
public:
    Body() = default;
    /// Takes the handle over.
    Body(const Services* services, tl_job* job, tl_body handle, bool owned = true)
        : services_(services), job_(job), handle_(handle), owned_(owned) {}
    Body(Body&& other) noexcept { *this = std::move(other); }
    Body& operator=(Body&& other) noexcept {
        std::swap(services_, other.services_);
        std::swap(job_, other.job_);
        std::swap(handle_, other.handle_);
        std::swap(owned_, other.owned_);
        return *this;
    }
    Body(const Body&) = delete;
    Body& operator=(const Body&) = delete;
    ~Body() {
        if (owned_ && handle_ != 0 && TL_OFFERS(tl_body_1, services_->body, release)) {
            services_->body->release(job_, handle_);
        }
    }

    tl_body handle() const { return handle_; }

    /// The values at JSON pointers (RFC 6901), in order; one host call. Error bad_data: the body is
    /// not JSON.
    Result<std::vector<Value>> pick(const std::vector<std::string>& pointers) const {
        if (handle_ == 0 || !TL_OFFERS(tl_json_1, services_->json, pick))
            return Error(Status::unsupported);
        std::vector<tl_str> list;
        list.reserve(pointers.size());
        for (const auto& pointer : pointers) list.push_back(to_tl(pointer));
        std::vector<Value> values(pointers.size());
        const auto sink = [](void* user, std::uint64_t index, std::int32_t kind, tl_str text
                          ) noexcept {
            auto& out = *static_cast<std::vector<Value>*>(user);
            if (index < out.size())
                out[index] = {static_cast<JsonKind>(kind), std::string(from_tl(text))};
        };
        TL_CHECK(
            to_result(services_->json->pick(job_, handle_, list.data(), list.size(), sink, &values))
        );
        return values;
    }
    /// pick({"/a", "/b"}); without this, two literals would be taken for the ends of one text.
    Result<std::vector<Value>> pick(std::initializer_list<const char*> pointers) const {
        return pick(std::vector<std::string>(pointers.begin(), pointers.end()));
    }
    Result<Value> pick(const std::string& pointer) const {
        TL_TRY(auto values, pick(std::vector<std::string>{pointer}));
        return std::move(values.front());
    }
    /// Elements of the array, or members of the object, at `pointer`; 0 when there is neither.
    Result<std::uint64_t> count(std::string_view pointer) const {
        if (handle_ == 0 || !TL_OFFERS(tl_json_1, services_->json, count))
            return Error(Status::unsupported);
        std::uint64_t count = 0;
        TL_CHECK(to_result(services_->json->count(job_, handle_, to_tl(pointer), &count)));
        return count;
    }
    /// For every element of the array at `array` the value at `pointer` inside it:
    /// pick_each("/items", "/id").
    Result<std::vector<Value>> pick_each(const std::string& array, const std::string& pointer)
        const {
        TL_TRY(const auto elements, count(array));
        std::vector<std::string> pointers;
        pointers.reserve(elements);
        for (std::uint64_t i = 0; i < elements; ++i)
            pointers.push_back(array + "/" + std::to_string(i) + pointer);
        return pick(pointers);
    }

    /// The bytes, valid while this lives. Needs "body_view" in the manifest, unless Job::make_body
    /// made it.
    Result<std::string_view> view() const {
        if (handle_ == 0) return std::string_view();
        if (!TL_OFFERS(tl_body_1, services_->body, view)) return Error(Status::unsupported);
        tl_str bytes{};
        TL_CHECK(to_result(services_->body->view(job_, handle_, &bytes)));
        return from_tl(bytes);
    }
    Result<std::uint64_t> length() const {
        if (handle_ == 0) return std::uint64_t{0};
        if (!TL_OFFERS(tl_body_1, services_->body, length)) return Error(Status::unsupported);
        std::uint64_t bytes = 0;
        TL_CHECK(to_result(services_->body->length(job_, handle_, &bytes)));
        return bytes;
    }

private:
    const Services* services_ = nullptr;
    tl_job* job_ = nullptr;
    tl_body handle_ = 0;
    bool owned_ = true;
};

}  // namespace touchline::sdk
