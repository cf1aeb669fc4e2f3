#pragma once
/// \file
/// What one kind of cells does on its donor side in steps of one length, computed once for all of them.
#include <optional>
#include <vector>

#include "src/donor/pathway.hpp"
#include "src/donor/surface_pool.hpp"
#include "src/donor/tether.hpp"
#include "src/model/model.hpp"

namespace vesicast {

struct DonorKind {
  /// Of cells of type `type` in a step of `dt` [s]. The model must outlive it. Local.
  DonorKind(const Model& model, std::size_t type, const KindBehaviour& behaviour, double dt);

  /// Release of one class at a given rate.
  struct AtRate {
    std::size_t field = 0;
    std::size_t vesicle = 0;
    Secretion secretion;
  };

  const DonorPathway* pathway = nullptr;  ///< null: without
  std::vector<donor::PopulationStep> populations;
  std::optional<donor::TetherStep> tether;
  double microvesicles = 0.0, ectosomes = 0.0;       ///< mean of a step; ectosomes at P = P0
  std::vector<donor::HalfStepFusions> half_fusions;  ///< [population], where ectosomes follow a cargo
  std::vector<AtRate> at_rate;
  std::vector<std::size_t> at_surface;           ///< fields that are released into without MVBs, each once
  std::vector<std::optional<CargoRates>> cargo;  ///< [cargo], of what the cells have
  std::vector<std::size_t> own;                  ///< cargoes that the cells have
  std::vector<donor::CargoLoading> loading;      ///< of these, [own][population] in a row
  std::vector<std::size_t> held_as_another;      ///< fields that tetherin can hold since the cells were of another type
  bool acts = false;                             ///< is there anything to do?
};

/// [kind]; of a kind that is a cell's own only where what it releases varies.
using DonorKinds = std::vector<std::optional<DonorKind>>;

}  // namespace vesicast
