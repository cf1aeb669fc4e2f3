#pragma once
/// \file
/// What every cell of this rank sees and holds of every vesicle class, and how fast that changes.
#include <vector>

#include "src/extracellular/operator/voxel_rates.hpp"
#include "src/seats/seats.hpp"
#include "src/step_control/coupling_error.hpp"

namespace vesicast {

class ExchangeSample {
 public:
  /// Collective.
  explicit ExchangeSample(const Site& site);
  /// [cell][vesicle], good until the next call. Costs about a sweep of the stencil per class. Collective.
  [[nodiscard]] const std::vector<std::vector<CellExchange>>& measure(const State& u, const Model& model,
                                                                      const Site& site, const Seats& seats);

 private:
  /// Pools, concentrations, and by diffusion their change.
  void measure_class(const State& u, const Model& model, const Site& site, const Seats& seats, std::size_t vesicle);
  /// What the cells of each voxel do to it.
  void add_cells(const Site& site, const Seats& seats);
  /// What the cells do from now on.
  void use(const EffectiveBehaviour& behaviour, const State& u, const Model& model, const Seats& seats);
  /// That of one cell.
  void use(std::size_t cell, const KindBehaviour& behaviour);

  const EffectiveBehaviour* used_ = nullptr;
  std::vector<std::int64_t> ids_;    ///< of the cells then
  std::vector<std::int32_t> types_;  ///< likewise
  VoxelRates rates_;
  std::vector<double> content_;                      ///< N of a class, owned voxels
  std::vector<std::vector<double>> change_, loss_;   ///< dN/dt, kappa; [vesicle][occupied voxel]
  std::vector<std::vector<CellExchange>> exchange_;  ///< [cell][vesicle]
  std::vector<std::vector<Uptake>> own_;             ///< what `exchange_` points to of cells whose rates are their own
};

}  // namespace vesicast
