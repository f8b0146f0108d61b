// Header fields as they came, found without regard to case (RFC 9110, section 5).
#pragma once

#include <cstddef>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace touchline::net {

struct Header {
    std::string name;
    std::string value;
};

/// Keeps order and repetition. Not thread-safe.
class Headers {
public:
    Headers() = default;
    Headers(std::initializer_list<Header> fields) : fields_(fields) {}

    /// One field more, beside those of the same name.
    void add(std::string name, std::string value);
    /// The only field of that name from now on.
    void set(std::string name, std::string value);
    /// How many went.
    std::size_t remove(std::string_view name);

    /// The first value.
    std::optional<std::string_view> get(std::string_view name) const;
    std::vector<std::string_view> all(std::string_view name) const;
    std::size_t count(std::string_view name) const;
    bool has(std::string_view name) const { return count(name) > 0; }

    auto begin() const { return fields_.begin(); }
    auto end() const { return fields_.end(); }
    std::size_t size() const { return fields_.size(); }
    bool empty() const { return fields_.empty(); }

private:
    std::vector<Header> fields_;
};

/// Letters of ASCII only, as RFC 9110 compares names.
bool same_name(std::string_view a, std::string_view b);
/// A token of RFC 9110, section 5.6.2: what a method or a field name may be.
bool is_token(std::string_view text);
/// No control characters but the tab: what may be sent as a value without splitting the message.
bool is_field_value(std::string_view text);
/// Connection, Keep-Alive, TE, Trailer, Transfer-Encoding, Upgrade and Proxy-*: they concern one
/// connection only.
bool is_hop_by_hop(std::string_view name);

}  // namespace touchline::net
