// Redmine's two collections, and the question whether the key is good.
#pragma once

#include "touchline/sdk/paging.hpp"
#include "touchline/sdk/plugin.hpp"

namespace redmine {

namespace sdk = touchline::sdk;
using sdk::Error;
using sdk::Job;
using sdk::Result;
using sdk::Status;

/// The name of the account. With a key that is not good Redmine answers lists with 200 and nothing
/// in them, so nothing is believed before and no deletion after that was not asked. Error auth.
Result<std::string> signed_in_as(Job& job);

/// `project` is an identifier, or empty for all.
Result<void> read_issues(Job& job, const sdk::ReadArgs& args, const std::string& project);
Result<void> read_users(Job& job, const sdk::ReadArgs& args);

}  // namespace redmine
