#pragma once
/// \file
/// What a step of the donors needs beside what changes: the constants of each kind of cells, computed once for all of
/// them, and where things stand in the state. Nothing here depends on how many cells are taken side by side.
#include <optional>
#include <vector>

#include "src/cells/donor_state.hpp"
#include "src/donor/pathway.hpp"
#include "src/donor/surface_pool.hpp"
#include "src/donor/tether.hpp"
#include "src/exchange/secrete.hpp"

namespace vesicast {

/// The constants of one kind.
struct DonorKind {
  /// In a step of `dt` [s] with the constants `now`. Local.
  DonorKind(const Model& model, const EffectiveBehaviour& now, std::size_t type, std::size_t kind, double dt);

  /// Release of one class at a given rate.
  struct AtRate {
    std::size_t field = 0;
    std::size_t vesicle = 0;
    const Secretion* secretion = nullptr;
  };

  const DonorPathway* pathway = nullptr;  ///< null: without
  std::vector<donor::PopulationStep> populations;
  std::optional<donor::TetherStep> tether;
  double microvesicles = 0.0, ectosomes = 0.0;       ///< mean of a step; ectosomes at P = P0
  std::vector<donor::HalfStepFusions> half_fusions;  ///< [population], where ectosomes follow a cargo
  std::vector<AtRate> at_rate;
  std::vector<std::size_t> at_surface;  ///< fields that are released into without MVBs, each once
  const std::vector<std::optional<CargoRates>>* cargo = nullptr;
  std::vector<std::size_t> own;              ///< cargoes that the cells have
  std::vector<donor::CargoLoading> loading;  ///< of these, [own][population] in a row
  std::vector<std::size_t> held_as_another;  ///< fields that tetherin can hold since the cells were of another type
  bool acts = false;                         ///< is there anything to do?
};

class DonorTables {
 public:
  /// For a step of `dt` [s] from the state's time on; what cells release is added to `out`. Local.
  DonorTables(State& u, const Model& model, double dt, Released& out);

  /// The constants of the cells of a pack; the reference holds until the next call.
  [[nodiscard]] const DonorKind& kind(const CellPack& pack);
  /// What a cell releases of one class at a given rate, steadily or in bursts.
  [[nodiscard]] double released(const DonorKind::AtRate& one, std::size_t cell) const;
  /// An array of the cells, null where the run has none.
  [[nodiscard]] double* array(CellArray a, std::size_t which) const { return state.cells.at(a, which).data(); }

  /// Where what a population of MVBs made is booked.
  struct Books {
    double *formed, *back_fused, *digested, *released, *expelled, *fusions;
  };

  /// The cells at hand.
  CellBlock block;
  CellPacks packs;

  State& state;
  const Model& model;
  Released& out;
  std::vector<donor::MvbArrays> mvbs;                  ///< [Model::populations]
  std::vector<Books> books;                            ///< likewise
  std::vector<std::vector<donor::CargoArrays>> cargo;  ///< [cell type][cargo]
  std::vector<std::vector<double>> given;              ///< [cargo][vesicle], given_copies()

 private:
  const EffectiveBehaviour& now_;
  double dt_;
  std::vector<std::optional<DonorKind>> kinds_;  ///< [CellBlock::place]
};

}  // namespace vesicast
