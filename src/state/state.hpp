#pragma once
/// \file
/// All that changes in a run, as plain data: the fields, the cells of this rank, and the accumulated boundary flows.
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "decomposition/field.hpp"
#include "decomposition/migration.hpp"
#include "src/base/time.hpp"
#include "src/state/cell_plan.hpp"
#include "src/state/departed.hpp"
#include "src/state/placed_cell.hpp"
#include "src/state/transport_flows.hpp"

namespace vesicast {

/// The cells of this rank as a structure of arrays, ordered by voxel and then by id.
class Cells {
 public:
  Cells() = default;
  /// Sorts `placed` (all inside the rank's box) and sets every array of the plan to zero. Local.
  Cells(const Domain& domain, const std::vector<PlacedCell>& placed, const CellPlan& plan = {});
  /// `count` cells without a name or a place, every array of the plan zero: to be filled from what was stored.
  Cells(std::size_t count, const CellPlan& plan);

  [[nodiscard]] std::size_t size() const { return id.size(); }
  /// One array over this rank's cells, of one field, cargo, route or response by the array's scope (0 where there is
  /// one per cell), in the array's unit. Empty where the plan has none.
  [[nodiscard]] std::span<double> at(CellArray array, std::size_t which) {
    return values_[static_cast<std::size_t>(array)][which];
  }
  [[nodiscard]] std::span<const double> at(CellArray array, std::size_t which) const {
    return values_[static_cast<std::size_t>(array)][which];
  }

  /// Cells as records: who and what the cell is, then every array of the plan in the order of the list, bit for bit
  /// (record.cpp). The same bytes go between ranks and into a checkpoint.
  [[nodiscard]] Record record(std::size_t cell) const;
  /// The cell's record; the cell is no longer here, and the last one has its place. Whoever takes out several goes
  /// from the last to the first. sort() puts the others in order again.
  Record take_out(std::size_t cell);
  /// Adds a cell behind the last. Throws InternalError if the record is of other arrays, of another size than they
  /// have, or of another cell than it says; then nothing has changed.
  void put_in(const Record& record);
  /// Into the order by voxel and then by id, after take_out() and put_in(). Throws InternalError if a cell lies outside
  /// the rank's box or is here twice. Local.
  void sort(const Domain& domain);

  /// CellPlan::fingerprint() of their arrays.
  [[nodiscard]] std::uint64_t fingerprint() const { return fingerprint_; }
  /// How many places the plan has for an array: fields, cargoes, ...
  [[nodiscard]] std::size_t count(CellArray array) const { return values_[static_cast<std::size_t>(array)].size(); }

  std::vector<std::int64_t> id;
  std::vector<std::int32_t> type;
  std::vector<std::int32_t> first_type;  ///< at t = 0: the cell types of the ledger's balances
  std::vector<Vector3> position;         ///< [um]

 private:
  CellPlan plan_;
  std::uint64_t fingerprint_ = CellPlan().fingerprint();
  std::array<std::vector<std::vector<double>>, cell_array_count> values_;  ///< [array][field, cargo, ...][cell]
};

struct State {
  Ticks time = 0;
  std::int64_t steps = 0;
  std::vector<Field> fields;                       ///< vesicles per voxel, N = alpha C V, one per Model::fields
  std::vector<std::optional<Field>> bound_fields;  ///< vesicles on the matrix, likewise; none where the class binds not
  std::vector<TransportFlows> flows;               ///< this rank's parts, one per field
  std::vector<double> initial;                     ///< vesicles at t = 0 over all ranks, one per field
  std::vector<double> initial_ilvs;                ///< in MVBs at t = 0 over all ranks, per cell type
  std::vector<double> initial_cargo;               ///< in cells at t = 0 over all ranks, copies per cargo
  Cells cells;
  Departed departed;  ///< what cells that are no longer here took with them: this rank's parts
};

}  // namespace vesicast
