// Payloads: numbers in the machine's own byte order (both ends are one machine) and texts with
// their length. The reader trusts nothing: it never leaves its bytes, and tells at the end whether
// all was well.
#pragma once

#include "touchline/plugin/base.h"

#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

namespace touchline::runner {

/// Memory of fixed size as a place to write to.
class FixedBuffer {
public:
    FixedBuffer(char* begin, std::size_t capacity) : begin_(begin), capacity_(capacity) {}
    void clear() {
        size_ = 0;
        overflown_ = false;
    }
    void append(const char* bytes, std::size_t count) {
        if (overflown_ || count > capacity_ - size_) {
            overflown_ = true;
            return;
        }
        std::memcpy(begin_ + size_, bytes, count);
        size_ += count;
    }
    bool overflown() const { return overflown_; }
    std::string_view bytes() const { return {begin_, size_}; }

private:
    char* begin_;
    std::size_t capacity_;
    std::size_t size_ = 0;
    bool overflown_ = false;
};

/// Buffer: std::string or FixedBuffer.
template <typename Buffer>
class Writer {
public:
    explicit Writer(Buffer& out) : out_(out) {}

    template <typename Number>
    Writer& number(Number value) {
        static_assert(std::is_integral_v<Number>);
        out_.append(reinterpret_cast<const char*>(&value), sizeof(value));
        return *this;
    }
    Writer& text(std::string_view text) {
        number(std::uint64_t{text.size()});
        if (!text.empty()) out_.append(text.data(), text.size());
        return *this;
    }
    Writer& text(tl_str text) {
        return this->text(text.n == 0 ? std::string_view() : std::string_view(text.p, text.n));
    }
    Writer& pairs(const tl_pair* pairs, std::uint64_t count) {
        number(count);
        for (std::uint64_t i = 0; i < count; ++i) text(pairs[i].name).text(pairs[i].value);
        return *this;
    }

private:
    Buffer& out_;
};

/// The least that a text takes.
inline constexpr std::size_t k_text_bytes = sizeof(std::uint64_t);

class Reader {
public:
    explicit Reader(std::string_view bytes) : rest_(bytes) {}

    template <typename Number>
    Number number() {
        static_assert(std::is_integral_v<Number>);
        Number value{};
        if (!take(sizeof(value))) return value;
        std::memcpy(&value, taken_.data(), sizeof(value));
        return value;
    }
    /// A view into the message.
    tl_str text() {
        const auto length = number<std::uint64_t>();
        if (!take(length)) return {};
        return {taken_.data(), taken_.size()};
    }
    /// How many elements follow, of which each takes at least `least` bytes; 0 when they cannot.
    std::uint64_t count(std::size_t least) {
        const auto count = number<std::uint64_t>();
        if (count <= rest_.size() / least) return count;
        broken_ = true;
        return 0;
    }
    /// Views into the message.
    std::vector<tl_pair> pairs() {
        std::vector<tl_pair> list(count(2 * k_text_bytes));
        for (tl_pair& pair : list) {
            pair.name = text();
            pair.value = text();
        }
        return list;
    }
    /// Whether everything that was asked for was there, and nothing is left.
    bool complete() const { return !broken_ && rest_.empty(); }

private:
    bool take(std::uint64_t bytes) {
        if (broken_ || bytes > rest_.size()) {
            broken_ = true;
            return false;
        }
        taken_ = rest_.substr(0, bytes);
        rest_.remove_prefix(bytes);
        return true;
    }

    std::string_view rest_, taken_;
    bool broken_ = false;
};
}  // namespace touchline::runner
