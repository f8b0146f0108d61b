#include "open_streams.hpp"

#include <string>

namespace touchline::host {

namespace {
constexpr std::size_t k_most = 8;
}

Result<void> OpenStreams::room() const {
    if (open_.size() < k_most) return {};
    return Error(
        Code::denied, "the connector holds more than " + std::to_string(k_most) + " streams open"
    );
}

tl_stream OpenStreams::add(std::unique_ptr<net::OpenStream> stream) {
    open_.emplace(++last_, std::move(stream));
    return last_;
}

Result<net::OpenStream*> OpenStreams::find(tl_stream handle) {
    const auto found = open_.find(handle);
    if (found == open_.end())
        return Error(Code::not_found, "the connector used a stream that it had closed");
    return found->second.get();
}

void OpenStreams::close(tl_stream handle) {
    open_.erase(handle);
}

}  // namespace touchline::host
