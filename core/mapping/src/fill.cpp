#include "fill.hpp"

#include "times.hpp"

#include "touchline/base/text.hpp"

#include <charconv>

namespace touchline::mapping {
namespace {

// "[1] is a list, not text"
std::string mismatch(const Value& value, std::string_view wanted) {
    const std::string kind =
        value.type() == Type::boolean ? "" : std::string(describe(value.type())) + ", ";
    return excerpt(value) + " is " + kind + "not " + std::string(wanted);
}

}  // namespace

std::string Path::text() const {
    if (parent == nullptr) return std::string(key);
    std::string all = parent->text();
    if (key.empty()) return all + "[" + std::to_string(index) + "]";
    return (all.empty() || all.ends_with('.') ? all : all + ".") + std::string(key);
}

void Fill::fail(const Path& path, std::string message, std::string cure) {
    if (!failure_) failure_ = Failure{path.text(), std::move(message), std::move(cure)};
}

void Fill::text(const Path& path, const Value& value, std::string& into) {
    switch (value.type()) {
        case Type::null:
            return;
        case Type::string:
            into.assign(value.string());
            return;
        case Type::number:
            into.clear();
            append_number(into, value);
            return;
        default:
            fail(
                path,
                mismatch(value, "text"),
                value.type() == Type::boolean ? "write to_string(…) if it is meant" : ""
            );
    }
}

void Fill::json(const Path& path, const Value& value, std::string& into) {
    constexpr std::size_t k_most_bytes = std::size_t{1} << 20;
    into.clear();
    if (!write_json(into, value, k_most_bytes)) fail(path, "this value is larger than 1 MiB");
}

void Fill::time(const Path& path, const Value& value, Time& into) {
    if (value.is_string()) {
        const auto read = read_time(value.string());
        if (read) {
            into = *read;
        } else {
            fail(path, read.error().message(), "time(text, '%d/%m/%Y %H:%M') reads other forms");
        }
    } else if (value.is_number()) {
        fail(
            path,
            excerpt(value) + " is a number, not a time",
            "from_unix(…) reads seconds since 1970, from_unix_ms(…) milliseconds"
        );
    } else {
        fail(path, mismatch(value, "a time"));
    }
}

void Fill::number(const Path& path, const Value& value, double& into) {
    if (value.is_number()) {
        into = value.number();
        return;
    }
    // Exports write numbers as text.
    if (value.is_string()) {
        const std::string_view text = trim(value.string());
        const auto read = std::from_chars(text.data(), text.data() + text.size(), into);
        const bool plain = text.find_first_not_of("+-.eE0123456789") == std::string_view::npos;
        if (plain && read.ec == std::errc() && read.ptr == text.data() + text.size()) return;
    }
    fail(path, excerpt(value) + " is not a number");
}

void Fill::boolean(const Path& path, const Value& value, bool& into) {
    if (value.type() == Type::boolean) {
        into = value.boolean();
    } else {
        fail(path, mismatch(value, "true or false"));
    }
}

bool Fill::is_object(const Path& path, const Value& value) {
    if (value.is_null() || failure_) return false;
    if (!value.is_object()) {
        fail(path, mismatch(value, "an object"));
    }
    return value.is_object();
}

void Fill::unknown_key(const Path& path, std::string_view key) {
    fail(path, "there is no member \"" + std::string(key) + "\"");
}

void Fill::extension(const Path& path, const Value& value, std::string& into) {
    if (!is_object(path, value)) return;
    value.each_member([&](std::string_view key, const Value& member) {
        if (!member.is_object()) {
            fail(
                {&path, key},
                mismatch(member, "an object"),
                "put your members under a name of yours, as in ext: {acme: {warehouse: =warehouse}}"
            );
        }
        return !failed();
    });
    if (value.size() != 0) json(path, value, into);
}

}  // namespace touchline::mapping
