#include "stream.hpp"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>

namespace touchline::net {

namespace {

Error broken(const Wait& wait, std::string_view what, int error) {
    return Error(
        Code::unavailable,
        wait.peer() + ": " + std::string(what) + ": " + std::generic_category().message(error)
    );
}

bool would_block(int error) {
    return error == EAGAIN || error == EINTR;
}

Result<void> connect_one(int fd, const Address& address, const Wait& wait, const Step& step) {
    const auto* any = reinterpret_cast<const sockaddr*>(&address.storage);
    if (::connect(fd, any, address.size) == 0) return {};
    if (errno != EINPROGRESS) return broken(wait, "cannot connect", errno);
    TOUCHLINE_CHECK(wait.ready(fd, POLLOUT, step));
    int error = 0;
    socklen_t size = sizeof error;
    getsockopt(fd, SOL_SOCKET, SO_ERROR, &error, &size);
    if (error != 0) return broken(wait, "cannot connect", error);
    return {};
}

}  // namespace

Result<std::unique_ptr<Stream>> Stream::connect(
    const std::vector<Address>& addresses, const Wait& wait, const Step& step
) {
    Error last(Code::unavailable, wait.peer() + ": it has no address");
    auto limit = step.limit;
    for (std::size_t i = 0; i < addresses.size(); ++i) {
        // An address that does not answer must leave time for those after it.
        const auto share = limit / static_cast<int>(addresses.size() - i);
        limit -= share;
        const int type = SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC;
        const int fd = socket(addresses[i].storage.ss_family, type, 0);
        if (fd < 0) {
            last = broken(wait, "cannot open a socket", errno);
            continue;
        }
        std::unique_ptr<Stream> stream(new Stream(fd));
        auto connected = connect_one(fd, addresses[i], wait, {step.name, share});
        if (connected) {
            const int on = 1;
            setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
            return stream;
        }
        last = std::move(connected).error();
        if (last.code() == Code::cancelled) break;
    }
    return last;
}

Stream::~Stream() {
    close(fd_);
}

bool Stream::idle() const {
    pollfd fd{fd_, POLLIN, 0};
    return poll(&fd, 1, 0) == 0;
}

Result<std::size_t> Stream::receive(std::span<char> into, const Wait& wait, const Step& step) {
    // Also when bytes are always there: an endless answer must not outlast the whole call.
    if (wait.over()) return wait.expired(step);
    while (true) {
        const ssize_t count = recv(fd_, into.data(), into.size(), 0);
        if (count >= 0) return static_cast<std::size_t>(count);
        if (!would_block(errno)) return broken(wait, "the connection broke", errno);
        TOUCHLINE_CHECK(wait.ready(fd_, POLLIN, step));
    }
}

Result<void> Stream::transmit(std::string_view bytes, const Wait& wait, const Step& step) {
    while (!bytes.empty()) {
        if (wait.over()) return wait.expired(step);
        const ssize_t count = send(fd_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (count >= 0) {
            bytes.remove_prefix(static_cast<std::size_t>(count));
            continue;
        }
        if (!would_block(errno)) return broken(wait, "the connection broke", errno);
        TOUCHLINE_CHECK(wait.ready(fd_, POLLOUT, step));
    }
    return {};
}

}  // namespace touchline::net
