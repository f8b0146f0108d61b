#include "imap_frames.hpp"

#include <charconv>

namespace touchline::net {

namespace {

/// "... {123" and "... {123+": how many bytes follow the line, of which this is the text.
std::optional<std::size_t> literal_after(std::string_view line) {
    if (!line.ends_with('}')) return std::nullopt;
    line.remove_suffix(1);
    if (line.ends_with('+')) line.remove_suffix(1);
    const auto open = line.rfind('{');
    if (open == std::string_view::npos || open + 1 == line.size()) return std::nullopt;
    std::size_t count = 0;
    const auto [end, failure] =
        std::from_chars(line.data() + open + 1, line.data() + line.size(), count);
    if (end != line.data() + line.size()) return std::nullopt;
    return failure == std::errc() ? count : static_cast<std::size_t>(-1);
}

}  // namespace

Result<std::optional<std::string>> ImapFrames::next() {
    const Error too_long(
        Code::bad_data,
        "the mail server sent a response of more than " + std::to_string(limit_) + " bytes"
    );
    while (true) {
        const auto end = buffer_.find("\r\n", line_);
        if (end == std::string::npos) {
            if (buffer_.size() > limit_) return too_long;
            return std::optional<std::string>();
        }
        const auto literal = literal_after(std::string_view(buffer_).substr(line_, end - line_));
        const std::size_t after = end + 2;
        if (after > limit_ || (literal && *literal > limit_ - after)) return too_long;
        if (!literal) {
            std::optional<std::string> frame(buffer_.substr(0, after));
            buffer_.erase(0, after);
            line_ = 0;
            return frame;
        }
        if (buffer_.size() < after + *literal) return std::optional<std::string>();
        line_ = after + *literal;
    }
}

void ImapFrames::clear() {
    buffer_.clear();
    line_ = 0;
}

}  // namespace touchline::net
