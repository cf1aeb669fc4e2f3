#include "src/state/state.hpp"

#include <algorithm>

namespace vesicast {

Cells::Cells(const Domain& domain, std::vector<PlacedCell> placed, const CellPlan& plan)
    : plan_(plan), fingerprint_(plan.fingerprint()) {
  for (const PlacedCell& c : placed) {
    id.push_back(c.id);
    type.push_back(c.type);
    position.push_back(c.position);
  }
  first_type = type;
  sort(domain);
  for (std::size_t a = 0; a < cell_array_count; ++a)
    for (const bool has : plan.has[a]) values_[a].emplace_back(has ? id.size() : 0, 0.0);
}

void Cells::find_occupied(const Domain& domain) {
  occupied.clear();
  first_cell.clear();
  for (std::size_t c = 0; c < size(); ++c) {
    const std::int64_t v = domain.owned().offset(domain.grid().voxel_of(position[c]));
    if (!occupied.empty() && occupied.back() == v) continue;
    occupied.push_back(v);
    first_cell.push_back(c);
  }
  first_cell.push_back(size());
}

void Cells::include_voxels(std::vector<std::int64_t> voxels) {
  std::vector<std::int64_t> all = occupied;
  all.insert(all.end(), voxels.begin(), voxels.end());
  std::ranges::sort(all);
  all.erase(std::ranges::unique(all).begin(), all.end());
  std::vector<std::size_t> first;
  std::size_t o = 0;
  for (const std::int64_t v : all) {
    first.push_back(first_cell[o]);
    if (o < occupied.size() && occupied[o] == v) ++o;
  }
  first.push_back(id.size());
  occupied = std::move(all);
  first_cell = std::move(first);
}

}  // namespace vesicast
