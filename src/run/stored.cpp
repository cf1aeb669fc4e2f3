#include "src/run/stored.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace vesicast {

StoredNumbers stored_numbers(const Simulation& s) {
  const State& u = s.state;
  StoredNumbers n{u.time, u.steps, u.initial, u.initial_ilvs, u.initial_cargo, std::nullopt};
  if (s.site.flow && s.site.flow->darcy) {
    const DarcyPressure& p = *s.site.flow->darcy;
    n.darcy = {p.stagnant, p.iterations, p.levels, p.residual, p.rounding_floor};
  }
  return n;
}

StoredSums stored_sums(const Simulation& s) {
  const State& u = s.state;
  std::vector<ExactSum> sums;
  for (const TransportFlows& flows : u.flows)
    for (const auto sum : flow_sums) sums.push_back(flows.*sum);
  // How many left on all ranks, [first type][type].
  const std::size_t types = s.model.pathways.size();
  std::vector<std::int64_t> count(types * types);
  for (const DepartedCells& d : u.departed.cells)
    count[static_cast<std::size_t>(d.first_type) * types + static_cast<std::size_t>(d.type)] = d.count;
  MPI_Allreduce(MPI_IN_PLACE, count.data(), static_cast<int>(count.size()), MPI_INT64_T, MPI_SUM, s.comm());
  const auto for_groups = [&](auto&& visit) {
    for (std::size_t g = 0; g < count.size(); ++g)
      if (count[g] > 0) visit(static_cast<std::int32_t>(g / types), static_cast<std::int32_t>(g % types), count[g]);
  };
  for_groups([&](std::int32_t first, std::int32_t type, std::int64_t) {
    const auto mine = std::ranges::find_if(
        u.departed.cells, [&](const DepartedCells& d) { return d.first_type == first && d.type == type; });
    const bool here = mine != u.departed.cells.end();
    for (std::size_t a = 0; a < cell_array_count; ++a)
      for (std::size_t which = 0; which < u.cells.count(static_cast<CellArray>(a)); ++which)
        sums.push_back(here ? mine->at(static_cast<CellArray>(a), which) : ExactSum{});
  });
  sum_over_ranks(s.comm(), sums);
  StoredSums all;
  if (s.domain->rank() != 0) return all;
  auto next = sums.begin();
  all.flows.resize(u.flows.size());
  for (TransportFlows& flows : all.flows)
    for (const auto sum : flow_sums) flows.*sum = *next++;
  for_groups([&](std::int32_t first, std::int32_t type, std::int64_t cells) {
    DepartedCells& d = all.departed.cells.emplace_back(DepartedCells{first, type, cells, {}});
    for (std::size_t a = 0; a < cell_array_count; ++a)
      for (std::size_t which = 0; which < u.cells.count(static_cast<CellArray>(a)); ++which)
        d.sums[a].push_back(*next++);
  });
  return all;
}

}  // namespace vesicast
