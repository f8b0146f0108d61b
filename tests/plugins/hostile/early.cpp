// A connector whose constructors attack while it is loaded.
#include "touchline/sdk/plugin.hpp"

#include <fcntl.h>

#include <cerrno>
#include <cstring>
#include <string>

namespace {

using namespace touchline::sdk;

std::string attempt(const char* path, int flags) {
    return open(path, flags, 0600) >= 0 ? "opened" : std::strerror(errno);
}

const std::string k_outcome = attempt("/etc/passwd", O_RDONLY) + ", " +
                              attempt("/var/tmp/touchline-was-here", O_WRONLY | O_CREAT);

class Early : public Source<Early> {
public:
    static Result<std::unique_ptr<Early>> create(const Config&) {
        return std::make_unique<Early>();
    }
    Result<std::string> check(Job&) { return k_outcome; }
    Result<ReadEnd> read(Job&, const ReadArgs&) { return ReadEnd::end; }
};

}  // namespace

TOUCHLINE_PLUGIN(Early)
