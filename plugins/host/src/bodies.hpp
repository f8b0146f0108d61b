// The bodies of one job: numbers for the connector, bytes for the host. One thread.
#pragma once

#include "touchline/base/result.hpp"
#include "touchline/json/view.hpp"
#include "touchline/net/headers.hpp"
#include "touchline/plugin/base.h"

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

namespace touchline::host {

struct HeldBody {
    std::string bytes;
    net::Headers headers;  ///< of the HTTP answer that it came with
    bool own = false;      ///< the connector's own bytes, so it may look at them
    bool looked_at = false;
    std::optional<json::Document> parsed;
};

class Bodies {
public:
    /// Error denied: the connector holds more than a job may.
    Result<tl_body> add(HeldBody body);
    /// Error not_found: released, or never there.
    Result<HeldBody*> find(tl_body handle);
    /// The bytes, for the connector to look at. Errors: not_found; denied: it looks at more than a
    /// job may at once.
    Result<std::string_view> look(tl_body handle);
    /// Parsed once, kept while the body lives. Errors: not_found; bad_data.
    Result<json::View> json(tl_body handle);
    void release(tl_body handle);

private:
    std::unordered_map<tl_body, std::unique_ptr<HeldBody>> held_;
    tl_body last_ = 0;
    std::size_t bytes_ = 0;
    std::size_t looked_at_ = 0;
};

}  // namespace touchline::host
