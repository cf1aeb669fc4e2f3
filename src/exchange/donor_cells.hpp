#pragma once
/// \file
/// All cells of the rank through their donor step.
#include "src/exchange/donor_step.hpp"

namespace vesicast {

template <class Process>
void step_donors(DonorTables& tables) {
  const State& u = tables.state;
  DonorStep<Process> step(tables);
  for (std::size_t first = 0; first < u.cells.size(); first += CellBlock::most) {
    tables.block.take(tables.seats, u.cells, first, Aspect::donor);
    tables.packs.take(tables.seats, u.cells, tables.block, width_of<typename Process::Real>);
    for (const CellPack& pack : tables.packs) step.take(pack);
  }
}

/// In means, with vectors of one SimdLevel each.
void step_donors_v2(DonorTables& tables);
void step_donors_v3(DonorTables& tables);
void step_donors_v4(DonorTables& tables);

}  // namespace vesicast
