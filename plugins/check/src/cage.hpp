// What a connector has no business asking the operating system for, made fatal for the rest of the
// process's life.
#pragma once

namespace touchline::check {

enum class Cage {
    network,    ///< sockets of any kind
    files,      ///< opening, making, renaming or removing files
    processes,  ///< starting programs, processes or threads; looking into others
};

/// False where this kernel cannot.
bool close_cage(Cage cage);

}  // namespace touchline::check
