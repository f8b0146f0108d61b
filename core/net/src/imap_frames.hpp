// Cuts what an IMAP server sends into responses (RFC 9051, section 4.3): a line, and where it ends
// in a literal, the literal and the line that goes on after it. Knows nothing of their meaning.
#pragma once

#include "touchline/base/result.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace touchline::net {

class ImapFrames {
public:
    explicit ImapFrames(std::size_t limit) : limit_(limit) {}

    void feed(std::string_view bytes) { buffer_ += bytes; }
    /// The next whole response with its line end, if it is there. Error bad_data: above the limit.
    Result<std::optional<std::string>> next();
    /// Forgets what was received: nothing from before TLS may be taken for an answer.
    void clear();

private:
    const std::size_t limit_;
    std::string buffer_;
    std::size_t line_ = 0;  ///< where the response's current line begins
};

}  // namespace touchline::net
