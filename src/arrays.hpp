#pragma once
/// \file
/// The one list of what a cell carries. State, ledger and VTK derive from it.
#include <array>
#include <string_view>

namespace vesicast {

/// How the ledger sees an array.
enum class Role {
  made,  ///< vesicles that came into being here, cumulative
  pool,  ///< vesicles that are here now
  fate,  ///< vesicles that ended here, cumulative
  flow,  ///< passages that the ledger does not count: what moved between pools, cumulative
};

/// Per cell and field (vesicle class and source).
enum class CellArray {
  secreted,
  bound,
  early_endosome,
  late_endosome,
  lysosome,
  fused,
  back_fused,
  degraded,
  endocytosed,
  recaptured,
  returned,
  count_
};

struct CellArrayInfo {
  std::string_view name;
  Role role;
  std::string_view meaning;
};

inline constexpr std::size_t cell_array_count = static_cast<std::size_t>(CellArray::count_);

/// In the order of CellArray. Unit of all: vesicles.
inline constexpr std::array<CellArrayInfo, cell_array_count> cell_arrays{{
    {"secreted", Role::made, "released by this cell, what it recaptures included"},
    {"bound", Role::pool, "on receptors at the plasma membrane"},
    {"early endosome", Role::pool, "internalised, in early endosomes"},
    {"late endosome", Role::pool, "in multivesicular endosomes"},
    {"lysosome", Role::pool, "in lysosomes, not yet degraded"},
    {"fused", Role::fate, "delivered by fusion with the plasma membrane"},
    {"back-fused", Role::fate, "delivered by fusion with the endosome's membrane"},
    {"degraded", Role::fate, "degraded in the lysosome"},
    {"endocytosed", Role::flow, "taken in by endocytosis"},
    {"recaptured", Role::flow, "own vesicles bound before they left the cell's surface"},
    {"returned", Role::flow, "given back whole: unbinding, recycling, re-secretion"},
}};

[[nodiscard]] inline constexpr const CellArrayInfo& info(CellArray a) { return cell_arrays[static_cast<std::size_t>(a)]; }

}  // namespace vesicast
