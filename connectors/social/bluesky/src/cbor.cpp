#include "cbor.hpp"

#include "touchline/sdk/json_text.hpp"
#include "touchline/sdk/utf8.hpp"

#include <cmath>
#include <cstdio>
#include <cstring>

namespace bluesky {

namespace {

constexpr int k_deepest = 64;
constexpr std::uint64_t k_link_tag = 42;

class Reader {
public:
    explicit Reader(std::string_view& rest) : rest_(rest) {}

    bool value(Cbor& out, int depth) {
        std::uint64_t argument = 0;
        unsigned major = 0, info = 0;
        if (depth > k_deepest || !head(major, info, argument)) return false;
        switch (major) {
            case 0:
            case 1:
                out.kind = Cbor::Kind::integer;
                if (argument > INT64_MAX) return false;
                out.integer = static_cast<std::int64_t>(argument);
                if (major == 1) out.integer = -1 - out.integer;
                return true;
            case 2:
                out.kind = Cbor::Kind::bytes;
                return string(argument, out.bytes);
            case 3:
                out.kind = Cbor::Kind::text;
                if (!string(argument, out.bytes)) return false;
                out.bytes = touchline::sdk::valid_utf8(out.bytes);
                return true;
            case 4:
                return list(argument, out, depth);
            case 5:
                return map(argument, out, depth);
            case 6:
                return argument == k_link_tag && link(out, depth);
            default:
                return simple(info, argument, out);
        }
    }

private:
    bool head(unsigned& major, unsigned& info, std::uint64_t& argument) {
        if (rest_.empty()) return false;
        const auto first = static_cast<unsigned char>(rest_.front());
        rest_.remove_prefix(1);
        major = first >> 5U;
        info = first & 31U;
        if (info < 24) {
            argument = info;
            return true;
        }
        // Indefinite lengths are not DAG-CBOR.
        if (info > 27) return false;
        const std::size_t width = std::size_t{1} << (info - 24);
        if (rest_.size() < width) return false;
        argument = 0;
        for (const char c : rest_.substr(0, width))
            argument = argument << 8U | static_cast<unsigned char>(c);
        rest_.remove_prefix(width);
        return true;
    }
    bool string(std::uint64_t length, std::string& out) {
        if (length > rest_.size()) return false;
        out = rest_.substr(0, length);
        rest_.remove_prefix(length);
        return true;
    }
    bool list(std::uint64_t count, Cbor& out, int depth) {
        out.kind = Cbor::Kind::list;
        // Each takes a byte at least.
        if (count > rest_.size()) return false;
        for (; count > 0; --count) {
            if (!value(out.items.emplace_back(), depth + 1)) return false;
        }
        return true;
    }
    bool map(std::uint64_t count, Cbor& out, int depth) {
        out.kind = Cbor::Kind::map;
        if (count > rest_.size()) return false;
        for (; count > 0; --count) {
            Cbor key;
            if (!value(key, depth + 1) || key.kind != Cbor::Kind::text) return false;
            auto& [name, member] = out.members.emplace_back();
            name = std::move(key.bytes);
            if (!value(member, depth + 1)) return false;
        }
        return true;
    }
    /// A byte string that begins with a zero.
    bool link(Cbor& out, int depth) {
        if (!value(out, depth + 1) || out.kind != Cbor::Kind::bytes || out.bytes.size() < 2)
            return false;
        out.kind = Cbor::Kind::link;
        out.bytes.erase(0, 1);
        return true;
    }
    static bool simple(unsigned info, std::uint64_t argument, Cbor& out) {
        if (info == 20 || info == 21) {
            out.kind = Cbor::Kind::boolean;
            out.integer = info == 21 ? 1 : 0;
            return true;
        }
        if (info == 27) {
            out.kind = Cbor::Kind::number;
            std::memcpy(&out.number, &argument, sizeof(out.number));
            return true;
        }
        return info == 22;
    }

