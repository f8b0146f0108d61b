#include "pausing.hpp"

#include <filesystem>
#include <fstream>
#include <system_error>

namespace touchline::app {
namespace {

std::filesystem::path marker(const config::Config& config, const std::string& connection) {
    return config.storage.dir / "paused" / connection;
}

}  // namespace

bool is_paused(const config::Config& config, const std::string& connection) {
    std::error_code ignored;
    return std::filesystem::exists(marker(config, connection), ignored);
}

Result<void> set_paused(const config::Config& config, const std::string& connection, bool paused) {
    const std::filesystem::path file = marker(config, connection);
    std::error_code fault;
    if (!paused) {
        std::filesystem::remove(file, fault);
    } else {
        std::filesystem::create_directories(file.parent_path(), fault);
        if (!fault && !std::ofstream(file)) fault = std::make_error_code(std::errc::io_error);
    }
    if (!fault) return {};
    return Error(Code::config, "cannot change " + file.string() + ": " + fault.message());
}

}  // namespace touchline::app
