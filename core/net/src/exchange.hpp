// One request and its answer on an open connection.
#pragma once

#include "stream.hpp"

#include "touchline/net/http_client.hpp"
#include "touchline/net/url.hpp"

#include <string>
#include <variant>

namespace touchline::net {

struct Exchange {
    Response response;      ///< The body as it came, still compressed.
    bool reusable = false;  ///< The connection may carry another request.
};

/// Whether the server had begun to answer when it failed.
struct ExchangeFault {
    Error error;
    bool answer_begun = false;
};

/// The bytes of request line, fields and body. Error config: a method or field that cannot be sent.
Result<std::string> serialise(
    const Request& request, const Url& url, const std::string& user_agent
);

/// Reads one answer to `method`; interim (1xx) ones are passed over.
std::variant<Exchange, ExchangeFault> read_answer(
    Stream& stream, const std::string& method, const SendOptions& options, const Wait& wait
);

}  // namespace touchline::net
