// What a connector says about itself, without any of its code having run.
// docs/connectors/manifest.md is the reference.
#pragma once

#include "touchline/base/result.hpp"
#include "touchline/net/session.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace touchline::host {

/// Texts may hold `{setting}`; expand() fills them in for one connection.
struct StreamDeclaration {
    std::string name, key, version, description;
    bool live = false;  ///< a read may stay
    friend bool operator==(const StreamDeclaration&, const StreamDeclaration&) = default;
};
struct TargetDeclaration {
    std::string name, base_url;
    friend bool operator==(const TargetDeclaration&, const TargetDeclaration&) = default;
};

/// An answer that says "too many" or "not signed in" with another status than HTTP has for it.
struct AnswerDeclaration {
    int status = 0;               ///< as it comes
    std::string at;               ///< JSON pointer into its body, and:
    std::vector<std::string> is;  ///< what stands there; numbers as text
    int means = 0;                ///< the status to take it for
    friend bool operator==(const AnswerDeclaration&, const AnswerDeclaration&) = default;
};

struct Manifest {
    std::string id, version, name, description, licence;
    std::uint32_t abi_major = 0, abi_minor = 0, schema_major = 0;
    std::vector<std::string> capabilities, auth, needs, mappings;
    std::vector<std::string> asks;  ///< of an enricher: namespaces of the identities that it wants
    std::vector<StreamDeclaration> streams;
    std::vector<TargetDeclaration> targets;
    std::vector<AnswerDeclaration> answers;
    std::optional<net::SessionRecipe> session;  ///< how credentials of the kind session are used
    std::string files;                          ///< the directory that it reads, or empty
    std::string settings_schema;                ///< JSON Schema subset, as JSON text

    bool can(std::string_view capability) const;
    bool needs_that(std::string_view need) const;
    /// Whether a connection of the other goes on with this one as it is: the same connector, and
    /// all the same but for its version and its words.
    bool stands_in_for(const Manifest& other) const;
};

/// Error bad_data: names the member that is wrong and what it may be. Of a manifest for another ABI
/// only what says so is read: its id and its versions.
Result<Manifest> parse_manifest(std::string_view json);

}  // namespace touchline::host
