// Writing JSON: a streaming writer that appends to a string and looks after commas, quotes and
// escapes.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <type_traits>

namespace touchline::json {

/// Appends `text` as a quoted JSON string. Bytes that are not UTF-8 become U+FFFD.
void append_quoted(std::string& out, std::string_view text);
/// Shortest text that reads back as the same double; NaN and infinities become null.
void append_number(std::string& out, double number);

/// json::Writer w; w.begin_object(); w.key("id").value(7); w.end_object(); w.take() ==
/// R"({"id":7})"
class Writer {
public:
    Writer& begin_object();
    Writer& end_object();
    Writer& begin_array();
    Writer& end_array();
    Writer& key(std::string_view name);

    Writer& value(std::string_view text);
    Writer& value(const char* text) { return value(std::string_view(text)); }
    Writer& value(const std::string& text) { return value(std::string_view(text)); }
    Writer& value(double number);
    template <typename T>
    requires std::is_integral_v<T> Writer& value(T number) {
        if constexpr (std::is_same_v<T, bool>) {
            return raw(number ? "true" : "false");
        } else {
            return raw(std::to_string(number));
        }
    }
    Writer& null() { return raw("null"); }
    /// `json` must be one valid JSON value.
    Writer& raw(std::string_view json);

    /// key and value in one call.
    template <typename T>
    Writer& member(std::string_view name, const T& v) {
        key(name);
        return value(v);
    }
    /// Leaves the member out when the text is empty.
    Writer& member_unless_empty(std::string_view name, std::string_view text) {
        return text.empty() ? *this : member(name, text);
    }

    const std::string& text() const { return out_; }
    std::string take() {
        comma_ = false;
        return std::move(out_);
    }

private:
    void separate();

    std::string out_;
    bool comma_ = false;  // a value stands before here on the same level
};

}  // namespace touchline::json
