// Answers what a runner asks for during one call, through the same service tables that a connector
// in this process calls. Trusts no message.
#pragma once

#include "job.hpp"
#include "runner_process.hpp"

#include <cstdint>
#include <map>
#include <string>

namespace touchline::host {

class CallServer {
public:
    CallServer(Job& job, RunnerProcess& process) : job_(job), process_(process) {}
    CallServer(const CallServer&) = delete;
    CallServer& operator=(const CallServer&) = delete;
    /// Takes back the places of what was looked at.
    ~CallServer();

    /// False: the message makes no sense, or the runner is gone.
    bool answer(const FromRunner& message);
    /// What the connector asked for last: "execute GET /tickets?page=3". For reports.
    const std::string& last_asked() const { return last_asked_; }

private:
    void run(runner::Op op, runner::Reader& in);
    void body(runner::Op op, runner::Reader& in);
    void json(runner::Op op, runner::Reader& in);
    void http(runner::Op op, runner::Reader& in);
    void emit(runner::Op op, runner::Reader& in);
    void file(runner::Op op, runner::Reader& in);
    void stream(runner::Op op, runner::Reader& in);
    void rows(runner::Reader& in);
    /// Shows the runner what it did not wait for.
    void posted(tl_status status);
    tl_status view(tl_body body, std::uint64_t& offset, std::uint64_t& length);

    runner::Writer<std::string> reply() { return runner::Writer<std::string>(reply_); }
    void remember(const char* what, tl_str first = {}, tl_str second = {});

    Job& job_;
    RunnerProcess& process_;
    std::map<tl_body, std::uint64_t> viewed_;  ///< where in the arena
    std::string reply_, last_asked_;
};

}  // namespace touchline::host
