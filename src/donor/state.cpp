#include "src/donor/state.hpp"

#include <algorithm>
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

constexpr std::array<std::pair<Stage, CellArray>, 4> limiting{{{maturing, CellArray::in_maturing_membranes},
                                                               {peripheral, CellArray::in_peripheral_membranes},
                                                               {docked, CellArray::in_docked_membranes},
                                                               {amphisome, CellArray::in_amphisome_membranes}}};
constexpr std::array<std::pair<Stage, CellArray>, 4> loaded{{{maturing, CellArray::loaded_maturing},
                                                             {peripheral, CellArray::loaded_peripheral},
                                                             {docked, CellArray::loaded_docked},
                                                             {amphisome, CellArray::loaded_amphisome}}};

}  // namespace

Mvbs get_mvbs(const Cells& cells, std::size_t place, std::size_t cell) {
  Mvbs m;
  for (const auto& [stage, array] : counts) m.count[stage] = cells.at(array, place)[cell];
  for (const auto& [stage, array] : vesicles)
    for (std::size_t x = 0; x < ilv_routes; ++x) m.vesicles[x][stage] = cells.at(array, place * ilv_routes + x)[cell];
  return m;
}

void put_mvbs(Cells& cells, std::size_t place, std::size_t cell, const Mvbs& m) {
  for (const auto& [stage, array] : counts) cells.at(array, place)[cell] = m.count[stage];
  for (const auto& [stage, array] : vesicles)
    for (std::size_t x = 0; x < ilv_routes; ++x) cells.at(array, place * ilv_routes + x)[cell] = m.vesicles[x][stage];
}

CargoContent get_cargo(const Cells& cells, CargoKind kind, std::size_t q, std::span<const std::size_t> places,
                       std::size_t cell) {
  CargoContent content;
  content.in.pool = cells.at(pool_of(kind), q)[cell];
  content.in.mvbs.resize(std::max<std::size_t>(1, places.size()));
  const auto golgi = cells.at(CellArray::golgi, q);
  if (!golgi.empty()) {
    content.golgi = golgi[cell];
    content.in.mvbs[0].limiting[endosome] = cells.at(CellArray::in_endosome_membranes, q)[cell];
  }
  const std::size_t cargoes = cells.count(CellArray::cytosol);
  for (std::size_t p = 0; p < places.size(); ++p) {
    const std::size_t at = places[p] * cargoes + q;
    if (!golgi.empty())
      for (const auto& [stage, array] : limiting) content.in.mvbs[p].limiting[stage] = cells.at(array, at)[cell];
    if (!cells.at(CellArray::loaded_maturing, at).empty())
      for (const auto& [stage, array] : loaded) content.in.mvbs[p].loaded[stage] = cells.at(array, at)[cell];
  }
  return content;
}

void put_cargo(Cells& cells, CargoKind kind, std::size_t q, std::span<const std::size_t> places, std::size_t cell,
               const CargoContent& content) {
  cells.at(pool_of(kind), q)[cell] = content.in.pool;
  const auto golgi = cells.at(CellArray::golgi, q);
  if (!golgi.empty()) {
    golgi[cell] = content.golgi;
    cells.at(CellArray::in_endosome_membranes, q)[cell] = content.in.mvbs[0].limiting[endosome];
  }
  const std::size_t cargoes = cells.count(CellArray::cytosol);
  for (std::size_t p = 0; p < places.size(); ++p) {
    const std::size_t at = places[p] * cargoes + q;
    if (!golgi.empty())
      for (const auto& [stage, array] : limiting) cells.at(array, at)[cell] = content.in.mvbs[p].limiting[stage];
    if (!cells.at(CellArray::loaded_maturing, at).empty())
      for (const auto& [stage, array] : loaded) cells.at(array, at)[cell] = content.in.mvbs[p].loaded[stage];
  }
}

}  // namespace vesicast::donor
