// Servers of other people as child processes of a test: gone with it, however it ends.
#pragma once

#include "touchline/base/result.hpp"

#include <sys/types.h>

#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace touchline::integration {

struct Command {
    std::vector<std::string> arguments;              ///< the program first, looked up in the PATH
    std::map<std::string, std::string> environment;  ///< beside the test's own
    std::filesystem::path folder;                    ///< to run in; empty: the test's own
    uid_t user = 0;                                  ///< to run as, when the test is root's
};

/// What it wrote to both outputs. Error unavailable: it failed, with the end of what it wrote.
Result<std::string> run(const Command& command, std::string_view input = {});

/// A daemon that stays in the foreground, with all that it writes in a file.
class Server {
public:
    static Result<std::unique_ptr<Server>> start(
        const Command& command, const std::filesystem::path& log
    );
    /// SIGTERM, and SIGKILL when that is not enough.
    ~Server();
    Server(const Server&) = delete;
    Server& operator=(const Server&) = delete;

    bool is_running();
    /// Asks the port on loopback until somebody answers. Error unavailable: the server has ended.
    Result<void> wait_for(std::uint16_t port);

private:
    Server(pid_t pid, std::filesystem::path log) : pid_(pid), log_(std::move(log)) {}
    pid_t pid_;
    std::filesystem::path log_;
};

/// A port on loopback that nobody listens on.
Result<std::uint16_t> free_port();
/// The end of a log, for messages.
std::string tail_of(const std::filesystem::path& file);

}  // namespace touchline::integration
