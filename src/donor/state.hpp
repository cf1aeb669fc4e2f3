#pragma once
/// \file
/// The MVBs of a cell, and the cargo in it, in the state's arrays.
#include "src/donor/mvb.hpp"
#include "src/donor/steady_cargo.hpp"
#include "src/state.hpp"

namespace vesicast::donor {

/// `place`: of the population, in population_names().
[[nodiscard]] Mvbs get_mvbs(const Cells& cells, std::size_t place, std::size_t cell);
void put_mvbs(Cells& cells, std::size_t place, std::size_t cell, const Mvbs& m);

/// The copies of the cargo `q` in a cell, as far as the run has arrays for them; `places` of the cell's populations.
[[nodiscard]] CargoContent get_cargo(const Cells& cells, CargoKind kind, std::size_t q,
                                     std::span<const std::size_t> places, std::size_t cell);
void put_cargo(Cells& cells, CargoKind kind, std::size_t q, std::span<const std::size_t> places, std::size_t cell,
               const CargoContent& content);
/// The array of what vesicles at the surface are loaded from.
[[nodiscard]] constexpr CellArray pool_of(CargoKind kind) {
  return kind == CargoKind::soluble ? CellArray::cytosol : CellArray::plasma_membrane;
}

}  // namespace vesicast::donor
