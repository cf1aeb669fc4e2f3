#include "src/model/varied_cells.hpp"

#include "src/model/perturbed.hpp"
#include "src/model/schedule.hpp"

namespace vesicast {

VariedCells find_varied_cells(const Parameters& p, const Cells& cells) {
  VariedCells varied;
  varied.types = p.cell_types.size();
  for (std::size_t c = 0; c < cells.size(); ++c) {
    const auto type = static_cast<std::size_t>(cells.type[c]);
    const std::vector<Variation>& variation = p.cell_types[type].variation;
    if (variation.empty()) continue;
    varied.own_kind.resize(cells.size(), 0);
    varied.own_kind[c] = static_cast<std::uint32_t>(varied.types + varied.cells.size());
    varied.cells.push_back({type, multipliers_of(variation, p.run.seed, cells.id[c])});
  }
  return varied;
}

std::vector<CellType> kinds_at(const Parameters& p, const VariedCells& varied, Ticks time) {
  std::vector<CellType> kinds = cell_types_at(p, time);
  if (varied.cells.empty()) return kinds;
  const std::vector<RateFactors> perturbations = factors_at(p, time);
  for (const VariedCells::Cell& cell : varied.cells) {
    RateFactors factors = perturbations[cell.type];
    for (std::size_t r = 0; r < rate_count; ++r) factors.value[r] *= cell.multipliers.rates.value[r];
    CellType& kind = kinds.emplace_back(perturbed_type(p, cell.type, factors));
    kind.receptors *= cell.multipliers.receptors;
    kind.variation.clear();  // is in the constants now
  }
  return kinds;
}

}  // namespace vesicast
