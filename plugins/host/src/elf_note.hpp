// Finds the connector's note in an ELF file: by the program headers, so that a stripped file works
// too.
#pragma once

#include "touchline/base/result.hpp"

#include <cstdint>
#include <string>

namespace touchline::host {

struct ElfNote {
    std::uint32_t abi_major = 0;
    std::string manifest;
};

/// `file` is an open descriptor. Error config: not an ELF file of this machine, damaged, or without
/// the note.
Result<ElfNote> read_elf_note(int file);

}  // namespace touchline::host
