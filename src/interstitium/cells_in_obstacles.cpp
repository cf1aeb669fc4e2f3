#include "src/interstitium/cells_in_obstacles.hpp"

#include <fmt/format.h>

#include <limits>

#include "decomposition/base/error.hpp"
#include "decomposition/voxel_search.hpp"

namespace vesicast {

void require_no_cell_in_obstacles(const Domain& domain, const Cells& cells, std::span<const std::uint8_t> obstacle) {
  if (obstacle.empty()) return;
  constexpr std::int64_t none = std::numeric_limits<std::int64_t>::max();
  std::int64_t count = 0, first = none;
  Vector3 position{};
  for (std::size_t c = 0; c < cells.size(); ++c) {
    const Index3 v = domain.grid().voxel_of(cells.position[c]);
    if (obstacle[static_cast<std::size_t>(domain.owned().offset(v))] == 0) continue;
    ++count;
    if (cells.id[c] >= first) continue;
    first = cells.id[c];
    position = cells.position[c];
  }
  const std::int64_t mine = first;
  MPI_Allreduce(MPI_IN_PLACE, &count, 1, MPI_INT64_T, MPI_SUM, domain.comm());
  MPI_Allreduce(MPI_IN_PLACE, &first, 1, MPI_INT64_T, MPI_MIN, domain.comm());
  if (count == 0) return;
  if (mine != first) position.fill(std::numeric_limits<double>::lowest());
  MPI_Allreduce(MPI_IN_PLACE, position.data(), 3, MPI_DOUBLE, MPI_MAX, domain.comm());
  throw AgreedError(ExitCode::bad_input,
                    count == 1 ? fmt::format("cell {} lies in an obstacle, at {}", first, position_text(position))
                               : fmt::format("{} cells lie in obstacles; the first is cell {} at {}", count, first,
                                             position_text(position)));
}

}  // namespace vesicast
