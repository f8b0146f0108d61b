#include "channel.hpp"

#include <poll.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

namespace touchline::runner {
namespace {

constexpr std::size_t k_small_bytes = 1U << 20U;
constexpr std::size_t k_alignment = 64;

[[noreturn]] void host_is_gone() {
    _exit(k_exit_done);
}

}  // namespace

std::unique_ptr<Channel> Channel::open() {
    const void* const host =
        mmap(nullptr, k_host_arena_bytes, PROT_READ, MAP_SHARED, k_host_arena, 0);
    void* const own =
        mmap(nullptr, k_own_arena_bytes, PROT_READ | PROT_WRITE, MAP_SHARED, k_own_arena, 0);
    if (host == MAP_FAILED || own == MAP_FAILED) return nullptr;
    return std::unique_ptr<Channel>(
        new Channel(static_cast<const char*>(host), static_cast<char*>(own))
    );
}

Writer<FixedBuffer> Channel::begin() {
    // Not over what may not have been copied yet.
    if (kept_ > 0 && is_all_taken()) kept_ = 0;
    out_ = FixedBuffer(own_arena_ + kept_, k_own_arena_bytes - kept_);
    return Writer<FixedBuffer>(out_);
}

void Channel::send(Op op, std::uint32_t call) {
    const std::string_view payload = out_.bytes();
    Header header;
    header.payload_bytes = static_cast<std::uint32_t>(payload.size());
    header.op = op;
    header.call = call;
    header.in_arena = payload.size() > k_runner_inline_bytes ? 1 : 0;
    header.arena_offset = kept_;
    iovec parts[2] = {
        {&header, sizeof(header)},
        {const_cast<char*>(payload.data()), header.in_arena != 0 ? 0 : payload.size()}};
    most_used_ = std::max(most_used_, kept_ + payload.size());
    if (header.in_arena != 0) {
        kept_ += (payload.size() + k_alignment - 1) / k_alignment * k_alignment;
        ++kept_count_;
    }
    msghdr message{};
    message.msg_iov = parts;
    message.msg_iovlen = 2;
    while (sendmsg(k_control, &message, MSG_NOSIGNAL) < 0) {
        if (errno != EINTR) host_is_gone();
    }
}

std::optional<Message> Channel::receive(int idle_ms) {
    pollfd control{k_control, POLLIN, 0};
    while (true) {
        const int ready = idle_ms < 0 ? 1 : poll(&control, 1, idle_ms);
        if (ready == 0) return std::nullopt;
        if (ready < 0 && errno == EINTR) continue;
        const ssize_t got = recv(k_control, packet_, sizeof(packet_), 0);
        if (got < 0 && errno == EINTR) continue;
        if (got < static_cast<ssize_t>(sizeof(Header))) host_is_gone();
        Header header;
        std::memcpy(&header, packet_, sizeof(header));
        if (header.in_arena == 0)
            return Message{
                header.op, header.call, {packet_ + sizeof(header), header.payload_bytes}};
        const auto payload = host_bytes(header.arena_offset, header.payload_bytes);
        if (!payload) host_is_gone();
        return Message{header.op, header.call, *payload};
    }
}

std::optional<std::string_view> Channel::host_bytes(std::uint64_t offset, std::uint64_t length)
    const {
    if (offset > k_host_arena_bytes || length > k_host_arena_bytes - offset) return std::nullopt;
    return std::string_view(host_arena_ + offset, length);
}

void Channel::rest() {
    if (most_used_ > k_small_bytes) madvise(own_arena_, k_own_arena_bytes, MADV_REMOVE);
    most_used_ = 0;
}

}  // namespace touchline::runner
