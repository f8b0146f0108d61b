// One function for each system of the sample company: what it answers to a request. The request's
// path is below the system's own folder. An answer without a status is "not found".
#pragma once

#include "shelf.hpp"

#include "touchline/net/http_server.hpp"

#include <optional>
#include <string>

namespace touchline::sample {

struct Ask {
    const Shelves& shelves;
    const net::ServerRequest& request;
    std::string path;

    bool is(std::string_view method, std::string_view wanted) const {
        return request.method == method && path == wanted;
    }
    /// "" where the query does not name it.
    std::string param(const std::string& name) const;
    /// A whole number of the query, at most `most`.
    std::size_t number(const std::string& name, std::size_t otherwise, std::size_t most) const;
    std::string header(std::string_view name) const;
};

/// The body of the answer, as JSON; nothing: there is nothing at this path.
using Answered = std::optional<std::string>;

Answered hubspot(const Ask& ask);
Answered zendesk(const Ask& ask);
Answered shopify(const Ask& ask);
Answered stripe(const Ask& ask);
Answered mastodon(const Ask& ask);
Answered typeform(const Ask& ask);
Answered woocommerce(const Ask& ask);

}  // namespace touchline::sample
