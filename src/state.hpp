#pragma once
/// \file
/// All that changes in a run, as plain data: the fields, the cells of this rank, and the accumulated boundary flows.
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "decomposition/field.hpp"
#include "src/arrays.hpp"
#include "src/extracellular/transport.hpp"
#include "src/time.hpp"
#include "src/tissue/placed_cell.hpp"

namespace vesicast {

/// The cells of this rank as a structure of arrays, ordered by voxel and then by id.
class Cells {
 public:
  Cells() = default;
  /// Sorts `placed` (all inside the rank's box) and sets every array to zero; those of donor pathways exist where
  /// `pathways`. Local.
  Cells(const Domain& domain, std::vector<PlacedCell> placed, std::size_t fields, std::size_t cargo,
        bool pathways = false);

  [[nodiscard]] std::size_t size() const { return id.size(); }
  /// One array over this rank's cells, of one field, cargo or route by the array's scope (0 where there is one per
  /// cell), in the array's unit.
  [[nodiscard]] std::span<double> at(CellArray array, std::size_t which) {
    return values_[static_cast<std::size_t>(array)][which];
  }
  [[nodiscard]] std::span<const double> at(CellArray array, std::size_t which) const {
    return values_[static_cast<std::size_t>(array)][which];
  }

  /// How many arrays of a scope there are.
  [[nodiscard]] std::size_t count(CellArray array) const { return values_[static_cast<std::size_t>(array)].size(); }

  std::vector<std::int64_t> id;
  std::vector<std::int32_t> type;
  std::vector<Vector3> position;  ///< [um]
  /// Voxels that hold cells (offsets in the owned box, increasing), and where each one's cells begin; one more at the
  /// end.
  std::vector<std::int64_t> occupied;
  std::vector<std::size_t> first_cell;

 private:
  std::array<std::vector<std::vector<double>>, cell_array_count> values_;  ///< [array][field, cargo or route][cell]
};

struct State {
  Ticks time = 0;
  std::int64_t steps = 0;
  std::vector<Field> fields;                       ///< vesicles per voxel, N = alpha C V, one per Model::fields
  std::vector<std::optional<Field>> bound_fields;  ///< vesicles on the matrix, likewise; none where the class binds not
  std::vector<TransportFlows> flows;               ///< this rank's parts, one per field
  std::vector<double> initial;                     ///< vesicles at t = 0 over all ranks, one per field
  std::vector<double> initial_ilvs;                ///< in MVBs at t = 0 over all ranks, per cell type
  Cells cells;
};

}  // namespace vesicast
