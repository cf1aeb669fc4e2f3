#include "src/cells/donor_state.hpp"

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

MvbArrays::MvbArrays(Cells& cells, std::size_t place) {
  for (const auto& [stage, array] : counts) count_[stage] = cells.at(array, place).data();
  for (const auto& [stage, array] : vesicles)
    for (std::size_t x = 0; x < ilv_routes; ++x) vesicles_[x][stage] = cells.at(array, place * ilv_routes + x).data();
}

CargoArrays::CargoArrays(Cells& cells, CargoKind kind, std::size_t q, std::span<const std::size_t> places)
    : pool_(cells.at(pool_of(kind), q).data()), in_mvbs_(places.size()) {
  const bool cycled = !cells.at(CellArray::golgi, q).empty();
  if (cycled) endosomes_ = cells.at(CellArray::in_endosome_membranes, q).data();
  const std::size_t cargoes = cells.count(CellArray::cytosol);
  for (std::size_t p = 0; p < places.size(); ++p) {
    const std::size_t at = places[p] * cargoes + q;
    if (cycled)
      for (const auto& [stage, array] : limiting) in_mvbs_[p].limiting[stage] = cells.at(array, at).data();
    if (!cells.at(CellArray::loaded_maturing, at).empty())
      for (const auto& [stage, array] : loaded) in_mvbs_[p].loaded[stage] = cells.at(array, at).data();
  }
}

void put_cargo(Cells& cells, CargoKind kind, std::size_t q, std::span<const std::size_t> places, std::size_t cell,
               const CargoContent& content) {
  if (const auto golgi = cells.at(CellArray::golgi, q); !golgi.empty()) golgi[cell] = content.golgi;
  CargoArrays(cells, kind, q, places).put<double>(one_cell(cell), content.in);
}

}  // namespace vesicast::donor
