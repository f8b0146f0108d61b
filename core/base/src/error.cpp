#include "touchline/base/error.hpp"

namespace touchline {

std::string_view to_string(Code code) {
    switch (code) {
        case Code::retry:
            return "retry";
        case Code::rate_limited:
            return "rate_limited";
        case Code::auth:
            return "auth";
        case Code::config:
            return "config";
        case Code::bad_data:
            return "bad_data";
        case Code::denied:
            return "denied";
        case Code::cancelled:
            return "cancelled";
        case Code::timeout:
            return "timeout";
        case Code::not_found:
            return "not_found";
        case Code::conflict:
            return "conflict";
        case Code::unavailable:
            return "unavailable";
        case Code::internal:
            return "internal";
    }
    return "internal";
}

Error Error::with(std::string context) && {
    context_.insert(context_.begin(), std::move(context));
    return std::move(*this);
}

Error Error::after(std::chrono::milliseconds delay) && {
    retry_after_ = delay;
    return std::move(*this);
}

Error Error::at(Place place) && {
    place_ = std::move(place);
    return std::move(*this);
}

Error Error::cure(std::string sentence) && {
    cure_ = std::move(sentence);
    return std::move(*this);
}

std::string Error::text() const {
    std::string text;
    for (const std::string& context : context_) text.append(context).append(": ");
    return text.append(message_);
}

}  // namespace touchline
