// One function per way of reading Freshdesk.
#pragma once

#include "touchline/sdk/paging.hpp"
#include "touchline/sdk/plugin.hpp"

#include <string>

namespace freshdesk {

namespace sdk = touchline::sdk;
using sdk::Error;
using sdk::Job;
using sdk::Result;
using sdk::Status;

inline constexpr std::int64_t k_overlap_ms = 60'000;
/// Freshdesk has no older records; without a time it lists those of the last thirty days only.
inline constexpr std::int64_t k_beginning_ms = 1'199'145'600'000;  // 2008

/// The page after `at`, if the answer's Link header says that there is one.
Result<std::string> next_page(const sdk::HttpResponse& answer, const std::string& at);

/// Tickets by the time of their last change; deleted ones and spam, which the list leaves out,
/// apart.
Result<sdk::ReadEnd> read_tickets(Job& job, const sdk::ReadArgs& args);
/// What stands on each ticket that was changed: {"conversation": …, "ticket": …}.
Result<sdk::ReadEnd> read_conversations(Job& job, const sdk::ReadArgs& args);
/// One ticket and what stands on it, as they are now.
Result<void> fetch_ticket(Job& job, const std::string& id);

Result<sdk::ReadEnd> read_ratings(Job& job, const sdk::ReadArgs& args);
/// Contacts that were changed, and once a day those that were deleted.
Result<sdk::ReadEnd> read_contacts(Job& job, const sdk::ReadArgs& args);

}  // namespace freshdesk
