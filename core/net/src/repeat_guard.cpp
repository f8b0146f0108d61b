#include "touchline/net/repeat_guard.hpp"

namespace touchline::net {

namespace {
constexpr int k_same_in_a_row = 3;
}

Result<void> RepeatGuard::see(std::string_view url, std::string_view body) {
    const Digest digest = sha256(body);
    if (seen_ > 0 && url == url_ && digest == body_) {
        ++seen_;
    } else {
        url_ = url;
        body_ = digest;
        seen_ = 1;
    }
    if (seen_ < k_same_in_a_row) return {};
    return Error(Code::bad_data, "the source gave the same page three times in a row")
        .cure("Check that the stream's cursor moves forward from one page to the next.");
}

}  // namespace touchline::net
