// Posts on X, as its API hands them out: the words here, their authors elsewhere in the answer, and
// what could not be shown beside both.
#pragma once

#include "touchline/sdk/paging.hpp"
#include "touchline/sdk/plugin.hpp"

#include <string>

namespace x {

namespace sdk = touchline::sdk;
using sdk::Error;
using sdk::Job;
using sdk::Result;
using sdk::Status;

/// Asks for the fields that the mappings look at.
sdk::HttpRequest with_fields(sdk::HttpRequest request);
/// {"post": …, "author": …} a line. An answer with 200 may hold no posts but the reason why: then
/// it is that Error. Posts that could not be shown are counted in the log.
Result<std::string> lines_of(Job& job, const sdk::Body& answer);
/// Ids are numbers of up to 64 bits, as text.
inline bool is_after(const std::string& a, const std::string& b) {
    return a.size() != b.size() ? a.size() > b.size() : a > b;
}

}  // namespace x
