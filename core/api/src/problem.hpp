// Errors as RFC 9457 problem details.
#pragma once

#include "touchline/base/error.hpp"
#include "touchline/net/http_server.hpp"

namespace touchline::api {

net::ServerResponse problem(
    int status, std::string_view type, std::string_view title, std::string_view detail
);
/// The status that fits the error's code. Errors of our own making say nothing about the inside.
net::ServerResponse problem(const Error& error);
/// 405. `allowed` is what Allow is to say: "GET, HEAD".
net::ServerResponse wrong_method(const std::string& allowed);

net::ServerResponse json_response(std::string body, int status = 200);

}  // namespace touchline::api
