#include "src/state/state.hpp"

#include <algorithm>

namespace vesicast {

Cells::Cells(const Domain& domain, const std::vector<PlacedCell>& placed, const CellPlan& plan)
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

Cells::Cells(std::size_t count, const CellPlan& plan)
    : id(count, -1),
      type(count, -1),
      first_type(count, -1),
      position(count),
      plan_(plan),
      fingerprint_(plan.fingerprint()) {
  for (std::size_t a = 0; a < cell_array_count; ++a)
    for (const bool has : plan.has[a]) values_[a].emplace_back(has ? count : 0, 0.0);
}

}  // namespace vesicast
