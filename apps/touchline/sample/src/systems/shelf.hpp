// The objects of one collection, in the order in which their system lists them.
#pragma once

#include "../export.hpp"

#include "touchline/base/result.hpp"

#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace touchline::sample {

struct Object {
    std::string id;
    std::int64_t time = 0;  ///< seconds since 1970; 0 where the system lists by id
    std::string json;
};

class Shelf {
public:
    static Result<Shelf> load(const std::filesystem::path& directory, Stream stream);

    /// By time, then by id.
    std::span<const Object> all() const { return objects_; }
    /// At most `most` of them, from the place `from` on.
    std::span<const Object> page(std::size_t from, std::size_t most) const;
    /// The place of the first one that is not older.
    std::size_t place_of(std::int64_t time) const;
    /// nullptr: there is none.
    const Object* find(std::string_view id) const;

private:
    std::vector<Object> objects_;
    std::unordered_map<std::string, std::size_t> places_;
};

/// Every collection that is served.
using Shelves = std::vector<Shelf>;

inline const Shelf& shelf(const Shelves& shelves, Stream stream) {
    return shelves[static_cast<std::size_t>(stream)];
}

/// Whether number `a`, as text, is smaller.
bool is_smaller_id(std::string_view a, std::string_view b);
/// The objects as a JSON array.
std::string listed(std::span<const Object> objects);

}  // namespace touchline::sample
