// Reading JSON: a Parser owns one parsed text; a View is a cheap handle (16 bytes, copy it) to a
// value inside it. simdjson does the work; none of its types is visible here.
#pragma once

#include "touchline/base/result.hpp"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace touchline::json {

enum class Kind { null, boolean, integer, number, string, array, object };

class ArrayRange;
class ObjectRange;

/// A value in a parsed text. Valid until its Parser parses again or goes away. Reading never fails:
/// asking a value for a kind that it does not have yields nullopt, nullptr-like emptiness or zero,
/// as each function says.
class View {
public:
    Kind kind() const;
    bool is_null() const { return kind() == Kind::null; }
    std::optional<bool> as_bool() const;
    /// Integers that fit; a number with a fraction is not an integer.
    std::optional<std::int64_t> as_int() const;
    /// Any number.
    std::optional<double> as_double() const;
    std::optional<std::string_view> as_string() const;
    /// Elements of an array, members of an object, otherwise 0. Arrays of more than 16,777,215
    /// count as that many.
    std::size_t size() const;
    /// The member of an object, or nullopt. The first one wins where a key occurs twice.
    std::optional<View> get(std::string_view key) const;
    std::optional<View> at(std::size_t index) const;
    /// Empty unless this is an array, or an object.
    ArrayRange elements() const;
    ObjectRange members() const;
    /// Compact JSON text of this value.
    std::string text() const;

    /// For the implementation: a View of what `native` points to, 16 bytes.
    explicit View(const void* native);

private:
    alignas(8) std::byte raw_[16];
};

struct Member {
    std::string_view key;
    View value;
};

class ArrayRange {
public:
    class Iterator {
    public:
        View operator*() const;
        Iterator& operator++();
        bool operator!=(const Iterator& other) const;

    private:
        friend class View;
        alignas(8) std::byte raw_[16]{};
    };
    Iterator begin() const { return begin_; }
    Iterator end() const { return end_; }

private:
    friend class View;
    Iterator begin_, end_;
};

class ObjectRange {
public:
    class Iterator {
    public:
        Member operator*() const;
        Iterator& operator++();
        bool operator!=(const Iterator& other) const;

    private:
        friend class View;
        alignas(8) std::byte raw_[16]{};
    };
    Iterator begin() const { return begin_; }
    Iterator end() const { return end_; }

private:
    friend class View;
    Iterator begin_, end_;
};

/// Parses whole texts; its buffers grow to the largest text and are used again. One thread at a
/// time.
class Parser {
public:
    Parser();
    ~Parser();
    Parser(Parser&&) noexcept;
    Parser& operator=(Parser&&) noexcept;

    /// The text is copied. Error: bad_data, with the byte offset where known.
    Result<View> parse(std::string_view text);

private:
    struct State;
    std::unique_ptr<State> state_;
};

/// A parsed text that keeps itself alive; for settings and answers, where reuse of buffers does not
/// matter.
class Document {
public:
    static Result<Document> parse(std::string_view text);
    View root() const { return root_; }

private:
    Document(Parser parser, View root) : parser_(std::move(parser)), root_(root) {}
    Parser parser_;
    View root_;
};

/// Follows a JSON Pointer (RFC 6901): "/results/0/id"; "" is the value itself.
std::optional<View> find(View value, std::string_view pointer);

}  // namespace touchline::json
