#include "daemon.hpp"

#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <fstream>
#include <iterator>

extern char** environ;

namespace touchline::integration {

namespace {

std::string content_of(const std::filesystem::path& file) {
    std::ifstream in(file);
    return {std::istreambuf_iterator<char>(in), {}};
}

/// What follows `begin` in the first line that begins so; empty when the other end closes before.
std::string read_line_after(int file, std::string_view begin) {
    std::string line;
    for (char c = 0; ::read(file, &c, 1) == 1;) {
        if (c != '\n') {
            line += c;
        } else if (line.starts_with(begin)) {
            return line.substr(begin.size());
        } else {
            line.clear();
        }
    }
    return {};
}

}  // namespace

Result<std::unique_ptr<Daemon>> Daemon::start(
    net::HttpClient& http, const std::filesystem::path& folder
) {
    std::unique_ptr<Daemon> daemon(new Daemon(http, folder));
    TOUCHLINE_CHECK(daemon->launch());
    return daemon;
}

Result<void> Daemon::launch() {
    std::array<int, 2> output{};
    if (::pipe2(output.data(), O_CLOEXEC) != 0) return Error(Code::unavailable, "no pipe");
    const std::string log = (folder_ / "daemon.log").string();
    posix_spawn_file_actions_t actions;
    ::posix_spawn_file_actions_init(&actions);
    ::posix_spawn_file_actions_adddup2(&actions, output[1], STDOUT_FILENO);
    ::posix_spawn_file_actions_addopen(
        &actions, STDERR_FILENO, log.c_str(), O_WRONLY | O_CREAT | O_APPEND, 0600
    );
    std::string program = std::string(TOUCHLINE_BINARY_DIR) + "/bin/touchline";
    std::string config = (folder_ / "touchline.yaml").string();
    std::string option = "--config", command = "serve", listen = "--listen",
                address = "127.0.0.1:0";
    std::array<char*, 7> arguments{
        program.data(),
        option.data(),
        config.data(),
        command.data(),
        listen.data(),
        address.data(),
        nullptr};
    pid_t pid = -1;
    const int error =
        ::posix_spawn(&pid, program.c_str(), &actions, nullptr, arguments.data(), environ);
    ::posix_spawn_file_actions_destroy(&actions);
    ::close(output[1]);
    if (error == 0) {
        pid_ = pid;
        url_ = read_line_after(output[0], "ready: ");
    }
    ::close(output[0]);
    if (url_.empty())
        return Error(Code::unavailable, program + " has not become ready:\n" + this->log());
    token_ = content_of(folder_ / "data" / "api-token");
    token_.erase(token_.find_last_not_of('\n') + 1);
    return {};
}

Daemon::~Daemon() {
    kill();
}

void Daemon::kill() {
    if (is_running()) end_with(SIGKILL);
}

int Daemon::stop() {
    const int status = is_running() ? end_with(SIGTERM) : -1;
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

int Daemon::end_with(int signal) {
    int status = -1;
    ::kill(pid_, signal);
    ::waitpid(pid_, &status, 0);
    pid_ = -1;
    return status;
}

std::string Daemon::log() const {
    return content_of(folder_ / "daemon.log");
}

Result<json::Document> Daemon::get(std::string_view path) const {
    net::Request request;
    request.url = url_ + "/api/v1/" + std::string(path);
    request.headers.set("Authorization", "Bearer " + token_);
    net::SendOptions options;
    options.allow_private_network = true;
    TOUCHLINE_TRY(const auto response, http_.send(request, options, {}));
    if (response.status != 200) {
        return Error(
            Code::unavailable,
            request.url + ": " + std::to_string(response.status) + " " + response.body
        );
    }
    return json::Document::parse(response.body);
}

std::string Daemon::customer_of(std::string_view email) const {
    const auto found = get("lookup?q=" + std::string(email));
    const auto matches = found ? found->root().get("matches") : std::nullopt;
    if (!matches || matches->size() != 1) return {};
    return std::string(json::find(*matches, "/0/customer")->as_string().value_or(""));
}

std::vector<std::string> Daemon::kinds_of(std::string_view customer) const {
    std::vector<std::string> kinds;
    const auto timeline = get("customers/" + std::string(customer) + "/timeline");
    const auto items = timeline ? timeline->root().get("items") : std::nullopt;
    if (!items) return kinds;
    for (const auto item : items->elements())
        kinds.emplace_back(item.get("kind")->as_string().value_or(""));
    std::ranges::sort(kinds);
    return kinds;
}

}  // namespace touchline::integration
