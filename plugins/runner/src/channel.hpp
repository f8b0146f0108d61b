// The runner's end of the conversation. One thread.
#pragma once

#include "touchline/runner/message.hpp"
#include "touchline/runner/protocol.hpp"

#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>

namespace touchline::runner {

struct Message {
    Op op = Op::start;
    std::uint32_t call = 0;
    std::string_view payload;  ///< valid until the next message is received
};

class Channel {
public:
    /// Maps the arenas that lie at the descriptors of protocol.hpp. Null when that fails.
    static std::unique_ptr<Channel> open();
    Channel(const Channel&) = delete;
    Channel& operator=(const Channel&) = delete;

    /// The payload of the next message, begun anew.
    Writer<FixedBuffer> begin() {
        out_.clear();
        return Writer<FixedBuffer>(out_);
    }
    /// Whether what was written since begin() fits.
    bool fits() const { return !out_.overflown(); }
    /// Sends it. A host that is gone ends the process: nobody is left to work for. True: the payload
    /// lies in the arena, where it has to stay until the host has answered.
    bool send(Op op, std::uint32_t call);
    /// Waits for the host. Nothing when `idle_ms` pass; -1 waits for ever.
    std::optional<Message> receive(int idle_ms);
    /// Bytes of the host's arena; nothing when they lie outside of it.
    std::optional<std::string_view> host_bytes(std::uint64_t offset, std::uint64_t length) const;
    bool cancelled() const { return words_->cancelled.load(std::memory_order_relaxed) != 0; }
    /// Gives the memory of large messages back.
    void rest();

private:
    Channel(const char* host_arena, char* own_arena)
        : host_arena_(host_arena),
          words_(reinterpret_cast<const HostWords*>(host_arena)),
          own_arena_(own_arena),
          out_(own_arena, k_own_arena_bytes) {}

    const char* host_arena_;
    const HostWords* words_;
    char* own_arena_;
    FixedBuffer out_;
    std::size_t most_sent_ = 0;
    alignas(Header) char packet_[k_packet_bytes];
};

}  // namespace touchline::runner
