#pragma once
/// \file
/// What every cell of this rank sees and holds of every vesicle class, and how fast that changes.
#include <vector>

#include "src/extracellular/operator/voxel_rates.hpp"
#include "src/model/model.hpp"
#include "src/step_control/coupling_error.hpp"

namespace vesicast {

class ExchangeSample {
 public:
  /// For the cells of `state`, which stay where they are, in a model that outlives this. Collective.
  ExchangeSample(const Model& model, const Domain& domain, const State& state);
  /// [cell][vesicle], good until the next call. Costs about a sweep of the stencil per class. Collective.
  [[nodiscard]] const std::vector<std::vector<CellExchange>>& measure(const State& u, const Model& model);

 private:
  /// Pools, concentrations, and by diffusion their change.
  void measure_class(const State& u, const Model& model, std::size_t vesicle);
  /// What the cells of each voxel do to it.
  void add_cells(const State& u, const Model& model);

  /// What the cells do from now on.
  void use(const EffectiveBehaviour& behaviour, const State& u, const Model& model);

  const EffectiveBehaviour* used_ = nullptr;
  std::vector<std::int32_t> types_;  ///< of the cells then
  VoxelRates rates_;
  std::vector<double> content_;                      ///< N of a class, owned voxels
  std::vector<std::vector<double>> change_, loss_;   ///< dN/dt, kappa; [vesicle][occupied voxel]
  std::vector<std::vector<CellExchange>> exchange_;  ///< [cell][vesicle]
};

}  // namespace vesicast
