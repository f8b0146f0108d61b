#include "help_pages.hpp"

#include "version.hpp"

#include <CLI/CLI.hpp>

namespace touchline::app {
namespace {

std::string escaped(std::string text) {
    for (std::size_t at = 0; (at = text.find_first_of("\\-", at)) != std::string::npos; at += 2)
        text.insert(at, "\\");
    return text;
}

void describe(std::string& page, const CLI::App& app, const std::string& prefix) {
    for (const CLI::App* command : app.get_subcommands({})) {
        const std::string name = prefix + " " + command->get_name();
        if (!command->get_subcommands({}).empty()) {
            describe(page, *command, name);
            continue;
        }
        page.append(".TP\n.B ")
            .append(escaped(name))
            .append("\n")
            .append(escaped(command->get_description()))
            .append(".\n");
        for (const CLI::Option* option : command->get_options()) {
            if (option->get_name() == "--help") continue;
            page.append(".br\n").append(escaped(option->get_name(false, true))).append(": ");
            page.append(escaped(option->get_description())).append(".\n");
        }
    }
}

/// "config check explain schema": every group with its commands.
std::string words_of(const CLI::App& app) {
    std::string words;
    for (const CLI::App* command : app.get_subcommands({})) {
        words.append(words.empty() ? "" : " ").append(command->get_name());
    }
    return words;
}

std::string bash_cases(const CLI::App& app) {
    std::string cases;
    for (const CLI::App* command : app.get_subcommands({})) {
        const std::string words = words_of(*command);
        if (!words.empty())
            cases.append("    ")
                .append(command->get_name())
                .append(") words=\"" + words + "\" ;;\n");
    }
    return cases;
}

std::string bash(const CLI::App& app) {
    return "_touchline() {\n"
           "  local words=\"\" word=\"${COMP_WORDS[COMP_CWORD]}\"\n"
           "  if [ \"$COMP_CWORD\" -eq 1 ]; then words=\"" +
           words_of(app) +
           "\"\n"
           "  elif [ \"$COMP_CWORD\" -eq 2 ]; then case \"${COMP_WORDS[1]}\" in\n" +
           bash_cases(app) +
           "    esac; fi\n"
           "  COMPREPLY=($(compgen -W \"$words\" -- \"$word\"))\n"
           "  [ ${#COMPREPLY[@]} -gt 0 ] || COMPREPLY=($(compgen -f -- \"$word\"))\n"
           "}\n"
           "complete -F _touchline touchline";
}

std::string fish(const CLI::App& app) {
    std::string text = "complete -c touchline -f\n";
    for (const CLI::App* command : app.get_subcommands({})) {
        text.append("complete -c touchline -n __fish_use_subcommand -a ")
            .append(command->get_name());
        text.append(" -d '").append(command->get_description()).append("'\n");
        const std::string words = words_of(*command);
        if (words.empty()) continue;
        text.append("complete -c touchline -n '__fish_seen_subcommand_from ")
            .append(command->get_name());
        text.append("' -a '").append(words).append("'\n");
    }
    return text;
}

}  // namespace

std::string manual_page(const CLI::App& app) {
    std::string page = ".TH TOUCHLINE 1 \"\" \"touchline " + std::string(k_version) +
                       "\"\n.SH NAME\ntouchline \\- " + escaped(app.get_description()) +
                       "\n.SH SYNOPSIS\n.B touchline\n[options] command [arguments]\n" +
                       ".SH COMMANDS\n";
    describe(page, app, "touchline");
    page.append(".SH OPTIONS\n");
    for (const CLI::Option* option : app.get_options()) {
        page.append(".TP\n.B ").append(escaped(option->get_name(false, true))).append("\n");
        page.append(escaped(option->get_description())).append(".\n");
    }
    page.append(
        ".SH EXIT STATUS\n"
        ".TP\n0\nfine\n.TP\n1\nwhat was checked is bad\n.TP\n2\nwrong usage\n"
        ".TP\n3\nthe configuration cannot be loaded, or the daemon did not start\n"
        ".TP\n4\nnot allowed\n.TP\n5\nthe daemon cannot be reached\n.TP\n6\na source failed; "
        "trying again may help\n"
        ".TP\n7\npartly done\n.TP\n8\nrefused: a confirmation is needed, or the state forbids it\n"
        ".TP\n10\na plan that would change something\n"
        ".TP\n130\ninterrupted; the state is safe\n"
        ".SH FILES\n.TP\ntouchline.yaml\nthe configuration; see\n.B touchline config explain\n"
    );
    return page;
}

std::string completions(const CLI::App& app, std::string_view shell) {
    if (shell == "fish") return fish(app);
    if (shell == "zsh")
        return "#compdef touchline\nautoload -U bashcompinit && bashcompinit\n" + bash(app);
    return bash(app);
}

}  // namespace touchline::app
