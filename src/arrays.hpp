#pragma once
/// \file
/// The one list of what changes in a run. State, ledger and VTK derive from it, and so will whatever stores or moves
/// cells.
#include <array>
#include <string_view>

namespace vesicast {

/// How the ledger sees an array.
enum class Role {
  made,  ///< came into being here, cumulative
  pool,  ///< is here now
  fate,  ///< ended here, cumulative
  flow,  ///< passages that the ledger does not count: what moved between pools, cumulative
};

/// What an array has one value of.
enum class Scope {
  voxel_field,  ///< per voxel, for every field (vesicle class and source)
  cell_field,   ///< per cell, for every field
  cell_cargo,   ///< per cell, for every cargo species
};

struct ArrayInfo {
  std::string_view name;
  std::string_view unit;
  Scope scope;
  Role role;
  std::string_view meaning;
  bool vesicles_only = false;  ///< always 0, and left out of results, for a soluble factor
};

/// Arrays per voxel: what State::fields holds, N = alpha C V, and State::bound_fields, N_b = alpha C_b V.
inline constexpr ArrayInfo free_vesicles{"free", "vesicle", Scope::voxel_field, Role::pool,
                                         "in the interstitial fluid of the voxel"};
/// Only of fields whose class binds to the matrix.
inline constexpr ArrayInfo matrix_bound{"matrix-bound", "vesicle", Scope::voxel_field, Role::pool,
                                        "on binding sites of the extracellular matrix in the voxel"};

/// Arrays per cell.
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
  by_clathrin,
  by_raft,
  by_independent,
  by_macropinocytosis,
  by_phagocytosis,
  fluid_phase,
  recaptured,
  returned,
  cytosol,
  lost_in_cytosol,
  count_
};

inline constexpr std::size_t cell_array_count = static_cast<std::size_t>(CellArray::count_);

/// In the order of CellArray.
inline constexpr std::array<ArrayInfo, cell_array_count> cell_arrays{{
    {"secreted", "vesicle", Scope::cell_field, Role::made, "released by this cell, what it recaptures included"},
    {"bound", "vesicle", Scope::cell_field, Role::pool, "on receptors at the plasma membrane"},
    {"early endosome", "vesicle", Scope::cell_field, Role::pool, "internalised, in early endosomes", true},
    {"late endosome", "vesicle", Scope::cell_field, Role::pool, "in multivesicular endosomes", true},
    {"lysosome", "vesicle", Scope::cell_field, Role::pool, "in lysosomes, not yet degraded", true},
    {"fused", "vesicle", Scope::cell_field, Role::fate, "delivered by fusion with the plasma membrane", true},
    {"back-fused", "vesicle", Scope::cell_field, Role::fate, "delivered by fusion with the endosome's membrane", true},
    {"degraded", "vesicle", Scope::cell_field, Role::fate, "degraded in the lysosome"},
    {"endocytosed", "vesicle", Scope::cell_field, Role::flow, "taken in by endocytosis"},
    {"endocytosed by clathrin", "vesicle", Scope::cell_field, Role::flow, "of these, in clathrin-coated pits", true},
    {"endocytosed by raft", "vesicle", Scope::cell_field, Role::flow, "of these, by lipid rafts and caveolae", true},
    {"endocytosed by independent", "vesicle", Scope::cell_field, Role::flow, "of these, without clathrin or caveolin",
     true},
    {"endocytosed by macropinocytosis", "vesicle", Scope::cell_field, Role::flow, "of these, by macropinocytosis",
     true},
    {"endocytosed by phagocytosis", "vesicle", Scope::cell_field, Role::flow, "of these, by phagocytosis", true},
    {"fluid phase", "vesicle", Scope::cell_field, Role::flow, "taken in unbound, with swallowed fluid", true},
    {"recaptured", "vesicle", Scope::cell_field, Role::flow, "own release bound before it left the cell's surface"},
    {"returned", "vesicle", Scope::cell_field, Role::flow, "given back whole: unbinding, recycling, re-secretion"},
    {"cytosol", "copies", Scope::cell_cargo, Role::pool, "delivered copies in the cytosol"},
    {"lost in cytosol", "copies", Scope::cell_cargo, Role::fate, "delivered copies that decayed in the cytosol"},
}};

[[nodiscard]] inline constexpr const ArrayInfo& info(CellArray a) {
  return cell_arrays[static_cast<std::size_t>(a)];
}

/// Calls `visit(CellArray)` for every array of `scope`, in the list's order.
template <class Visit>
void for_each_cell_array(Scope scope, Visit&& visit) {
  for (std::size_t a = 0; a < cell_array_count; ++a)
    if (cell_arrays[a].scope == scope) visit(static_cast<CellArray>(a));
}

}  // namespace vesicast
