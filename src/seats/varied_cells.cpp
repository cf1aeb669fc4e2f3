#include "src/seats/varied_cells.hpp"

#include <algorithm>

#include "src/parameters/multipliers.hpp"
#include "src/parameters/parameters.hpp"

namespace vesicast {

VariedCells::VariedCells(const Model& model, const Cells& cells) : types_(model.varies.size()), varies_(model.varies) {
  const Parameters& p = model.parameters();
  std::vector<CellMultipliers> multipliers;
  for (std::size_t c = 0; c < cells.size(); ++c) {
    const auto type = static_cast<std::size_t>(cells.first_type[c]);
    if (!varies_[type].any()) continue;
    own_.resize(cells.size(), 0);
    cell_.push_back(c);
    own_[c] = static_cast<std::uint32_t>(cell_.size());
    type_.push_back(type);
    multipliers.push_back(multipliers_of(p.cell_types[type].variation, p.run.seed, cells.id[c]));
    receptors_.push_back(multipliers.back().receptors);
  }
  for (const RateInfo& named : named_rates()) {
    const Rate rate(named.name);
    if (std::ranges::none_of(multipliers, [&](const CellMultipliers& m) { return m.rates[rate] != 1.0; })) continue;
    auto& [which, values] = rates_.emplace_back(rate, std::vector<double>{});
    for (const CellMultipliers& m : multipliers) values.push_back(m.rates[rate]);
  }
}

KindBehaviour VariedCells::behaviour(const Model& model, const EffectiveBehaviour& now, std::size_t v) const {
  RateFactors factors = now.factors[type_[v]];
  for (const auto& [rate, values] : rates_) factors[rate] *= values[v];
  return kind_behaviour(model, type_[v], factors);
}

}  // namespace vesicast
