#pragma once
/// \file
/// The constants of every kind of cells over a step: they change only with the window of the perturbations and the
/// length of the step, and are kept from one step to the next.
#include <optional>
#include <vector>

#include "src/base/transition.hpp"
#include "src/exchange/exchange.hpp"
#include "src/recipient/endocytosis.hpp"
#include "src/recipient/pathway_step.hpp"

namespace vesicast {

/// By kind (src/seats/varied_cells.hpp); of a kind that is a cell's own only what varies in it.
struct StepTables {
  /// For steps of `dt` [s] in the window `now`. The model must outlive them. Local.
  StepTables(const Model& model, const EffectiveBehaviour& now, const VariedCells& varied, double dt);

  /// [vesicle][kind], over half a step; nothing where the kind does not take up the class.
  std::vector<std::vector<std::optional<recipient::PathwayStep>>> recipients;
  std::vector<std::vector<std::optional<recipient::RouteShares>>> routes;  ///< [vesicle][kind], likewise
  UptakeTable uptake;
  DonorKinds donors;
  /// [cargo][kind], over half a step: membrane cargo in cells with a pathway.
  std::vector<std::vector<std::optional<TransitionMatrix>>> cycles;
};

}  // namespace vesicast
