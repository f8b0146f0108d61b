// Rows of PostgreSQL databases for connectors, behind net's port RowClient. The only user of libpq.
#pragma once

#include "touchline/net/row_client.hpp"

#include <memory>
#include <string>

namespace touchline::rows {

struct PostgresqlOptions {
    std::string ca_file;  ///< PEM; empty: the system's authorities
};

/// Connects with verified TLS; to a private address, which somebody has to have allowed, also
/// without. Nothing of the environment (PGSERVICE, ~/.pgpass) has a say. Each query has a
/// transaction of its own that cannot write.
std::unique_ptr<net::RowClient> make_postgresql_client(PostgresqlOptions options = {});

}  // namespace touchline::rows
