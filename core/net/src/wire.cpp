#include "wire.hpp"

#include <array>

namespace touchline::net {

Result<void> Wire::write(std::string_view bytes, const std::stop_token& stop) {
    const Wait wait(peer_, limits_.whole, stop);
    return stream_->write(bytes, wait, {"sending", limits_.write});
}

Result<std::optional<std::string>> Wire::read(
    std::chrono::milliseconds longest, const std::stop_token& stop
) {
    std::array<char, 32U << 10U> buffer;
    // Not the limit of the whole: that nothing came in time is no fault here.
    const Wait wait(peer_, longest + limits_.read, stop);
    auto count = stream_->read(buffer, wait, {"waiting", longest});
    if (!count && count.error().code() == Code::timeout) return std::optional<std::string>("");
    if (!count) return std::move(count).error();
    if (*count == 0) return std::optional<std::string>();
    return std::optional(std::string(buffer.data(), *count));
}

Result<void> Wire::start_tls(
    const TlsContext& tls, const std::string& host, const std::stop_token& stop
) {
    const Wait wait(peer_, limits_.whole, stop);
    return stream_->start_tls(tls, host, wait, {"the TLS handshake", limits_.handshake});
}

}  // namespace touchline::net
