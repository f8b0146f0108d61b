// The manual page and the completions are made from the commands themselves: nothing may be
// missing.
#include "child.hpp"

namespace touchline::e2e {
namespace {

const std::vector<std::string> k_commands{
    "demo",
    "serve",
    "config check",
    "config schema",
    "config explain",
    "connections list",
    "connections test",
    "connections run",
    "connections add",
    "connections discover",
    "connections pause",
    "connections resume",
    "connections logs",
    "connections auth",
    "mapping test",
    "mapping run",
    "mapping eval",
    "mapping functions",
    "customer find",
    "customer timeline",
    "customer why",
    "customer show",
    "customer merge",
    "customer split",
    "customer undo",
    "customer choose",
    "identity resolve",
    "identity train",
    "identity explain",
    "identity evaluate",
    "dlq list",
    "dlq show",
    "dlq retry",
    "plugin list",
    "plugin info",
    "plugin new",
    "plugin check",
    "plugin record",
    "plugin run",
    "plugin fuzz",
    "plugin doc",
    "plugin key",
    "plugin pack",
    "plugin verify",
    "plugin install",
    "doctor",
    "version"};

std::string printed(const std::vector<std::string>& arguments) {
    const Folder folder;
    Child child(touchline(arguments), folder.path());
    std::string text = child.output();
    EXPECT_EQ(child.wait(), 0);
    return text;
}

TEST(Help, ManualPageNamesEveryCommandAndExitCode) {
    const std::string page = printed({"man"});
    EXPECT_EQ(page.substr(0, 4), ".TH ") << page.substr(0, 80);
    for (const std::string& command : k_commands)
        EXPECT_NE(page.find(command), std::string::npos) << command;
    for (const char* section : {".SH NAME", ".SH SYNOPSIS", ".SH COMMANDS", ".SH EXIT STATUS"})
        EXPECT_NE(page.find(section), std::string::npos) << section;
}

TEST(Help, CompletionsNameEveryCommandInEveryShell) {
    for (const std::string shell : {"bash", "zsh", "fish"}) {
        const std::string text = printed({"completion", shell});
        for (const std::string& command : k_commands) {
            const std::string last = command.substr(command.find(' ') + 1);
            EXPECT_NE(text.find(last), std::string::npos) << shell << " lacks " << command;
        }
    }
}

TEST(Help, CompletionsForBashAreBash) {
    const Folder folder;
    const std::string script = std::string(TOUCHLINE_PROGRAM) + " completion bash | bash -n";
    Child shell({"/bin/sh", "-c", script}, folder.path());
    EXPECT_EQ(shell.output(), "");
    EXPECT_EQ(shell.wait(), 0);
}

}  // namespace
}  // namespace touchline::e2e
