// Keys that hold a record's key and a place in the record. Rows of one record are then one range of
// the table, found without an index, and new rows go to the end of the table.
#pragma once

#include "touchline/store/rows.hpp"

namespace touchline::store::sqlite {

inline constexpr int k_place_bits = 12;
/// Touchpoints (or facts) that one record can have over all its versions.
inline constexpr std::int64_t k_places = std::int64_t{1} << k_place_bits;

constexpr std::int64_t first_key(RecordKey record) {
    return static_cast<std::int64_t>(record) << k_place_bits;
}
constexpr std::int64_t last_key(RecordKey record) {
    return first_key(record) + k_places - 1;
}
constexpr RecordKey record_of(std::int64_t key) {
    return static_cast<RecordKey>(key >> k_place_bits);
}

}  // namespace touchline::store::sqlite
