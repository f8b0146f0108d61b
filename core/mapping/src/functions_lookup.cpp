// Tables of the mapping file.
#include "evaluator.hpp"

namespace touchline::mapping {
namespace {

Value lookup(Call& call) {
    const Lookups* lookups = call.evaluator.scope().lookups;
    const Value* table = lookups == nullptr ? nullptr : lookups->find(call[1].string());
    if (table == nullptr)
        return call.fail("there is no table \"" + std::string(call[1].string()) + "\"");
    const auto found =
        call[0].is_null() ? std::nullopt : table->get(call.evaluator.text_of(call[0]));
    if (found) return *found;
    return call.size() > 2 ? call[2] : Value();
}

constexpr Function k_functions[] = {
    {{"lookup",
      "lookup(value, 'table'[, default])",
      "What a table under `lookups:` has for the value; otherwise the default, or null.",
      "",
      "",
      false},
     2,
     3,
     {k_text | k_number | k_boolean | k_null, k_text, k_any},
     false,
     lookup},
};

}  // namespace

std::span<const Function> lookup_functions() {
    return k_functions;
}

}  // namespace touchline::mapping
