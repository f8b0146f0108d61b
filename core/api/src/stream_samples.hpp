// Records of a stream to try a mapping on.
#pragma once

#include "touchline/store/store.hpp"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace touchline::api {

struct Sample {
    std::string id;  ///< "record:17", or "letter:3"
    std::string external_id, bytes;
    Time at{};
    std::string fault;  ///< of a dead letter
};

/// Dead letters of the stream, which are what somebody came for, then the latest records.
Result<std::vector<Sample>> samples_of(
    store::Reader& reader,
    const std::string& connection,
    const std::string& stream,
    std::size_t count
);

/// By its id; of this stream only. Error: not_found.
Result<Sample> sample(
    store::Reader& reader,
    const std::string& connection,
    const std::string& stream,
    std::string_view id
);

}  // namespace touchline::api
