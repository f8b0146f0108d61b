// Where the program finds what is installed beside it.
#pragma once

#include <filesystem>

namespace touchline::app {

/// The connectors that ship with Touchline: beside the program, in ../plugins or
/// ../lib/touchline/plugins.
std::filesystem::path shipped_plugins();
/// The program that isolated connectors live in: beside this one, or in ../libexec/touchline.
std::filesystem::path runner_program();
/// The demo's configuration: in ../share/touchline/demo.
std::filesystem::path demo_configuration();
/// What `plugin new` copies: in ../share/touchline/templates, one folder each.
std::filesystem::path plugin_templates();

}  // namespace touchline::app
