// The streams that one job has opened: numbers for the connector. One thread.
#pragma once

#include "touchline/base/result.hpp"
#include "touchline/net/stream_client.hpp"
#include "touchline/plugin/stream.h"

#include <map>
#include <memory>

namespace touchline::host {

class OpenStreams {
public:
    /// Error denied: the connector holds more than a job may.
    Result<void> room() const;
    tl_stream add(std::unique_ptr<net::OpenStream> stream);
    /// Error not_found: closed, or never there.
    Result<net::OpenStream*> find(tl_stream handle);
    void close(tl_stream handle);

private:
    std::map<tl_stream, std::unique_ptr<net::OpenStream>> open_;
    tl_stream last_ = 0;
};

}  // namespace touchline::host
