#include "wait.hpp"

#include <poll.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <algorithm>
#include <array>

namespace touchline::net {

namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

std::string in_words(milliseconds limit) {
    if (limit.count() % 1000 != 0) return std::to_string(limit.count()) + " ms";
    return std::to_string(limit.count() / 1000) + " s";
}

}  // namespace

Wait::Wait(std::string peer, milliseconds whole, std::stop_token stop)
    : peer_(std::move(peer)),
      whole_(whole),
      deadline_(steady_clock::now() + whole),
      stop_(std::move(stop)),
      wake_fd_(eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)) {
    wake_.emplace(stop_, Wake{wake_fd_});
}

Wait::~Wait() {
    wake_.reset();
    if (wake_fd_ >= 0) close(wake_fd_);
}

void Wait::Wake::operator()() const {
    eventfd_write(fd, 1);
}

milliseconds Wait::left(const Step& step) const {
    const auto whole = std::chrono::ceil<milliseconds>(deadline_ - steady_clock::now());
    return std::clamp(whole, milliseconds(0), std::max(step.limit, milliseconds(0)));
}

bool Wait::over() const {
    return stop_.stop_requested() || steady_clock::now() >= deadline_;
}

Error Wait::expired(const Step& step) const {
    if (stop_.stop_requested()) return Error(Code::cancelled, "the call was cancelled");
    if (steady_clock::now() >= deadline_) {
        return Error(
            Code::timeout, peer_ + ": the whole call took longer than " + in_words(whole_)
        );
    }
    return Error(
        Code::timeout,
        peer_ + ": " + std::string(step.name) + " took longer than " + in_words(step.limit)
    );
}

Result<void> Wait::ready(int fd, short events, const Step& step) const {
    const auto until = steady_clock::now() + left(step);
    std::array<pollfd, 2> fds{pollfd{fd, events, 0}, pollfd{wake_fd_, POLLIN, 0}};
    while (!stop_.stop_requested()) {
        const auto rest = std::chrono::ceil<milliseconds>(until - steady_clock::now());
        const auto timeout = std::clamp(rest, milliseconds(0), milliseconds(60'000));
        const int count = poll(fds.data(), fds.size(), static_cast<int>(timeout.count()));
        if (count > 0 && fds[0].revents != 0) return {};
        if (steady_clock::now() >= until) break;
    }
    return expired(step);
}

}  // namespace touchline::net
