#pragma once
/// \file
/// What is stored of a run: all that is not made anew from its configuration.
#include <vector>

#include "decomposition/redistribute.hpp"
#include "src/run/simulation.hpp"
#include "src/run/stored_numbers.hpp"
#include "src/run/stored_sums.hpp"

namespace vesicast {

/// A stored run as the ranks that take it up again hold it: each the parts of some of the ranks that it ran on.
struct Stored {
  Layout layout;    ///< that it ran under
  Holders holders;  ///< [rank it ran on] who holds that part now
  StoredNumbers numbers;
  StoredSums sums;  ///< all on one rank, and none on the others: as many flows, of nothing
  /// [field] one value per voxel, part after part; bound: empty on all ranks where the class does not bind.
  std::vector<std::vector<double>> fields, bound_fields;
  std::vector<double> pressure;  ///< likewise, of Darcy's flow [Pa]; empty on all ranks without
  Cells cells;                   ///< of these parts, in any order
};

/// What is stored of `s` beside the arrays. Local.
[[nodiscard]] StoredNumbers stored_numbers(const Simulation& s);
/// All sums of `s`, on rank 0; nothing on the others. Collective.
[[nodiscard]] StoredSums stored_sums(const Simulation& s);

}  // namespace vesicast
