#include "process.hpp"

#include "eventually.hpp"

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iterator>

namespace touchline::integration {

namespace {

Error failed(std::string what) {
    return Error(Code::unavailable, std::move(what));
}

/// In the child: never returns.
[[noreturn]] void become(const Command& command, int input, int output) {
    ::prctl(PR_SET_PDEATHSIG, SIGTERM);
    ::dup2(input, STDIN_FILENO);
    ::dup2(output, STDOUT_FILENO);
    ::dup2(output, STDERR_FILENO);
    if (!command.folder.empty() && ::chdir(command.folder.c_str()) != 0) ::_exit(126);
    if (command.user != 0 && ::getuid() == 0 &&
        (::setgid(command.user) != 0 || ::setuid(command.user) != 0)) {
        ::_exit(126);
    }
    // Changing the user forgets it.
    ::prctl(PR_SET_PDEATHSIG, SIGTERM);
    for (const auto& [name, value] : command.environment) ::setenv(name.c_str(), value.c_str(), 1);
    std::vector<char*> arguments;
    for (const std::string& argument : command.arguments)
        arguments.push_back(const_cast<char*>(argument.c_str()));
    arguments.push_back(nullptr);
    ::execvp(arguments.front(), arguments.data());
    std::perror(arguments.front());
    ::_exit(127);
}

Result<pid_t> spawn(const Command& command, int input, int output) {
    const pid_t pid = ::fork();
    if (pid < 0) return failed("no process can be started");
    if (pid == 0) become(command, input, output);
    return pid;
}

std::string contents(const std::filesystem::path& file) {
    std::ifstream in(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

class TemporaryFile {
public:
    explicit TemporaryFile(std::string_view text = {}) {
        std::string name =
            (std::filesystem::temp_directory_path() / "touchline-io-XXXXXX").string();
        file_ = ::mkostemp(name.data(), O_CLOEXEC);
        path_ = name;
        if (!text.empty() && ::write(file_, text.data(), text.size()) < 0) std::abort();
        ::lseek(file_, 0, SEEK_SET);
    }
    ~TemporaryFile() {
        ::close(file_);
        std::error_code ignored;
        std::filesystem::remove(path_, ignored);
    }
    TemporaryFile(const TemporaryFile&) = delete;
    TemporaryFile& operator=(const TemporaryFile&) = delete;
    int descriptor() const { return file_; }
    const std::filesystem::path& path() const { return path_; }

private:
    int file_;
    std::filesystem::path path_;
};

sockaddr_in loopback(std::uint16_t port) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    return address;
}

}  // namespace

Result<std::string> run(const Command& command, std::string_view input) {
    const TemporaryFile in(input), out;
    TOUCHLINE_TRY(const pid_t pid, spawn(command, in.descriptor(), out.descriptor()));
    int status = 0;
    ::waitpid(pid, &status, 0);
    std::string text = contents(out.path());
    if (WIFEXITED(status) && WEXITSTATUS(status) == 0) return text;
    std::string words;
    for (const std::string& argument : command.arguments) words += argument + " ";
    if (text.size() > 2000) text.erase(0, text.size() - 2000);
    return failed(words + "has failed: " + text);
}

Result<std::unique_ptr<Server>> Server::start(
    const Command& command, const std::filesystem::path& log
) {
    const int input = ::open("/dev/null", O_RDONLY | O_CLOEXEC);
    const int output = ::open(log.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0644);
    auto pid = spawn(command, input, output);
    ::close(input);
    ::close(output);
    if (!pid) return std::move(pid).error();
    return std::unique_ptr<Server>(new Server(*pid, log));
}

Server::~Server() {
    if (pid_ <= 0) return;
    ::kill(pid_, SIGTERM);
    for (int i = 0; i < 100; ++i) {
        if (!is_running()) return;
        ::usleep(50'000);
    }
    ::kill(pid_, SIGKILL);
    ::waitpid(pid_, nullptr, 0);
}

bool Server::is_running() {
    if (pid_ > 0 && ::waitpid(pid_, nullptr, WNOHANG) == pid_) pid_ = -1;
    return pid_ > 0;
}

Result<void> Server::wait_for(std::uint16_t port) {
    const sockaddr_in address = loopback(port);
    const bool answered = eventually([&] {
        if (!is_running()) return true;
        const int fd = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        const bool open =
            ::connect(fd, reinterpret_cast<const sockaddr*>(&address), sizeof(address)) == 0;
        ::close(fd);
        return open;
    });
    if (!is_running()) return failed("the server has ended: " + tail_of(log_));
    if (!answered) return failed("the server does not listen: " + tail_of(log_));
    return {};
}

Result<std::uint16_t> free_port() {
    const int fd = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address = loopback(0);
    socklen_t size = sizeof(address);
    const bool bound =
        ::bind(fd, reinterpret_cast<const sockaddr*>(&address), sizeof(address)) == 0 &&
        ::getsockname(fd, reinterpret_cast<sockaddr*>(&address), &size) == 0;
    ::close(fd);
    if (!bound) return failed("there is no free port");
    return ntohs(address.sin_port);
}

std::string tail_of(const std::filesystem::path& file) {
    std::string text = contents(file);
    if (text.size() > 2000) text.erase(0, text.size() - 2000);
    return text;
}

}  // namespace touchline::integration
