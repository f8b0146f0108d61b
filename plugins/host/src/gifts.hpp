// What a runner starts with: an empty environment, a session of its own, and every descriptor that
// it gets by the number that it knows it by.
#pragma once

#include "descriptor.hpp"

#include "touchline/runner/protocol.hpp"

#include <spawn.h>

#include <filesystem>
#include <string>

namespace touchline::host {

class Gifts {
public:
    Gifts();
    ~Gifts();
    Gifts(const Gifts&) = delete;
    Gifts& operator=(const Gifts&) = delete;

    void give(int descriptor, int as);
    /// /dev/null, for reading.
    void give_nothing(int as);
    /// Starts the program; `name` is for process lists. Returns 0 or an errno.
    int spawn(const std::filesystem::path& program, const std::string& name, pid_t& pid);

private:
    posix_spawn_file_actions_t actions_{};
    posix_spawnattr_t attributes_{};
    Descriptor lifted_[runner::k_descriptors];
    bool complete_ = true;
};

}  // namespace touchline::host
