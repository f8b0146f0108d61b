#include "simulator.hpp"

#include <fcntl.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdio>
#include <stdexcept>

namespace touchline::simulated {

Result<std::unique_ptr<Simulator>> Simulator::start(
    net::HttpClient& http, const std::string& vendor
) {
    std::unique_ptr<Simulator> simulator(new Simulator(http));
    TOUCHLINE_CHECK(simulator->launch({vendor}));
    return simulator;
}

Result<std::unique_ptr<Simulator>> Simulator::before(
    net::HttpClient& http, const std::string& server
) {
    std::unique_ptr<Simulator> passage(new Simulator(http));
    TOUCHLINE_CHECK(passage->launch({"passage", server}));
    return passage;
}

Result<void> Simulator::launch(const std::vector<std::string>& arguments) {
    int input[2], output[2];
    if (::pipe2(input, O_CLOEXEC) != 0 || ::pipe2(output, O_CLOEXEC) != 0)
        return Error(Code::unavailable, "there is no pipe");
    pid_ = ::fork();
    if (pid_ == 0) {
        ::prctl(PR_SET_PDEATHSIG, SIGKILL);
        ::dup2(input[0], STDIN_FILENO);
        ::dup2(output[1], STDOUT_FILENO);
        const char* const server = arguments.size() > 1 ? arguments[1].c_str() : nullptr;
        ::execl(PYTHON, PYTHON, "-B", SIMULATOR_PY, arguments[0].c_str(), server, nullptr);
        ::_exit(127);
    }
    ::close(input[0]);
    ::close(output[1]);
    input_ = input[1];
    FILE* const lines = ::fdopen(output[0], "r");
    int port = 0;
    const bool said = std::fscanf(lines, "port %d", &port) == 1;
    std::fclose(lines);
    if (!said) return Error(Code::unavailable, "the simulator " + arguments[0] + " did not start");
    url_ = "http://127.0.0.1:" + std::to_string(port);
    return {};
}

Simulator::~Simulator() {
    if (input_ >= 0) ::close(input_);
    if (pid_ > 0) {
        ::kill(pid_, SIGKILL);
        ::waitpid(pid_, nullptr, 0);
    }
}

json::Document Simulator::tell(const std::string& verb, const std::string& json) {
    net::SendOptions options;
    options.allow_private_network = true;
    const auto answer = http_.send({"POST", url_ + "/_sim/" + verb, {}, json}, options, {});
    if (!answer) throw std::runtime_error(verb + ": " + answer.error().text());
    if (answer->status != 200) throw std::runtime_error(verb + " was refused: " + answer->body);
    auto document = json::Document::parse(answer->body);
    if (!document) throw std::runtime_error(verb + ": " + document.error().text());
    return std::move(*document);
}

}  // namespace touchline::simulated
