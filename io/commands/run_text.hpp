#pragma once
/// \file
/// A run's derived numbers as `validate` prints them and a run's log begins.
#include <string>

#include "src/plan/weighted_cut.hpp"
#include "src/run/flow_numbers.hpp"
#include "src/run/run_numbers.hpp"
#include "src/start/stationary_start.hpp"

namespace vesicast::io {

/// Several lines each, without the warnings. What maps, regions and cells make of the tissue is empty where there are
/// none.
[[nodiscard]] std::string run_text(const RunNumbers& numbers, const Parameters& parameters, int ranks);
[[nodiscard]] std::string tissue_text(const InterstitiumSummary& summary, const Parameters& parameters);
[[nodiscard]] std::string flow_text(const FlowNumbers& numbers, const Model& model, const SteadyFlow& flow);
[[nodiscard]] std::string stationary_text(const StationaryField& field);
/// One line, without its end.
[[nodiscard]] std::string cut_text(const WeightedCut& cut);

}  // namespace vesicast::io
