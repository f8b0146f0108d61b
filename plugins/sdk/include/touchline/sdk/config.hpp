// A connection's settings. The host has held them against the manifest's schema and filled in the
// defaults, so asking for a declared setting by its declared type cannot surprise.
#pragma once

#include "touchline/sdk/job.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace touchline::sdk {

/// Valid during create(): copy what is needed later.
class Config {
public:
    Config(Job& job, std::string_view json) : json_(json) {
        if (auto body = job.make_body(json)) body_ = *std::move(body);
    }

    /// The settings as JSON text.
    std::string_view json() const { return json_; }
    std::string text(const std::string& name, std::string otherwise = {}) const {
        const auto value = get(name);
        return value.is_set() ? value.as_text() : otherwise;
    }
    std::int64_t integer(const std::string& name, std::int64_t otherwise = 0) const {
        return get(name).as_int().value_or(otherwise);
    }
    bool boolean(const std::string& name, bool otherwise = false) const {
        return get(name).as_bool().value_or(otherwise);
    }
    /// The texts of a list.
    std::vector<std::string> texts(const std::string& name) const {
        std::vector<std::string> list;
        if (auto values = body_.pick_each("/" + escape(name), "")) {
            for (const auto& value : *values) list.push_back(value.as_text());
        }
        return list;
    }
    bool has(const std::string& name) const { return get(name).is_set(); }

private:
    Value get(const std::string& name) const {
        return body_.pick("/" + escape(name)).value_or(Value{});
    }
    static std::string escape(const std::string& name) {
        std::string pointer;
        for (const char c : name) {
            if (c == '~')
                pointer += "~0";
            else if (c == '/')
                pointer += "~1";
            else
                pointer += c;
        }
        return pointer;
    }

    std::string_view json_;
    Body body_;
};

}  // namespace touchline::sdk
