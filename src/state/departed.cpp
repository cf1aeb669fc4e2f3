#include "src/state/departed.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <utility>

#include "decomposition/base/error.hpp"
#include "src/state/depart.hpp"

namespace vesicast {

std::int64_t Departed::count() const {
  std::int64_t n = 0;
  for (const DepartedCells& d : cells) n += d.count;
  return n;
}

void Departed::add(const Cells& from, std::size_t cell) {
  const std::pair key(from.first_type[cell], from.type[cell]);
  const auto key_of = [](const DepartedCells& d) { return std::pair(d.first_type, d.type); };
  auto group = std::ranges::lower_bound(cells, key, {}, key_of);
  if (group == cells.end() || key_of(*group) != key) {
    group = cells.insert(group, DepartedCells{.first_type = key.first, .type = key.second, .count = 0, .sums = {}});
    for (std::size_t a = 0; a < cell_array_count; ++a) group->sums[a].resize(from.count(static_cast<CellArray>(a)));
  }
  ++group->count;
  for (std::size_t a = 0; a < cell_array_count; ++a) {
    const auto array = static_cast<CellArray>(a);
    if (!outlasts_its_cell(array)) continue;
    for (std::size_t which = 0; which < from.count(array); ++which)
      if (const auto values = from.at(array, which); !values.empty()) group->sums[a][which].add(values[cell]);
  }
}

void depart(State& u, std::vector<std::size_t> leaving, const Domain& domain) {
  std::ranges::sort(leaving, std::greater<>());
  if (!leaving.empty() && leaving.front() >= u.cells.size())
    throw InternalError(fmt::format("the cell at place {} of {} is to leave", leaving.front(), u.cells.size()));
  if (const auto twice = std::ranges::adjacent_find(leaving); twice != leaving.end())
    throw InternalError(fmt::format("cell {} is to leave twice", u.cells.id[*twice]));
  for (const std::size_t cell : leaving) {
    u.departed.add(u.cells, cell);
    static_cast<void>(u.cells.take_out(cell));
  }
  u.cells.sort(domain);
}

}  // namespace vesicast
