#include "private_server.hpp"

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>

extern char** environ;

namespace touchline::integration {

namespace {

Error failed(std::string what) {
    return Error(Code::unavailable, std::move(what));
}

std::string text_at(const json::Document& document, std::string_view key) {
    const auto value = document.root().get(key);
    return std::string(value ? value->as_string().value_or("") : "");
}

/// So that databases which are costly to make are made once in each build.
std::filesystem::path templates() {
    return std::filesystem::path(TOUCHLINE_BINARY_DIR) / "servers";
}

}  // namespace

Result<std::unique_ptr<PrivateServer>> PrivateServer::start(const std::filesystem::path& script) {
    std::unique_ptr<PrivateServer> server(new PrivateServer);
    TOUCHLINE_CHECK(server->launch(std::filesystem::path(INTEGRATION_TESTS_DIR) / script));
    return server;
}

Result<void> PrivateServer::launch(const std::filesystem::path& script) {
    std::array<int, 2> input{}, output{};
    if (::pipe2(input.data(), O_CLOEXEC) != 0 || ::pipe2(output.data(), O_CLOEXEC) != 0)
        return failed("no pipe");
    std::filesystem::create_directories(templates());
    ::setenv("TEMPLATES", templates().c_str(), 1);
    posix_spawn_file_actions_t actions;
    ::posix_spawn_file_actions_init(&actions);
    ::posix_spawn_file_actions_adddup2(&actions, input[0], STDIN_FILENO);
    ::posix_spawn_file_actions_adddup2(&actions, output[1], STDOUT_FILENO);
    std::string program = script.string();
    std::string directory = (folder_.path() / "server").string();
    std::array<char*, 3> arguments{program.data(), directory.data(), nullptr};
    const int error =
        ::posix_spawn(&pid_, program.c_str(), &actions, nullptr, arguments.data(), environ);
    ::posix_spawn_file_actions_destroy(&actions);
    ::close(input[0]);
    ::close(output[1]);
    input_ = input[1];
    output_ = output[0];
    if (error != 0) {
        pid_ = -1;
        return failed(program + " cannot be started");
    }
    TOUCHLINE_TRY(const auto line, read_line());
    TOUCHLINE_TRY(auto about, json::Document::parse(line));
    about_ = std::make_unique<json::Document>(std::move(about));
    const std::string why = this->about("failed");
    if (why.empty()) return {};
    return Error(why.starts_with("not installed") ? Code::not_found : Code::unavailable, why);
}

PrivateServer::~PrivateServer() {
    if (input_ >= 0) ::close(input_);
    if (pid_ > 0) ::waitpid(pid_, nullptr, 0);
    if (output_ >= 0) ::close(output_);
}

std::string PrivateServer::about(std::string_view key) const {
    return about_ ? text_at(*about_, key) : std::string();
}

Result<json::Document> PrivateServer::tell(std::string_view command) {
    const std::string line = std::string(command) + "\n";
    if (::write(input_, line.data(), line.size()) != static_cast<ssize_t>(line.size()))
        return failed("the server's script takes no command");
    TOUCHLINE_TRY(const auto answer, read_line());
    TOUCHLINE_TRY(auto document, json::Document::parse(answer));
    if (const auto error = text_at(document, "error"); !error.empty()) return failed(error);
    return document;
}

Result<std::string> PrivateServer::read_line() {
    std::array<char, 4096> buffer{};
    std::size_t end = unread_.find('\n');
    while (end == std::string::npos) {
        const auto got = ::read(output_, buffer.data(), buffer.size());
        if (got <= 0) return failed("the server's script ended; its standard error says why");
        unread_.append(buffer.data(), static_cast<std::size_t>(got));
        end = unread_.find('\n');
    }
    std::string line = unread_.substr(0, end);
    unread_.erase(0, end + 1);
    return line;
}

}  // namespace touchline::integration
