// The smallest installation that takes records from outside: one webhook, one mapping.
#pragma once

#include "daemon.hpp"

#include <filesystem>
#include <string>

namespace touchline::e2e {

/// `email` is what the mapping's identity says: a text, or an expression.
inline void write_webhook_desk(const std::filesystem::path& folder, const std::string& email) {
    write_file(folder / "touchline.yaml", R"(version: 1
server: {listen: "127.0.0.1:0"}
storage: {dir: data}
connections:
  desk:
    plugin: webhook
    settings: {stream: events, key: /id}
    webhook: {path: /in/desk, verify: {scheme: none}}
    streams:
      events: {mapping: events.yaml}
)");
    write_file(
        folder / "events.yaml",
        R"(version: 1
emit: touchpoint
set:
  kind: message.sent
  channel: chat
  direction: inbound
  occurred_at: =at
  subject: =id
  identities: [{ns: email, value: )" +
            email + "}]\n"
    );
}

}  // namespace touchline::e2e
