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
    Writer<FixedBuffer> begin();
    /// What the host has not copied yet takes too much of the arena: no begin() until it has.
    bool is_full() const { return kept_ > k_most_kept && !is_all_taken(); }
    /// Whether what was written since begin() fits.
    bool fits() const { return !out_.overflown(); }
    /// Sends it. A host that is gone ends the process: nobody is left to work for.
    void send(Op op, std::uint32_t call);
    /// Waits for the host. Nothing when `idle_ms` pass; -1 waits for ever.
    std::optional<Message> receive(int idle_ms);
    /// Bytes of the host's arena; nothing when they lie outside of it.
    std::optional<std::string_view> host_bytes(std::uint64_t offset, std::uint64_t length) const;
    const HostWords& words() const { return *words_; }
    /// Gives the memory of large messages back.
    void rest();

private:
    static constexpr std::size_t k_most_kept = 4U << 20U;

    bool is_all_taken() const {
        return words_->taken.load(std::memory_order_acquire) == kept_count_;
    }
    Channel(const char* host_arena, char* own_arena)
        : host_arena_(host_arena),
          words_(reinterpret_cast<const HostWords*>(host_arena)),
          own_arena_(own_arena),
          out_(own_arena, k_own_arena_bytes) {}

    const char* host_arena_;
    const HostWords* words_;
    char* own_arena_;
    FixedBuffer out_;
    std::size_t kept_ = 0;          ///< bytes of the arena that wait to be copied
    std::uint32_t kept_count_ = 0;  ///< payloads that were put there, ever
    std::size_t most_used_ = 0;
    alignas(Header) char packet_[k_packet_bytes];
};

}  // namespace touchline::runner
