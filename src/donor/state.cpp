#include "src/donor/state.hpp"

#include <utility>

namespace vesicast::donor {
namespace {

constexpr std::array<std::pair<Stage, CellArray>, living_stages> counts{{{endosome, CellArray::endosomes},
                                                                         {maturing, CellArray::maturing_mvbs},
                                                                         {peripheral, CellArray::peripheral_mvbs},
                                                                         {docked, CellArray::docked_mvbs},
                                                                         {amphisome, CellArray::amphisomes}}};
constexpr std::array<std::pair<Stage, CellArray>, 4> vesicles{{{maturing, CellArray::ilvs_maturing},
                                                               {peripheral, CellArray::ilvs_peripheral},
                                                               {docked, CellArray::ilvs_docked},
                                                               {amphisome, CellArray::ilvs_amphisome}}};

}  // namespace

Mvbs get_mvbs(const Cells& cells, std::size_t cell) {
  Mvbs m;
  for (const auto& [stage, array] : counts) m.count[stage] = cells.at(array, 0)[cell];
  for (const auto& [stage, array] : vesicles)
    for (std::size_t x = 0; x < ilv_routes; ++x) m.vesicles[x][stage] = cells.at(array, x)[cell];
  return m;
}

void put_mvbs(Cells& cells, std::size_t cell, const Mvbs& m) {
  for (const auto& [stage, array] : counts) cells.at(array, 0)[cell] = m.count[stage];
  for (const auto& [stage, array] : vesicles)
    for (std::size_t x = 0; x < ilv_routes; ++x) cells.at(array, x)[cell] = m.vesicles[x][stage];
}

}  // namespace vesicast::donor
