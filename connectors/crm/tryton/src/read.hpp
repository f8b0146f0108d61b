// Reading a model, whichever it is.
#pragma once

#include "models.hpp"
#include "rpc.hpp"

namespace tryton {

/// The context that calls are made in: the account's company, and what is inactive, too. JSON.
Result<std::string> context_of(Job& job);
Result<void> read_model(Job& job, const sdk::ReadArgs& args, const Model& model);

}  // namespace tryton
