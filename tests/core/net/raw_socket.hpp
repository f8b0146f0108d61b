// Plain blocking sockets, for tests that say byte by byte what goes over the wire.
#pragma once

#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cstdint>
#include <cstring>
#include <functional>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>
#include <utility>

namespace touchline::net::testing_support {

class RawSocket {
public:
    explicit RawSocket(int fd) : fd_(fd) {}
    RawSocket(RawSocket&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}
    RawSocket(const RawSocket&) = delete;
    RawSocket& operator=(const RawSocket&) = delete;
    ~RawSocket() {
        if (fd_ >= 0) ::close(fd_);
    }

    int fd() const { return fd_; }
    bool send(std::string_view bytes) const {
        while (!bytes.empty()) {
            const auto count = ::send(fd_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
            if (count <= 0) return false;
            bytes.remove_prefix(static_cast<std::size_t>(count));
        }
        return true;
    }
    /// Empty at the end.
    std::string receive() const {
        std::string bytes(65536, '\0');
        const auto count = ::recv(fd_, bytes.data(), bytes.size(), 0);
        bytes.resize(count > 0 ? static_cast<std::size_t>(count) : 0);
        return bytes;
    }
    std::string receive_until(std::string_view mark) const {
        std::string all;
        while (all.find(mark) == std::string::npos) {
            const std::string more = receive();
            if (more.empty()) break;
            all += more;
        }
        return all;
    }
    std::string receive_all() const { return receive_until(std::string_view("\0never", 6)); }

private:
    int fd_;
};

inline sockaddr_in loopback(std::uint16_t port) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    return address;
}

inline RawSocket connect_to(std::uint16_t port) {
    RawSocket socket(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
    const sockaddr_in address = loopback(port);
    ::connect(socket.fd(), reinterpret_cast<const sockaddr*>(&address), sizeof address);
    return socket;
}

/// Accepts one connection after the other and hands each to the script, with its number.
class ScriptedServer {
public:
    using Script = std::function<void(RawSocket&, int)>;

    explicit ScriptedServer(Script script)
        : listener_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)), script_(std::move(script)) {
        sockaddr_in address = loopback(0);
        ::bind(listener_.fd(), reinterpret_cast<const sockaddr*>(&address), sizeof address);
        ::listen(listener_.fd(), 16);
        socklen_t size = sizeof address;
        ::getsockname(listener_.fd(), reinterpret_cast<sockaddr*>(&address), &size);
        port_ = ntohs(address.sin_port);
        thread_ = std::thread([this] { run(); });
    }
    ~ScriptedServer() {
        ::shutdown(listener_.fd(), SHUT_RDWR);
        {
            std::lock_guard lock(mutex_);
            if (current_ >= 0) ::shutdown(current_, SHUT_RDWR);
            stopped_ = true;
        }
        thread_.join();
    }
    ScriptedServer(const ScriptedServer&) = delete;
    ScriptedServer& operator=(const ScriptedServer&) = delete;

    std::uint16_t port() const { return port_; }
    std::string url(std::string_view host = "127.0.0.1", std::string_view scheme = "http") const {
        return std::string(scheme) + "://" + std::string(host) + ":" + std::to_string(port_) + "/";
    }

private:
    void run() {
        for (int number = 0;; ++number) {
            RawSocket peer(::accept(listener_.fd(), nullptr, nullptr));
            if (peer.fd() < 0) return;
            {
                std::lock_guard lock(mutex_);
                if (stopped_) return;
                current_ = peer.fd();
            }
            script_(peer, number);
            std::lock_guard lock(mutex_);
            current_ = -1;
        }
    }

    RawSocket listener_;
    Script script_;
    std::mutex mutex_;
    int current_ = -1;
    bool stopped_ = false;
    std::uint16_t port_ = 0;
    std::thread thread_;
};

}  // namespace touchline::net::testing_support
