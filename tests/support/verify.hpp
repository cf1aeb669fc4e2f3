#pragma once
/// \file
/// How a verification test states an error: checked against its limit, and recorded for the table of
/// docs/verification.md that scripts/verification makes.
#include <string>
#include <vector>

namespace vesicast::test {

/// The error on one grid, or with one step.
struct Level {
  double size = 0.0;  ///< voxel edge [um] or step [s]; 0: the error depends on neither
  double error = 0.0;
};

/// One row of the table.
struct Verified {
  std::string name;                  ///< what is computed
  std::string exact;                 ///< what it is compared with
  std::string norm = "relative L2";  ///< of the error
  std::vector<Level> levels;         ///< from the coarsest to the finest
  double largest_error = 0.0;        ///< allowed on the finest
  double least_order = 0.0;          ///< required from each level to the next; 0: none is claimed
  std::string refined = "h";         ///< what the sizes are: "h" or "dt"
};

/// Fails the running test if an error or an order is beyond its limit; records the row. Local.
void verify(const Verified& row);

/// Writes NAME.csv, a header and one line per row, into the folder that VESICAST_VERIFICATION_OUT names, on rank 0;
/// nothing where that is not set. Throws OutputError if it cannot be written. Local.
void write_curves(const std::string& name, const std::vector<std::string>& columns,
                  const std::vector<std::vector<double>>& rows);

/// Relative L2 distance of two lists of equal length, by the norm of the second. Local.
[[nodiscard]] double relative_l2(const std::vector<double>& values, const std::vector<double>& exact);

}  // namespace vesicast::test
