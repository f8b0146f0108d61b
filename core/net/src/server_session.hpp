// One connection to the server, from its first byte to its last.
#pragma once

#include "server_context.hpp"

#include <boost/asio/ip/tcp.hpp>

#include <memory>

namespace touchline::net {

/// Takes the connection over; closes it at once when there are too many. `socket` runs on a strand
/// of its own.
void serve(boost::asio::ip::tcp::socket socket, std::shared_ptr<ServerContext> context);

}  // namespace touchline::net
