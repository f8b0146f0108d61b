#include "gzip.hpp"

#include <zlib.h>

#include <algorithm>
#include <array>
#include <memory>

namespace touchline::net {

namespace {

constexpr int k_gzip_or_zlib = 15 + 32;

struct End {
    void operator()(z_stream* stream) const { inflateEnd(stream); }
};

}  // namespace

Result<std::string> gunzip(std::string_view bytes, std::size_t limit) {
    z_stream stream{};
    if (inflateInit2(&stream, k_gzip_or_zlib) != Z_OK) {
        return Error(Code::internal, "no memory to unpack the answer");
    }
    const std::unique_ptr<z_stream, End> end(&stream);
    // zlib reads through this pointer only, though it is declared without const.
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
    stream.avail_in = static_cast<uInt>(bytes.size());
    std::string out;
    std::array<char, 16384> chunk;
    while (true) {
        stream.next_out = reinterpret_cast<Bytef*>(chunk.data());
        stream.avail_out = static_cast<uInt>(chunk.size());
        const int state = inflate(&stream, Z_NO_FLUSH);
        if (state != Z_OK && state != Z_STREAM_END) {
            return Error(
                Code::bad_data, "the answer says that it is gzip, but it is damaged or cut"
            );
        }
        out.append(chunk.data(), chunk.size() - stream.avail_out);
        if (out.size() > limit) {
            return Error(
                Code::bad_data,
                "the unpacked answer is larger than the limit of " + std::to_string(limit) +
                    " bytes"
            );
        }
        if (state != Z_STREAM_END) continue;
        // RFC 1952, section 2.2: members may follow one another.
        if (stream.avail_in == 0) return out;
        inflateReset(&stream);
    }
}

}  // namespace touchline::net
