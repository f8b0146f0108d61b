#include "command_line/command_line.hpp"

#include <sys/resource.h>

#include <fstream>

namespace {

/// Memory holds secrets: should the program ever dump core, no memory is in it, also where a
/// handler is given the dump whatever its limit (core(5)). Connectors' processes inherit this.
void keep_memory_out_of_core_dumps() {
    const rlimit nothing{0, 0};
    (void)::setrlimit(RLIMIT_CORE, &nothing);
    std::ofstream("/proc/self/coredump_filter") << "0";
}

}  // namespace

int main(int argc, char** argv) {
    keep_memory_out_of_core_dumps();
    return touchline::app::run_command_line(argc, argv);
}
