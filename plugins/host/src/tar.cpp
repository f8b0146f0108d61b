#include "tar.hpp"

#include <cstdint>
#include <cstdio>
#include <cstring>
#include <optional>

namespace touchline::host {

namespace {

constexpr std::size_t k_block = 512;

/// POSIX.1-1988, "ustar Interchange Format"; numbers are octal texts.
struct Header {
    char name[100], mode[8], uid[8], gid[8], size[12], mtime[12], checksum[8], type, link[100],
        magic[6], version[2], user[32], group[32], major[8], minor[8], prefix[155], padding[12];
};
static_assert(sizeof(Header) == k_block);

std::uint64_t sum_of(Header header) {
    std::memset(header.checksum, ' ', sizeof(header.checksum));
    const auto* const bytes = reinterpret_cast<const unsigned char*>(&header);
    std::uint64_t sum = 0;
    for (std::size_t i = 0; i < sizeof(header); ++i) sum += bytes[i];
    return sum;
}

template <std::size_t N>
void put_octal(char (&field)[N], std::uint64_t number) {
    std::snprintf(
        field, N, "%0*llo", static_cast<int>(N - 1), static_cast<unsigned long long>(number)
    );
}

template <std::size_t N>
std::optional<std::uint64_t> octal(const char (&field)[N]) {
    std::uint64_t number = 0;
    bool digits = false;
    for (const char c : field) {
        if (c == '\0' || c == ' ') {
            if (digits) break;
            continue;
        }
        if (c < '0' || c > '7') return std::nullopt;
        number = number * 8 + static_cast<std::uint64_t>(c - '0');
        digits = true;
    }
    if (!digits) return std::nullopt;
    return number;
}

std::size_t padded(std::size_t bytes) {
    return (bytes + k_block - 1) / k_block * k_block;
}

Error damaged() {
    return Error(Code::bad_data, "this is no bundle, or a damaged one");
}

}  // namespace

std::string write_tar(const std::map<std::string, std::string>& files) {
    std::string out;
    for (const auto& [path, bytes] : files) {
        Header header{};
        path.copy(header.name, sizeof(header.name));
        put_octal(header.mode, 0644);
        put_octal(header.uid, 0);
        put_octal(header.gid, 0);
        put_octal(header.size, bytes.size());
        put_octal(header.mtime, 0);
        header.type = '0';
        std::memcpy(header.magic, "ustar", 6);
        std::memcpy(header.version, "00", 2);
        put_octal(header.checksum, sum_of(header));
        out.append(reinterpret_cast<const char*>(&header), sizeof(header));
        out.append(bytes).resize(padded(out.size()), '\0');
    }
    return out.append(2 * k_block, '\0');
}

Result<std::map<std::string, std::string>> read_tar(std::string_view bytes) {
    std::map<std::string, std::string> files;
    while (bytes.size() >= k_block) {
        Header header;
        std::memcpy(&header, bytes.data(), sizeof(header));
        if (header.name[0] == '\0') return files;
        const auto size = octal(header.size);
        if (!size || octal(header.checksum) != sum_of(header) || header.prefix[0] != '\0')
            return damaged();
        bytes.remove_prefix(k_block);
        if (*size > bytes.size() || padded(*size) > bytes.size()) return damaged();
        std::string path(header.name, strnlen(header.name, sizeof(header.name)));
        if (header.type != '0' && header.type != '\0')
            return Error(Code::bad_data, "the bundle holds something that is no file: " + path);
        if (!files.emplace(path, bytes.substr(0, *size)).second)
            return Error(Code::bad_data, "the bundle holds " + path + " twice");
        bytes.remove_prefix(padded(*size));
    }
    return damaged();
}

}  // namespace touchline::host
