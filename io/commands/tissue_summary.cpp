#include "io/commands/tissue_summary.hpp"

#include "io/maps/read_map.hpp"
#include "src/model/model.hpp"
#include "src/parameters/parameters.hpp"
#include "src/state/state.hpp"

namespace vesicast::io {

InterstitiumSummary tissue_summary(const Parameters& p, const std::vector<PlacedCell>& cells) {
  if (!has_maps(p)) return constant_summary(p);
  const Grid grid = make_grid(p.domain);
  const Domain domain(MPI_COMM_SELF, grid, periodic_axes(p), uniform_layout(grid, 1));
  return make_interstitium(p, domain, Cells(domain, cells), read_map).summary;
}

}  // namespace vesicast::io
