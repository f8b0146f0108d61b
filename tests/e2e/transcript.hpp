// Sessions at a terminal as tests. A case is a folder with the files that its commands work on and
// `session.txt`: lines that begin with "$ " are commands, what stands between them is what they
// have to print, standard output and error as a person sees them. TOUCHLINE_UPDATE_GOLDEN=1 writes
// what they print now.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace touchline::golden {

struct Step {
    std::string command, printed;
};

struct Session {
    std::string heading;  ///< what stands before the first command
    std::vector<Step> steps;

    static Session parse(const std::string& text);
    std::string text() const;
};

/// The folders below `cases` that have a session, by name.
std::vector<std::string> sessions_in(const std::filesystem::path& cases);

/// Runs the session of a case in a copy of its folder, and fails the running test where something
/// else is printed than the session says, or where `--json` prints something that is not JSON.
void expect_session(const std::filesystem::path& folder);

}  // namespace touchline::golden
