// A plan as people and programs read it.
#pragma once

#include "terminal.hpp"

#include "touchline/ingest/change_plan.hpp"
#include "touchline/view/catalogue.hpp"

#include <string>

namespace touchline::app {

/// A JSON object; touchpoints before and after are in display form.
Result<std::string> report_of(
    const ingest::ChangePlan& plan, store::Reader& reader, const view::Catalogue& catalogue
);

/// The same in lines.
void print_report(Terminal& terminal, const ingest::ChangePlan& plan);

/// The phase of a touchpoint by its kind alone.
std::function<std::string(const model::Touchpoint&)> phase_by_kind(const view::Catalogue& catalogue
);

}  // namespace touchline::app
