// The stream `users`: the people whom RT knows, without those who work in it.
#pragma once

#include "rest.hpp"

namespace request_tracker {

Result<touchline::sdk::ReadEnd> read_users(Job& job, const touchline::sdk::ReadArgs& args);

}  // namespace request_tracker
