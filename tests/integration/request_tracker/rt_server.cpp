#include "rt_server.hpp"

#include "touchline/json/view.hpp"

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cstdlib>

extern char** environ;

namespace touchline::rt_test {

namespace {

Error failed(std::string what) {
    return Error(Code::unavailable, std::move(what));
}

/// One line, or what there is until the other end closes.
std::string read_line(int file) {
    std::string line;
    char c = 0;
    while (::read(file, &c, 1) == 1 && c != '\n') line += c;
    return line;
}

std::string form_encoded(std::string_view text) {
    constexpr std::string_view k_hex = "0123456789ABCDEF";
    std::string out;
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        out += {'%', k_hex[byte >> 4U], k_hex[byte & 15U]};
    }
    return out;
}

}  // namespace

bool RtServer::is_installed() {
    return ::access("/usr/share/request-tracker5/libexec/rt-server", X_OK) == 0;
}

Result<std::unique_ptr<RtServer>> RtServer::start(net::HttpClient& http) {
    std::string pattern = (std::filesystem::temp_directory_path() / "touchline-rt-XXXXXX").string();
    if (::mkdtemp(pattern.data()) == nullptr) return failed("no temporary directory can be made");
    std::unique_ptr<RtServer> server(new RtServer(http, pattern));
    TOUCHLINE_CHECK(server->launch());
    return server;
}

Result<void> RtServer::launch() {
    std::array<int, 2> input{}, output{};
    if (::pipe2(input.data(), O_CLOEXEC) != 0 || ::pipe2(output.data(), O_CLOEXEC) != 0)
        return failed("no pipe");
    posix_spawn_file_actions_t actions;
    ::posix_spawn_file_actions_init(&actions);
    ::posix_spawn_file_actions_adddup2(&actions, input[0], STDIN_FILENO);
    ::posix_spawn_file_actions_adddup2(&actions, output[1], STDOUT_FILENO);
    std::string script = std::string(RT_SCRIPTS_DIR) + "/rt_server.pl";
    std::string directory = (directory_ / "rt").string();
    std::array<char*, 3> arguments{script.data(), directory.data(), nullptr};
    const int error =
        ::posix_spawn(&pid_, script.c_str(), &actions, nullptr, arguments.data(), environ);
    ::posix_spawn_file_actions_destroy(&actions);
    ::close(input[0]);
    ::close(output[1]);
    input_ = input[1];
    const std::string line = error == 0 ? read_line(output[0]) : std::string();
    ::close(output[0]);
    if (error != 0) pid_ = -1;
    const auto about = json::Document::parse(line);
    if (!about)
        return failed("rt_server.pl has not started Request Tracker; its standard error says why");
    const auto text = [&](std::string_view key) {
        return std::string(about->root().get(key).value().as_string().value_or(""));
    };
    url_ = text("url");
    admin_token_ = text("admin_token");
    reader_token_ = text("reader_token");
    return {};
}

RtServer::~RtServer() {
    stop();
    std::error_code ignored;
    std::filesystem::remove_all(directory_, ignored);
}

void RtServer::stop() {
    if (input_ >= 0) ::close(input_);
    if (pid_ > 0) ::waitpid(pid_, nullptr, 0);
}

Result<std::string> RtServer::send(
    std::string_view method, std::string_view path, std::string_view json
) {
    net::Request request;
    request.method = method;
    request.url = url_ + "/REST/2.0/" + std::string(path);
    request.headers.set("Authorization", "token " + admin_token_);
    if (!json.empty()) request.headers.set("Content-Type", "application/json");
    request.body = json;
    net::SendOptions options;
    options.allow_private_network = true;
    TOUCHLINE_TRY(auto response, http_.send(request, options, {}));
    if (response.status >= 300) {
        return failed(
            std::string(method) + " " + std::string(path) + ": " + std::to_string(response.status) +
            " " + response.body
        );
    }
    return std::move(response.body);
}

Result<void> RtServer::mail(
    std::string_view from, std::string_view subject, std::string_view text
) {
    static int number = 0;
    std::string message = "From: " + std::string(from) +
                          "\r\nTo: support@us.test\r\nSubject: " + std::string(subject) +
                          "\r\nMessage-ID: <" + std::to_string(++number) +
                          "@mail.test>\r\nMIME-Version: 1.0\r\n" +
                          "Content-Type: text/plain; charset=utf-8\r\n\r\n" + std::string(text);
    net::Request request;
    request.method = "POST";
    request.url = url_ + "/REST/1.0/NoAuth/mail-gateway";
    request.headers.set("Content-Type", "application/x-www-form-urlencoded");
    request.body =
        "SessionType=REST&queue=General&action=correspond&message=" + form_encoded(message);
    net::SendOptions options;
    options.allow_private_network = true;
    TOUCHLINE_TRY(const auto response, http_.send(request, options, {}));
    if (!response.body.starts_with("ok")) return failed("the mail was refused: " + response.body);
    return {};
}

Result<std::string> RtServer::user_id(std::string_view name) {
    TOUCHLINE_TRY(const auto body, send("GET", "user/" + form_encoded(name)));
    TOUCHLINE_TRY(const auto user, json::Document::parse(body));
    return user.root().get("id").value().text();
}

Result<void> RtServer::add_comments(std::string_view ticket, int count) {
    const std::string command = std::string(RT_SCRIPTS_DIR) + "/seed_history.pl " +
                                (directory_ / "rt").string() + " " + std::string(ticket) + " " +
                                std::to_string(count) + " 2>>" + (directory_ / "seed.log").string();
    if (std::system(command.c_str()) != 0) return failed("seed_history.pl has failed");
    return {};
}

}  // namespace touchline::rt_test
