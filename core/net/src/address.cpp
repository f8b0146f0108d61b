#include "address.hpp"

#include <arpa/inet.h>
#include <netdb.h>

#include <algorithm>
#include <array>
#include <cstring>

namespace touchline::net {

namespace {

struct Range4 {
    std::uint32_t first;
    int bits;
};

constexpr std::array<Range4, 14> k_private4{{
    {0x00000000, 8},   // this network
    {0x0A000000, 8},   // private
    {0x64400000, 10},  // shared by carriers
    {0x7F000000, 8},   // loopback
    {0xA9FE0000, 16},  // link-local, cloud metadata
    {0xAC100000, 12},  // private
    {0xC0000000, 24},  // protocol assignments
    {0xC0000200, 24},  // documentation
    {0xC0A80000, 16},  // private
    {0xC6120000, 15},  // benchmarks
    {0xC6336400, 24},  // documentation
    {0xCB007100, 24},  // documentation
    {0xE0000000, 4},   // multicast
    {0xF0000000, 4},   // reserved, broadcast
}};

bool is_private4(std::uint32_t address) {
    return std::ranges::any_of(k_private4, [&](const Range4& range) {
        return (address ^ range.first) >> (32 - range.bits) == 0;
    });
}

std::uint32_t read4(const unsigned char* bytes) {
    return (std::uint32_t{bytes[0]} << 24U) | (std::uint32_t{bytes[1]} << 16U) |
           (std::uint32_t{bytes[2]} << 8U) | bytes[3];
}

bool is_private6(const unsigned char* bytes) {
    static constexpr std::array<unsigned char, 12> k_mapped{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 255, 255};
    static constexpr std::array<unsigned char, 12> k_nat64{0, 0x64, 0xff, 0x9b};
    if (std::equal(k_mapped.begin(), k_mapped.end(), bytes)) return is_private4(read4(bytes + 12));
    if (std::equal(k_nat64.begin(), k_nat64.end(), bytes)) return is_private4(read4(bytes + 12));
    if (bytes[0] == 0x20 && bytes[1] == 0x02) return is_private4(read4(bytes + 2));
    // Teredo and documentation; then all that is not global unicast, 2000::/3.
    if (bytes[0] == 0x20 && bytes[1] == 0x01) {
        const bool teredo = bytes[2] == 0 && bytes[3] == 0;
        const bool documentation = bytes[2] == 0x0d && bytes[3] == 0xb8;
        if (teredo || documentation) return true;
    }
    return (bytes[0] & 0xe0U) != 0x20U;
}

}  // namespace

std::string Address::text() const {
    std::array<char, NI_MAXHOST> host{};
    const auto* any = reinterpret_cast<const sockaddr*>(&storage);
    const int failed = getnameinfo(any, size, host.data(), host.size(), nullptr, 0, NI_NUMERICHOST);
    return failed == 0 ? host.data() : "?";
}

bool is_private(const Address& address) {
    if (address.storage.ss_family == AF_INET) {
        sockaddr_in in{};
        std::memcpy(&in, &address.storage, sizeof in);
        return is_private4(ntohl(in.sin_addr.s_addr));
    }
    sockaddr_in6 in{};
    std::memcpy(&in, &address.storage, sizeof in);
    return address.storage.ss_family != AF_INET6 || is_private6(in.sin6_addr.s6_addr);
}

Result<std::vector<Address>> allowed_addresses(
    std::vector<Address> addresses, const std::string& host, bool allow_private_network
) {
    if (allow_private_network || addresses.empty()) return addresses;
    const std::string first = addresses.front().text();
    std::erase_if(addresses, is_private);
    if (!addresses.empty()) return addresses;
    return Error(Code::denied, host + " has the private address " + first)
        .cure("set allow_private_network: true if this service runs in your own network.");
}

}  // namespace touchline::net
