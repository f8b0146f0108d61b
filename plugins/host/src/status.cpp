#include "status.hpp"

namespace touchline::host {

tl_status to_status(Code code) {
    switch (code) {
        case Code::retry:
            return TL_RETRY;
        case Code::rate_limited:
            return TL_RATE_LIMITED;
        case Code::auth:
            return TL_AUTH;
        case Code::config:
            return TL_CONFIG;
        case Code::bad_data:
            return TL_BAD_DATA;
        case Code::denied:
            return TL_DENIED;
        case Code::cancelled:
            return TL_CANCELLED;
        case Code::timeout:
            return TL_TIMEOUT;
        case Code::not_found:
            return TL_NOT_FOUND;
        case Code::conflict:
            return TL_CONFLICT;
        case Code::unavailable:
            return TL_UNAVAILABLE;
        case Code::internal:
            return TL_INTERNAL;
    }
    return TL_INTERNAL;
}

Code to_code(tl_status status) {
    switch (status) {
        case TL_CANCELLED:
            return Code::cancelled;
        case TL_RETRY:
            return Code::retry;
        case TL_RATE_LIMITED:
            return Code::rate_limited;
        case TL_AUTH:
            return Code::auth;
        case TL_CONFIG:
        case TL_UNSUPPORTED:
            return Code::config;
        case TL_BAD_DATA:
            return Code::bad_data;
        case TL_DENIED:
            return Code::denied;
        case TL_TIMEOUT:
            return Code::timeout;
        case TL_NOT_FOUND:
            return Code::not_found;
        case TL_CONFLICT:
            return Code::conflict;
        case TL_UNAVAILABLE:
            return Code::unavailable;
        default:
            return Code::internal;
    }
}

}  // namespace touchline::host
