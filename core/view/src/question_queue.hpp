// Which open questions are worth a person's time, the best first.
#pragma once

#include "touchline/store/store.hpp"

#include <cstddef>
#include <vector>

namespace touchline::view {

/// Of no customer more than `per_customer`.
Result<std::vector<store::ReviewKey>> question_queue(
    store::Reader& reader, std::size_t per_customer
);

}  // namespace touchline::view
