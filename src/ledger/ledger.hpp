#pragma once
/// \file
/// Every vesicle and every cargo copy accounted for: initial + made + entered = sum of pools now + sum of fates.
#include <limits>
#include <string>
#include <vector>

#include "src/model/model.hpp"
#include "src/state/state.hpp"

namespace vesicast {

/// Which side of the balance a line stands on.
enum class Side { in, pool, fate };

/// The account of what cells still held when they left (src/state/depart.hpp), a fate. Only where cells have left.
inline constexpr const char* left_with_cells = "left with cells";

struct LedgerLine {
  std::string account;  ///< "initial", "made", "bound", "decayed", ...
  Side side = Side::in;
  double value = 0.0;
};

/// The balance of one field, of one cargo, or of the intraluminal vesicles in the donors of one cell type.
struct Balance {
  std::string name;
  std::string unit;
  std::vector<LedgerLine> lines;
  /// What came in and left again through the same face of the same voxel within a step: in no line.
  double turned_over = 0.0;
  /// |in - pools - fates| / max(1, in + turnover_weight x turned over).
  [[nodiscard]] double residual() const;
  [[nodiscard]] double sum(Side side) const;
  /// Value of an account. Throws InternalError if there is none of that name.
  [[nodiscard]] double operator[](std::string_view account) const;
};

struct Ledger {
  Ticks time = 0;
  std::int64_t steps = 0;
  std::vector<Balance> fields;  ///< in the order of Model::fields
  std::vector<Balance> cargo;   ///< in the order of Parameters::cargo
  std::vector<Balance> donors;  ///< per cell type with a donor pathway
  /// All of them, in this order.
  [[nodiscard]] std::vector<const Balance*> balances() const;
  [[nodiscard]] double worst_residual() const;
};

/// Largest residual that passes in the first ledger_tolerance_steps steps, beyond what a PETSc integrator of the user's
/// choice may leave. Rounding grows with the number of steps, and so does the limit in longer runs.
inline constexpr double ledger_tolerance = 1e-12;
inline constexpr std::int64_t ledger_tolerance_steps = 10000;

/// What is turned over passes through up to 16 roundings of half a unit in its last place, as it is summed over faces,
/// taken times the step, added to the content, taken from it, and booked. In a steady state they are the same in every
/// step, so that they add up. By this weight all of them together make a residual of ledger_tolerance at most, while
/// any other loss is measured by what came in: the whole turnover in its place would hide 500 times as much.
inline constexpr double turnover_weight = 8.0 * std::numeric_limits<double>::epsilon() / ledger_tolerance;

/// Measures every pool from the state by an order-free sum: the same bits on any number of ranks. Collective.
[[nodiscard]] Ledger measure_ledger(const State& u, const Model& model, MPI_Comm comm);

/// Throws NumericsError naming the worst balance, its lines and the time if it does not close.
void require_closed(const Ledger& ledger, double allowance);

}  // namespace vesicast
