#include "src/state/state.hpp"

#include <algorithm>

namespace vesicast {

Cells::Cells(const Domain& domain, std::vector<PlacedCell> placed, const CellPlan& plan) {
  const auto voxel = [&](const PlacedCell& c) { return domain.owned().offset(domain.grid().voxel_of(c.position)); };
  std::sort(placed.begin(), placed.end(), [&](const PlacedCell& a, const PlacedCell& b) {
    const std::int64_t va = voxel(a), vb = voxel(b);
    return va != vb ? va < vb : a.id < b.id;
  });
  for (const PlacedCell& c : placed) {
    id.push_back(c.id);
    type.push_back(c.type);
    position.push_back(c.position);
  }
  first_type = type;
  for (std::size_t a = 0; a < cell_array_count; ++a)
    for (const bool has : plan.has[a]) values_[a].emplace_back(has ? id.size() : 0, 0.0);
}

}  // namespace vesicast
