#pragma once
/// \file
/// Every vesicle and every cargo copy accounted for: initial + made + entered = sum of pools now + sum of fates.
#include <string>
#include <vector>

#include "src/model.hpp"

namespace vesicast {

/// Which side of the balance a line stands on.
enum class Side { in, pool, fate };

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
  /// |in - pools - fates| / max(1, in).
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

/// Measures every pool from the state by an order-free sum: the same bits on any number of ranks. Collective.
[[nodiscard]] Ledger measure_ledger(const State& u, const Model& model, MPI_Comm comm);

/// Throws NumericsError naming the worst balance, its lines and the time if it does not close.
void require_closed(const Ledger& ledger, double allowance);

}  // namespace vesicast
