// Who may come into this installation, and what each role may read, as its configuration says.
#pragma once

#include "installation.hpp"

#include "touchline/access/door.hpp"
#include "touchline/view/reading.hpp"

#include <array>
#include <filesystem>

namespace touchline::app {

/// Where accounts, sessions and the audit log lie.
std::filesystem::path access_folder(const config::Config& config);
/// Error: config (a secret is missing).
Result<access::DoorOptions> door_options(const Installation& installation, Secret token);
/// In the order of access::k_roles.
std::array<view::Reading, access::k_roles.size()> readings_of(const Installation& installation);
/// The web app's policy, with the sites that may frame it.
std::string policy_with_frames(std::string_view policy, const std::vector<std::string>& frames);

}  // namespace touchline::app
