// Lists, cursors and what a connector remembers between runs.
#pragma once

#include "touchline/sdk/paging/catch_up.hpp"
#include "touchline/sdk/paging/id_set.hpp"
#include "touchline/sdk/paging/keyset.hpp"
#include "touchline/sdk/paging/recent.hpp"
#include "touchline/sdk/paging/seek.hpp"
#include "touchline/sdk/paging/state.hpp"
#include "touchline/sdk/paging/sweep.hpp"
#include "touchline/sdk/paging/walk.hpp"
#include "touchline/sdk/paging/windows.hpp"
#include "touchline/sdk/time_text.hpp"
