#pragma once
/// \file
/// All that changes in a run, as plain data: the fields, the cells of this rank, and the accumulated boundary flows.
#include <cstdint>
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
  /// Sorts `placed` (all inside the rank's box) and sets every array to zero. Local.
  Cells(const Domain& domain, std::vector<PlacedCell> placed, std::size_t fields, std::size_t cargo);

  [[nodiscard]] std::size_t size() const { return id.size(); }
  /// One array of one field over this rank's cells [vesicle].
  [[nodiscard]] std::span<double> at(CellArray array, std::size_t field) { return values_[slot(array, field)]; }
  [[nodiscard]] std::span<const double> at(CellArray array, std::size_t field) const { return values_[slot(array, field)]; }
  [[nodiscard]] std::size_t field_count() const { return fields_; }

  std::vector<std::int64_t> id;
  std::vector<std::int32_t> type;
  std::vector<Vector3> position;  ///< [um]
  /// Voxels that hold cells (offsets in the owned box, increasing), and where each one's cells begin; one more at the end.
  std::vector<std::int64_t> occupied;
  std::vector<std::size_t> first_cell;
  /// Delivered copies in the cytosol, and those lost there so far: [cargo][cell].
  std::vector<std::vector<double>> cytosol, cargo_lost;

 private:
  [[nodiscard]] std::size_t slot(CellArray a, std::size_t field) const { return static_cast<std::size_t>(a) * fields_ + field; }
  std::size_t fields_ = 0;
  std::vector<std::vector<double>> values_;  ///< [array][field][cell]
};

struct State {
  Ticks time = 0;
  std::int64_t steps = 0;
  std::vector<Field> fields;            ///< vesicles per voxel, N = alpha C V, one per Model::fields
  std::vector<TransportFlows> flows;    ///< this rank's parts, one per field
  std::vector<double> initial;          ///< vesicles at t = 0 over all ranks, one per field
  Cells cells;
};

}  // namespace vesicast
