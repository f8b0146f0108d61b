// A real server of a test's own, run by a script that speaks as servers/private_server.py says.
#pragma once

#include "scratch_folder.hpp"

#include "touchline/base/result.hpp"
#include "touchline/json/view.hpp"

#include <sys/types.h>

#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

namespace touchline::integration {

class PrivateServer {
public:
    /// Blocks until the server answers. `script` is below the integration tests' folder. Error
    /// not_found: its packages are not installed; unavailable: anything else, in the script's
    /// words.
    static Result<std::unique_ptr<PrivateServer>> start(const std::filesystem::path& script);
    /// Ends the server; what it wrote is gone.
    ~PrivateServer();
    PrivateServer(const PrivateServer&) = delete;
    PrivateServer& operator=(const PrivateServer&) = delete;

    std::string url() const { return about("url"); }
    /// What the script told of the server when it was ready; empty when it did not.
    std::string about(std::string_view key) const;
    /// A command of the script, as JSON: {"do": …}. Error unavailable: it failed.
    Result<json::Document> tell(std::string_view command);

private:
    PrivateServer() = default;
    Result<void> launch(const std::filesystem::path& script);
    Result<std::string> read_line();

    ScratchFolder folder_;
    std::unique_ptr<json::Document> about_;
    std::string unread_;
    pid_t pid_ = -1;
    int input_ = -1;  ///< the script stops when this closes
    int output_ = -1;
};

}  // namespace touchline::integration
