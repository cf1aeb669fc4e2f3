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

constexpr std::array<std::pair<Stage, CellArray>, 5> limiting{{{endosome, CellArray::in_endosome_membranes},
                                                               {maturing, CellArray::in_maturing_membranes},
                                                               {peripheral, CellArray::in_peripheral_membranes},
                                                               {docked, CellArray::in_docked_membranes},
                                                               {amphisome, CellArray::in_amphisome_membranes}}};
constexpr std::array<std::pair<Stage, CellArray>, 4> loaded{{{maturing, CellArray::loaded_maturing},
                                                             {peripheral, CellArray::loaded_peripheral},
                                                             {docked, CellArray::loaded_docked},
                                                             {amphisome, CellArray::loaded_amphisome}}};

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

CargoContent get_cargo(const Cells& cells, CargoKind kind, std::size_t q, std::size_t cell) {
  CargoContent content;
  content.in.pool = cells.at(pool_of(kind), q)[cell];
  if (const auto golgi = cells.at(CellArray::golgi, q); !golgi.empty()) {
    content.golgi = golgi[cell];
    for (const auto& [stage, array] : limiting) content.in.limiting[stage] = cells.at(array, q)[cell];
  }
  if (!cells.at(CellArray::loaded_maturing, q).empty())
    for (const auto& [stage, array] : loaded) content.in.loaded[stage] = cells.at(array, q)[cell];
  return content;
}

void put_cargo(Cells& cells, CargoKind kind, std::size_t q, std::size_t cell, const CargoContent& content) {
  cells.at(pool_of(kind), q)[cell] = content.in.pool;
  if (const auto golgi = cells.at(CellArray::golgi, q); !golgi.empty()) {
    golgi[cell] = content.golgi;
    for (const auto& [stage, array] : limiting) cells.at(array, q)[cell] = content.in.limiting[stage];
  }
  if (!cells.at(CellArray::loaded_maturing, q).empty())
    for (const auto& [stage, array] : loaded) cells.at(array, q)[cell] = content.in.loaded[stage];
}

}  // namespace vesicast::donor
