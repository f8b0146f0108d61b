#include "address.hpp"

#include <netdb.h>

#include <condition_variable>
#include <cstring>
#include <mutex>
#include <thread>

namespace touchline::net {

namespace {

struct Lookup {
    std::mutex mutex;
    std::condition_variable_any done_signal;
    bool done = false;
    int failure = 0;
    std::vector<Address> addresses;
};

std::vector<Address> copy(const addrinfo* list) {
    std::vector<Address> addresses;
    for (; list != nullptr; list = list->ai_next) {
        Address address;
        std::memcpy(&address.storage, list->ai_addr, list->ai_addrlen);
        address.size = list->ai_addrlen;
        addresses.push_back(address);
    }
    return addresses;
}

int look_up(const std::string& host, std::uint16_t port, int flags, std::vector<Address>& out) {
    addrinfo hints{};
    hints.ai_socktype = SOCK_STREAM;
    hints.ai_flags = AI_NUMERICSERV | flags;
    addrinfo* list = nullptr;
    const int failure = getaddrinfo(host.c_str(), std::to_string(port).c_str(), &hints, &list);
    if (failure != 0) return failure;
    out = copy(list);
    freeaddrinfo(list);
    return 0;
}

}  // namespace

// getaddrinfo cannot be interrupted, so it runs in a thread that is left behind when the caller has
// waited enough; the thread owns all that it touches.
Result<std::vector<Address>> resolve_host(
    const std::string& host, std::uint16_t port, const Wait& wait, const Step& step
) {
    std::vector<Address> numeric;
    if (look_up(host, port, AI_NUMERICHOST, numeric) == 0) return numeric;

    auto lookup = std::make_shared<Lookup>();
    std::thread([lookup, host, port] {
        std::vector<Address> addresses;
        const int failure = look_up(host, port, AI_ADDRCONFIG, addresses);
        std::lock_guard lock(lookup->mutex);
        lookup->failure = failure;
        lookup->addresses = std::move(addresses);
        lookup->done = true;
        lookup->done_signal.notify_all();
    }).detach();

    std::unique_lock lock(lookup->mutex);
    lookup->done_signal.wait_for(lock, wait.stop(), wait.left(step), [&] { return lookup->done; });
    if (!lookup->done) return wait.expired(step);
    if (lookup->failure != 0) {
        return Error(
                   Code::unavailable,
                   "the host name " + host + " cannot be resolved: " + gai_strerror(lookup->failure)
        )
            .cure("Check the spelling of the host name and the name servers of this machine.");
    }
    return std::move(lookup->addresses);
}

}  // namespace touchline::net