    std::string_view& rest_;
};

std::string base64(std::string_view bytes) {
    constexpr char k_alphabet[] =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    std::string out;
    std::uint32_t bits = 0;
    int held = 0;
    for (const char c : bytes) {
        bits = (bits << 8U | static_cast<unsigned char>(c)) & 0xffffU;
        for (held += 8; held >= 6; held -= 6) out += k_alphabet[bits >> (held - 6) & 63U];
    }
    if (held > 0) out += k_alphabet[bits << (6 - held) & 63U];
    return out;
}

std::optional<std::uint64_t> varint(std::string_view& bytes) {
    std::uint64_t value = 0;
    for (int shift = 0; shift < 63 && !bytes.empty(); shift += 7) {
        const auto byte = static_cast<unsigned char>(bytes.front());
        bytes.remove_prefix(1);
        value |= std::uint64_t{byte & 0x7fU} << shift;
        if ((byte & 0x80U) == 0) return value;
    }
    return std::nullopt;
}

/// Of a CID (version 1) at the beginning: version, codec, hash function, and a digest's length.
std::size_t cid_length(std::string_view bytes) {
    std::string_view rest = bytes;
    for (int i = 0; i < 3; ++i) {
        if (!varint(rest)) return 0;
    }
    const auto digest = varint(rest);
    if (!digest || *digest > rest.size()) return 0;
    return bytes.size() - rest.size() + *digest;
}

}  // namespace

const Cbor& Cbor::at(std::string_view name) const {
    static const Cbor k_null;
    for (const auto& [key, member] : members) {
        if (key == name) return member;
    }
    return k_null;
}

std::optional<Cbor> take_cbor(std::string_view& bytes) {
    Cbor value;
    if (!Reader(bytes).value(value, 0)) return std::nullopt;
    return value;
}

void append_json(std::string& out, const Cbor& value) {
    namespace sdk = touchline::sdk;
    switch (value.kind) {
        case Cbor::Kind::null:
            out += "null";
            break;
        case Cbor::Kind::boolean:
            out += value.integer != 0 ? "true" : "false";
            break;
        case Cbor::Kind::integer:
            out += std::to_string(value.integer);
            break;
        case Cbor::Kind::number: {
            char text[40];
            std::snprintf(text, sizeof(text), "%.17g", value.number);
            out += std::isfinite(value.number) ? text : "null";
            break;
        }
        case Cbor::Kind::text:
            sdk::append_quoted(out, value.bytes);
            break;
        case Cbor::Kind::bytes:
            sdk::JsonObject(out).text("$bytes", base64(value.bytes)).end();
            break;
        case Cbor::Kind::link:
            sdk::JsonObject(out).text("$link", cid_text(value.bytes)).end();
            break;
        case Cbor::Kind::list:
            out += '[';
            for (std::size_t i = 0; i < value.items.size(); ++i) {
                if (i > 0) out += ',';
                append_json(out, value.items[i]);
            }
            out += ']';
            break;
        case Cbor::Kind::map:
            out += '{';
            for (std::size_t i = 0; i < value.members.size(); ++i) {
                if (i > 0) out += ',';
                sdk::append_quoted(out, value.members[i].first);
                out += ':';
                append_json(out, value.members[i].second);
            }
            out += '}';
            break;
    }
}

std::string cid_text(std::string_view cid) {
    constexpr char k_alphabet[] = "abcdefghijklmnopqrstuvwxyz234567";
    std::string out = "b";
    std::uint32_t bits = 0;
    int held = 0;
    for (const char c : cid) {
        bits = (bits << 8U | static_cast<unsigned char>(c)) & 0xffffU;
        for (held += 8; held >= 5; held -= 5) out += k_alphabet[bits >> (held - 5) & 31U];
    }
    if (held > 0) out += k_alphabet[bits << (5 - held) & 31U];
    return out;
}

std::optional<std::string_view> find_block(std::string_view car, std::string_view cid) {
    const auto header = varint(car);
    if (!header || *header > car.size()) return std::nullopt;
    car.remove_prefix(*header);
    while (!car.empty()) {
        const auto length = varint(car);
        if (!length || *length > car.size()) return std::nullopt;
        const auto section = car.substr(0, *length);
        car.remove_prefix(*length);
        const std::size_t name = cid_length(section);
        if (name == 0) return std::nullopt;
        if (section.substr(0, name) == cid) return section.substr(name);
    }
    return std::nullopt;
}

}  // namespace bluesky
