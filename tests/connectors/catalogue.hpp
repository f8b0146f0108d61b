// What each connector of the catalogue is held to: the same of all, but for what its system does
// not have; then the table says why. connectors/README.md shows it.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace touchline::connectors {

/// The columns, in their order: what every_connector_test.cpp tries. "full" and "repeated" have no
/// exception anywhere.
enum class Cell {
    full,
    incremental,
    deletion,
    webhook,
    too_many,    ///< 429, or what the system says in its place
    failing,     ///< 500 and 502
    drip,        ///< an answer in small pieces
    cut,         ///< an answer or a conversation that breaks off
    repetition,  ///< the answer of another moment once more
    ties,        ///< more than a page in one moment
    late,        ///< visible after later things
    expired,     ///< credentials that have run out, between two requests
    rotated,     ///< credentials that were replaced
    kill,
};
const std::vector<Cell>& cells();
std::string_view title(Cell cell);

struct Row {
    std::string connector;  ///< its folder below connectors/
    std::string system;     ///< what it is tried against: "simulator", "Redmine 5"
    /// Why a cell is not tried. Its own tests may still show something of it; then the text says
    /// what.
    std::map<Cell, std::string> left_out = {};
    /// Whether it goes on by itself once its credentials have run out, as with a session.
    bool renews = false;
};
const std::vector<Row>& catalogue();
const Row& row_of(const std::string& connector);

/// For connectors/README.md: a table, and the reasons below it.
std::string matrix();

}  // namespace touchline::connectors
