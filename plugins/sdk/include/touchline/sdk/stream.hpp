// A conversation that the host has opened and signed in to: a mailbox, a firehose. Closed when it
// goes out of scope; valid only during the call that opened it.
#pragma once

#include "touchline/sdk/body.hpp"

#include <cstdint>
#include <string_view>
#include <utility>

namespace touchline::sdk {

/// What one wait has brought.
struct Received {
    bool ended = false;  ///< the other side has closed in good order
    Body frame;          ///< without a handle: nothing came in time

    bool has_frame() const { return frame.handle() != 0; }
};

class Stream {
public:
    /// Takes the handle over.
    Stream(const Services* services, tl_job* job, tl_stream handle)
        : services_(services), job_(job), handle_(handle) {}
    Stream(Stream&& other) noexcept
        : services_(other.services_), job_(other.job_), handle_(std::exchange(other.handle_, 0)) {}
    Stream& operator=(Stream&& other) noexcept {
        std::swap(services_, other.services_);
        std::swap(job_, other.job_);
        std::swap(handle_, other.handle_);
        return *this;
    }
    Stream(const Stream&) = delete;
    Stream& operator=(const Stream&) = delete;
    ~Stream() {
        if (handle_ != 0 && TL_OFFERS(tl_stream_1, services_->stream, close))
            services_->stream->close(job_, handle_);
    }

    Result<void> send(std::string_view bytes) {
        if (!TL_OFFERS(tl_stream_1, services_->stream, send)) return Error(Status::unsupported);
        return to_result(services_->stream->send(job_, handle_, to_tl(bytes)));
    }
    /// Waits for one frame, at most TL_STREAM_WAIT_MAX. Looking into it needs "body_view" in the
    /// manifest.
    Result<Received> receive(std::uint32_t max_wait_ms) {
        if (!TL_OFFERS(tl_stream_1, services_->stream, receive)) return Error(Status::unsupported);
        tl_body frame = 0;
        const tl_status status = services_->stream->receive(job_, handle_, max_wait_ms, &frame);
        TL_CHECK(to_result(status));
        Received received;
        received.ended = status == TL_END;
        received.frame = Body(services_, job_, frame);
        return received;
    }

private:
    const Services* services_;
    tl_job* job_;
    tl_stream handle_;
};

}  // namespace touchline::sdk
