// The program's command line: names, options and help of every command. The only user of CLI11.
#pragma once

namespace touchline::app {

/// Parses, runs the one command, returns its exit code.
int run_command_line(int argc, char** argv);

}  // namespace touchline::app
