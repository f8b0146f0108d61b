// What a transaction gathers to write in order of key, and has to write before it is read.
#pragma once

#include "touchline/base/result.hpp"

namespace touchline::store::sqlite {

class Settle {
public:
    Settle() = default;
    Settle(const Settle&) = delete;
    Settle& operator=(const Settle&) = delete;
    virtual ~Settle() = default;
    virtual Result<void> settle() = 0;
};

}  // namespace touchline::store::sqlite
