// DAG-CBOR (the subset of RFC 8949 that the AT Protocol uses) and what it means as JSON.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace bluesky {

struct Cbor {
    enum class Kind { null, boolean, integer, number, bytes, text, link, list, map };
    Kind kind = Kind::null;
    std::int64_t integer = 0;  ///< of a boolean too
    double number = 0;
    std::string bytes;  ///< of a text, valid UTF-8; of a link, the CID's bytes
    std::vector<Cbor> items;
    std::vector<std::pair<std::string, Cbor>> members;

    /// null where there is no such member.
    const Cbor& at(std::string_view name) const;
    std::string text(std::string_view name) const { return at(name).bytes; }
    std::int64_t integer_at(std::string_view name) const { return at(name).integer; }
};

/// One value from the beginning of the bytes, which are taken away. Nothing: malformed.
std::optional<Cbor> take_cbor(std::string_view& bytes);
/// {"$link": "bafy…"} and {"$bytes": "…"} as the AT Protocol writes them.
void append_json(std::string& out, const Cbor& value);
/// "bafyrei…": a CID in base 32.
std::string cid_text(std::string_view cid);
/// The block of a CAR file (version 1) that has this CID. Nothing: it is not there.
std::optional<std::string_view> find_block(std::string_view car, std::string_view cid);

}  // namespace bluesky
