// Making cassettes: reads from the real system once, through the real host, and writes down what
// came over the wire, without credentials and without people's addresses.
#pragma once

#include "touchline/base/secret.hpp"
#include "touchline/base/time.hpp"
#include "touchline/check/cassette.hpp"
#include "touchline/net/credentials.hpp"
#include "touchline/net/http_client.hpp"

#include <filesystem>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace touchline::check {

struct RecordOptions {
    std::filesystem::path plugin;
    std::string name;                  ///< of the cassette
    std::string about;                 ///< one sentence for people
    std::string settings = "{}";       ///< the connection's
    net::Credentials credentials;      ///< for every target
    std::vector<Secret> secrets;       ///< what must not be on the cassette
    std::vector<std::string> streams;  ///< empty: all
    /// Texts to write down as others: a host name, a company.
    std::vector<std::pair<std::string, std::string>> replace;
    bool keep_addresses = false;  ///< do not turn e-mail addresses into person1@example.org
    bool allow_private_network = false;
    std::size_t most_requests = 200;
    /// The time at which the recording plays: this machine's when left out.
    std::optional<Time> now;
    /// Calls that come in once everything is read; what they make the connector ask for is kept
    /// too.
    std::vector<CassetteWebhook> webhooks;
};

struct Recording {
    Cassette cassette;
    std::size_t secrets_removed = 0;  ///< places where one stood
    std::size_t addresses_masked = 0;
};

/// Checks the connection, reads each stream to its end and once more from there, and hands over the
/// webhooks, in this process. The clock stands still but for waiting, as it will when the cassette
/// is played: requests that name a time are the same then. Errors: what the connector says; denied
/// when a secret is still on the cassette.
Result<Recording> record(const RecordOptions& options, net::HttpClient& http);

}  // namespace touchline::check
