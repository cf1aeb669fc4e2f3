#include "src/exchange/ectosomes.hpp"

#include "src/donor/budding.hpp"
#include "src/donor/state.hpp"
#include "src/donor/surface_pool.hpp"

namespace vesicast {

double ectosome_cargo_ratio(const State& u, const Model& model, std::size_t c, double dt,
                            const std::vector<std::vector<double>>& surface) {
  const auto type = static_cast<std::size_t>(u.cells.type[c]);
  const DonorPathway& pathway = *model.pathways[type];
  if (!pathway.follows) return 1.0;
  const auto& [q, at_rest, at_start] = *pathway.follows;
  const std::size_t kind = model.kind(u.cells, c);
  const EffectiveBehaviour& now = model.behaviour_at(u.time);
  const std::vector<double>& per_vesicle = now.cargo[kind][q]->at_surface;
  donor::DonorCargo cargo = donor::get_cargo(u.cells, CargoKind::membrane, q, pathway.places, c).in;
  for (std::size_t f = 0; f < model.carriers; ++f)
    cargo.leaving += per_vesicle[model.fields[f].vesicle] * surface[f][c];
  const double ectosomes = donor::ectosome_rate(*now.cell_types[kind].biogenesis, cargo.pool / at_rest) * dt;
  for (const ReleaseTarget& to : pathway.ectosome)
    cargo.leaving += per_vesicle[model.fields[to.field].vesicle] * to.share * ectosomes;
  return donor::pool_in_mid_step(cargo, now.populations[kind], dt) / at_rest;
}

}  // namespace vesicast
