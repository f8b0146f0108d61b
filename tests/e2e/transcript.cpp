#include "transcript.hpp"

#include "child.hpp"
#include "daemon.hpp"

#include "touchline/base/time.hpp"

#include <algorithm>
#include <cstdlib>
#include <regex>

namespace touchline::golden {
namespace {

namespace fs = std::filesystem;

/// What differs from run to run and from build to build, by a name: durations, space, times around
/// now.
std::string steady(std::string text, const fs::path& folder) {
    const std::string name = folder.string();
    for (std::size_t at; (at = text.find(name)) != std::string::npos;)
        text.replace(at, name.size(), "FOLDER");
    text = std::regex_replace(text, std::regex(R"(\b\d+ ms\b)"), "N ms");
    text = std::regex_replace(text, std::regex(R"(\b\d+ s +)"), "N s  ");
    text = std::regex_replace(text, std::regex(R"(\b\d+ MiB free)"), "N MiB free");
    text = std::regex_replace(text, std::regex(R"(\b\d+ connectors found)"), "N connectors found");
    static const std::regex k_time(R"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z)");
    const Time now = SystemClock().now();
    std::string result;
    auto rest = text.cbegin();
    for (std::sregex_iterator found(text.begin(), text.end(), k_time), end; found != end; ++found) {
        const auto time = parse_rfc3339(found->str());
        const bool is_now = time && std::chrono::abs(now - *time) < std::chrono::hours(2);
        result.append(rest, text.cbegin() + found->position());
        result.append(is_now ? "NOW" : found->str());
        rest = text.cbegin() + found->position() + found->length();
    }
    return result.append(rest, text.cend());
}

/// Everything that a shell command prints, and how it ends unless that is well.
std::string run_command(const std::string& command, const fs::path& folder) {
    const bool is_json = command.find("--json") != std::string::npos;
    const std::string script =
        "exec 2>" + std::string(is_json ? "errors.tmp" : "&1") + " </dev/null\n" + command;
    e2e::Child shell({"/bin/sh", "-c", script}, folder);
    std::string printed = shell.output();
    const int code = shell.wait();
    if (is_json) {
        std::istringstream lines(printed);
        for (std::string line; std::getline(lines, line);)
            EXPECT_TRUE(json::Document::parse(line)) << command << " prints " << line;
        printed += e2e::read_file(folder / "errors.tmp");
    }
    if (!printed.empty() && printed.back() != '\n') printed += '\n';
    if (code != 0) printed += "[exit " + std::to_string(code) + "]\n";
    return steady(std::move(printed), folder);
}

}  // namespace

Session Session::parse(const std::string& text) {
    Session session;
    std::istringstream lines(text);
    for (std::string line; std::getline(lines, line);) {
        if (line.starts_with("$ ")) {
            session.steps.push_back({line.substr(2), ""});
        } else {
            (session.steps.empty() ? session.heading : session.steps.back().printed)
                .append(line)
                .append("\n");
        }
    }
    return session;
}

std::string Session::text() const {
    std::string text = heading;
    for (const Step& step : steps) text.append("$ " + step.command + "\n" + step.printed);
    return text;
}

std::vector<std::string> sessions_in(const fs::path& cases) {
    std::vector<std::string> names;
    for (const fs::directory_entry& entry : fs::directory_iterator(cases)) {
        if (fs::exists(entry.path() / "session.txt"))
            names.push_back(entry.path().filename().string());
    }
    std::sort(names.begin(), names.end());
    return names;
}

void expect_session(const fs::path& folder) {
    const fs::path file = folder / "session.txt";
    const Session expected = Session::parse(e2e::read_file(file));
    const e2e::Folder scratch;
    fs::copy(folder, scratch.path(), fs::copy_options::recursive);
    fs::remove(scratch.path() / "session.txt");
    ::setenv(
        "PATH", (fs::path(TOUCHLINE_PROGRAM).parent_path().string() + ":/usr/bin:/bin").c_str(), 1
    );
    ::setenv("TEST_PLUGINS", TEST_PLUGINS, 1);
    ::setenv("LC_ALL", "C.UTF-8", 1);
    ::unsetenv("TOUCHLINE_CONFIG");
    Session found = expected;
    for (Step& step : found.steps) step.printed = run_command(step.command, scratch.path());
    if (std::getenv("TOUCHLINE_UPDATE_GOLDEN") != nullptr)
        return e2e::write_file(file, found.text());
    for (std::size_t i = 0; i < found.steps.size(); ++i)
        EXPECT_EQ(found.steps[i].printed, expected.steps[i].printed)
            << "$ " << found.steps[i].command;
}

}  // namespace touchline::golden
