#include "src/state.hpp"

#include <algorithm>

#include "src/parameters.hpp"

namespace vesicast {

Cells::Cells(const Domain& domain, std::vector<PlacedCell> placed, std::size_t fields, std::size_t cargo,
             bool pathways) {
  const auto voxel = [&](const PlacedCell& c) { return domain.owned().offset(domain.grid().voxel_of(c.position)); };
  std::sort(placed.begin(), placed.end(), [&](const PlacedCell& a, const PlacedCell& b) {
    const std::int64_t va = voxel(a), vb = voxel(b);
    return va != vb ? va < vb : a.id < b.id;
  });
  for (const PlacedCell& c : placed) {
    const std::int64_t v = voxel(c);
    if (occupied.empty() || occupied.back() != v) {
      occupied.push_back(v);
      first_cell.push_back(id.size());
    }
    id.push_back(c.id);
    type.push_back(c.type);
    position.push_back(c.position);
  }
  first_cell.push_back(id.size());
  const auto how_many = [&](Scope scope) -> std::size_t {
    switch (scope) {
      case Scope::cell_cargo:
        return cargo;
      case Scope::cell:
        return pathways ? 1 : 0;
      case Scope::cell_route:
        return pathways ? ilv_routes : 0;
      default:
        return fields;
    }
  };
  for (std::size_t a = 0; a < cell_array_count; ++a)
    values_[a].assign(how_many(cell_arrays[a].scope), std::vector<double>(id.size(), 0.0));
}

}  // namespace vesicast
