// A connector for an ABI that does not exist yet: it must be refused before any of its code runs.
#include "touchline/sdk/plugin.hpp"

#include <cstdlib>

namespace {
const int k_never = (std::abort(), 0);
}

extern "C" TOUCHLINE_EXPORT const tl_plugin* touchline_plugin_v1(void) {
    return k_never == 0 ? nullptr : nullptr;
}
