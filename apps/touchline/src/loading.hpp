// What most commands begin with: the configuration read and the installation opened, or everything
// that is wrong said.
#pragma once

#include "commands.hpp"
#include "connections.hpp"
#include "installation.hpp"

namespace touchline::app {

/// The configuration without errors; warnings are shown. Nothing after it has said what is wrong;
/// the code is k_config.
std::optional<config::Loaded> load_config(Terminal& terminal, const Globals& globals);

/// An opened installation, or the exit code to end with.
struct Opened {
    std::unique_ptr<Installation> installation;
    std::string config_source;
    int code = k_ok;

    explicit operator bool() const { return installation != nullptr; }
};
Opened open_installation(Terminal& terminal, const Globals& globals, Access access);

/// Shows problems, with the configuration's own text for those that stand in it.
void show(
    Terminal& terminal, const std::vector<FileProblem>& problems, std::string_view config_source
);

}  // namespace touchline::app
