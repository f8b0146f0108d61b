// Collections of WordPress that number their members and tell nobody when one was changed.
#pragma once

#include "touchline/sdk/paging.hpp"
#include "touchline/sdk/plugin.hpp"

#include <string_view>

namespace wordpress {

namespace sdk = touchline::sdk;
using sdk::Error;
using sdk::Job;
using sdk::Result;
using sdk::Status;

struct Collection {
    std::string_view name;    ///< the stream, and what WordPress' paths call it
    std::string_view filter;  ///< the parameter that shows everything, as "status=any", or empty
    std::string_view fields;  ///< what is handed over: WordPress shows more to those who may edit
};

/// nullptr: there is none.
const Collection* collection_named(std::string_view name);

/// How many there are, as WordPress counts. Error auth or denied: the account may not see them.
Result<std::int64_t> count(Job& job, const Collection& collection);
Result<void> read_collection(Job& job, const sdk::ReadArgs& args, const Collection& collection);

}  // namespace wordpress
