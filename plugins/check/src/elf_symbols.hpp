// What a shared library shows and needs, read from its file.
#pragma once

#include "touchline/base/result.hpp"

#include <filesystem>
#include <string>
#include <vector>

namespace touchline::check {

struct ElfFacts {
    std::vector<std::string> exported;  ///< names of global symbols that it defines
    std::vector<std::string> unique;    ///< of them, those that pin it in memory (GNU unique)
    std::vector<std::string> needed;    ///< libraries: "libc.so.6"
    std::vector<std::string> needed_versions;  ///< "GLIBC_2.34"
    bool executable_stack = false;
    bool text_relocations = false;
};

/// Error bad_data: no 64-bit ELF library, or damaged.
Result<ElfFacts> read_elf_facts(const std::filesystem::path& file);

}  // namespace touchline::check
