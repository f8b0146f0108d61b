// A program that a test starts, listens to, and never leaves behind.
#pragma once

#include <fcntl.h>
#include <gtest/gtest.h>
#include <poll.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <ctime>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace touchline::e2e {

/// A running child; killed when this goes away, and by the system when the test itself dies.
class Child {
public:
    Child(std::vector<std::string> command, const std::filesystem::path& folder) {
        int ends[2];
        if (::pipe2(ends, O_CLOEXEC) != 0) throw std::runtime_error("no pipe");
        output_ = ends[0];
        std::vector<char*> arguments;
        for (std::string& word : command) arguments.push_back(word.data());
        arguments.push_back(nullptr);
        const std::string log = (folder / "stderr.txt").string();
        id_ = ::fork();
        if (id_ == 0) {
            ::prctl(PR_SET_PDEATHSIG, SIGKILL);
            const int errors = ::open(log.c_str(), O_WRONLY | O_CREAT | O_APPEND, 0600);
            ::dup2(ends[1], STDOUT_FILENO);
            ::dup2(errors, STDERR_FILENO);
            if (::chdir(folder.c_str()) != 0) ::_exit(126);
            ::execv(arguments[0], arguments.data());
            ::_exit(127);
        }
        ::close(ends[1]);
        handle_ = static_cast<int>(::syscall(SYS_pidfd_open, id_, 0));
    }
    ~Child() {
        if (id_ > 0 && !ended_) {
            signal(SIGKILL);
            wait();
        }
        ::close(output_);
        ::close(handle_);
    }
    Child(const Child&) = delete;
    Child& operator=(const Child&) = delete;

    /// The rest of the first line of standard output that begins so; empty when the output ends
    /// before.
    std::string line_after(const std::string& beginning) {
        while (true) {
            std::size_t at = 0;
            for (std::size_t end; (end = text_.find('\n', at)) != std::string::npos; at = end + 1) {
                if (text_.compare(at, beginning.size(), beginning) == 0)
                    return text_.substr(at + beginning.size(), end - at - beginning.size());
            }
            if (!read_some()) return {};
        }
    }
    /// All of standard output.
    const std::string& output() {
        while (read_some()) {
        }
        return text_;
    }

    pid_t id() const { return id_; }
    void signal(int number) const { ::kill(id_, number); }
    /// Whether the child ended by itself within the time.
    bool ends_within(std::chrono::microseconds time) const {
        pollfd ready{handle_, POLLIN, 0};
        const timespec limit{
            static_cast<time_t>(time.count() / 1'000'000),
            static_cast<long>(time.count() % 1'000'000) * 1000};
        return ::ppoll(&ready, 1, &limit, nullptr) == 1;
    }
    /// What it has used of the processors: how far it is, however busy the machine.
    std::chrono::nanoseconds cpu_time() const {
        if (ended_) return cpu_time_;
        clockid_t clock{};
        timespec used{};
        if (::clock_getcpuclockid(id_, &clock) != 0 || ::clock_gettime(clock, &used) != 0)
            return cpu_time_;
        return std::chrono::seconds(used.tv_sec) + std::chrono::nanoseconds(used.tv_nsec);
    }
    /// The exit code, or -signal.
    int wait() {
        if (ended_) return code_;
        int status = 0;
        rusage usage{};
        ::wait4(id_, &status, 0, &usage);
        cpu_time_ = std::chrono::seconds(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) +
                    std::chrono::microseconds(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec);
        ended_ = true;
        code_ = WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
        return code_;
    }

private:
    bool read_some() {
        char bytes[4096];
        const auto count = ::read(output_, bytes, sizeof bytes);
        if (count > 0) text_.append(bytes, static_cast<std::size_t>(count));
        return count > 0;
    }

    pid_t id_ = -1;
    int output_ = -1, handle_ = -1;
    std::string text_;
    bool ended_ = false;
    int code_ = 0;
    std::chrono::nanoseconds cpu_time_{0};
};

/// A folder of the test's own, gone when the test is.
class Folder {
public:
    Folder() {
        std::string name =
            (std::filesystem::temp_directory_path() / "touchline-e2e-XXXXXX").string();
        if (::mkdtemp(name.data()) == nullptr) throw std::runtime_error("no temporary folder");
        path_ = name;
    }
    ~Folder() {
        std::error_code ignored;
        std::filesystem::remove_all(path_, ignored);
    }
    Folder(const Folder&) = delete;
    Folder& operator=(const Folder&) = delete;
    const std::filesystem::path& path() const { return path_; }

private:
    std::filesystem::path path_;
};

inline std::vector<std::string> touchline(std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), TOUCHLINE_PROGRAM);
    return arguments;
}

/// Runs it to its end. The exit code; standard error is in stderr.txt of the folder.
inline int run(const std::vector<std::string>& arguments, const std::filesystem::path& folder) {
    Child child(touchline(arguments), folder);
    child.output();
    return child.wait();
}

}  // namespace touchline::e2e
