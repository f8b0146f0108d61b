// Answers that repeat what was sent: error pages that show the request, links that carry the key.
#pragma once

#include "touchline/net/credentials.hpp"
#include "touchline/net/http_client.hpp"

namespace touchline::net {

/// Puts stars in the place of every secret that `credentials` has put on the wire, in the answer's
/// fields and body, so that neither a connector nor the store ever holds one. As many as it had
/// bytes: what counts bytes stays right. Secrets of less than eight bytes are left: they are
/// fillers ("X"), or cannot be told from words.
void hide_echoes(const Credentials& credentials, Response& answer);

}  // namespace touchline::net
