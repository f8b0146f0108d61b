#include "touchline/base/secret.hpp"

#include "touchline/base/digest.hpp"

#include <openssl/crypto.h>

namespace touchline {

Secret::~Secret() {
    OPENSSL_cleanse(value_.data(), value_.size());
}

bool Secret::matches(std::string_view other) const {
    return equal_constant_time(value_, other);
}

}  // namespace touchline
