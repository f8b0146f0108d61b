// What host and runner say to each other: one message per packet of a SOCK_SEQPACKET socket, a
// Header and a payload (message.hpp). Either side's payloads that are too large for a packet lie in
// the arena that it may write. The host calls; while the call lasts, the runner asks, for which the
// host has replies, or posts, which it does not wait for; until it returns.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>

namespace touchline::runner {

/// Host and runner are built together; a mixture of two releases is refused.
inline constexpr std::uint32_t k_protocol = 3;

/// Where a runner finds what it was given. 0 is /dev/null; 1 and 2 are the log pipe.
inline constexpr int k_control = 3;
inline constexpr int k_host_arena = 4;
inline constexpr int k_own_arena = 5;
inline constexpr int k_plugin = 6;
inline constexpr int k_lifeline = 7;  ///< readable only once the host is gone
inline constexpr int k_descriptors = 8;

enum class Op : std::uint16_t {
    // The host's.
    start,  ///< how to start: once, first
    create,
    check,
    read,
    webhook,
    write,
    enrich,
    reply,  ///< to what the runner asked

    // The runner's, about itself.
    ready,     ///< it has loaded the connector and closed the last door
    refused,   ///< it could not start: a sentence
    returned,  ///< the call is over: its status

    // The runner's, for the connector: the functions of the service tables. Those up to
    // item have no reply: what of them is refused shows in HostWords.
    log,
    error,
    release,
    close_stream,
    page,
    bad_record,
    checkpoint,
    item,
    // With a reply.
    settle,  ///< to nothing but that all before it is done
    now_unix_ms,
    monotonic_ms,
    sleep_until,
    make_body,
    view_body,
    body_length,
    pick,
    count,
    execute,
    follow,
    header,
    list_files,
    read_file,
    digest_file,
    open_stream,
    send_stream,
    receive_stream,
    stream_stays,
    query_rows,
};

struct Header {
    std::uint32_t payload_bytes = 0;
    Op op = Op::start;
    std::uint16_t in_arena = 0;  ///< 1: the payload lies at `arena_offset` of the sender's arena
    std::uint32_t call = 0;      ///< counts the host's calls; the runner repeats it
    std::uint32_t reserved = 0;
    std::uint64_t arena_offset = 0;
};
static_assert(sizeof(Header) == 24);

inline constexpr std::size_t k_packet_bytes = 65536;
inline constexpr std::size_t k_inline_bytes = k_packet_bytes - sizeof(Header);
/// Above this a runner uses its arena: the kernel's memory for long packets is dear.
inline constexpr std::size_t k_runner_inline_bytes = 8192;

/// The host's arena begins with these; the runner reads them only.
struct HostWords {
    std::atomic<std::uint32_t> cancelled{0};  ///< 1: the current call is to end
    std::atomic<std::int32_t> refused{0};     ///< the first refusal of what the call has posted
    std::atomic<std::uint32_t> taken{0};      ///< payloads copied out of the runner's arena, ever
};
inline constexpr std::size_t k_host_words_bytes = 4096;
inline constexpr std::size_t k_host_arena_bytes = 128U << 20U;
inline constexpr std::size_t k_own_arena_bytes = 64U << 20U;

/// How a runner ends of its own accord.
enum ExitCode : int {
    k_exit_done = 0,     ///< the host hung up
    k_exit_idle = 10,    ///< nothing to do for a while: the host starts another when it needs one
    k_exit_refused = 11  ///< it said why
};

}  // namespace touchline::runner
