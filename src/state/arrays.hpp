#pragma once
/// \file
/// The one list of what changes in a run. State, ledger and VTK derive from it, and so will whatever stores or moves
/// cells.
#include <array>
#include <string_view>

namespace vesicast {

/// How the ledger sees an array.
enum class Role {
  organelle,  ///< endosomes and MVBs: counted, but not vesicles
  made,       ///< came into being here, cumulative
  pool,       ///< is here now
  fate,       ///< ended here, cumulative
  flow,       ///< passages that the ledger does not count: what moved between pools, cumulative
  level,      ///< a state of the cell that nothing is counted by
};

/// What an array has one value of.
enum class Scope {
  voxel_field,    ///< per voxel, for every field (vesicle class and source)
  cell_field,     ///< per cell, for every field
  cell_cargo,     ///< per cell, for every cargo species
  cell,           ///< per cell and population of MVBs, where a run has donor pathways
  cell_route,     ///< per cell, population and route of ILV formation, where a run has donor pathways
  cell_response,  ///< per cell and response to cargo
};

/// Which runs have an array, and which fields.
enum class Present {
  always,
  for_vesicles,   ///< left out of results, and 0, for a soluble factor
  with_pathways,  ///< only of vesicle classes that a donor pathway makes
  // --- of cargo
  soluble,          ///< of soluble cargo
  membrane,         ///< of membrane cargo
  made_by_cells,    ///< where a cell type has the cargo of its own
  given,            ///< where vesicles come with copies that no cell loads
  loaded,           ///< where a cell type with a donor pathway has the cargo
  membrane_cycled,  ///< of membrane cargo, where a cell type with a donor pathway has it
};

struct ArrayInfo {
  std::string_view name;
  std::string_view unit;
  Scope scope;
  Role role;
  std::string_view meaning;
  Present present = Present::always;
};

/// Arrays per voxel: what State::fields holds, N = alpha C V, and State::bound_fields, N_b = alpha C_b V.
inline constexpr ArrayInfo free_vesicles{"free", "vesicle", Scope::voxel_field, Role::pool,
                                         "in the interstitial fluid of the voxel"};
/// Only of fields whose class binds to the matrix.
inline constexpr ArrayInfo matrix_bound{"matrix-bound", "vesicle", Scope::voxel_field, Role::pool,
                                        "on binding sites of the extracellular matrix in the voxel"};

/// Arrays per cell: those of cell_arrays.inc.
enum class CellArray {
#define CELL_ARRAY(enumerator, name, unit, scope, role, present, meaning) enumerator,
#include "src/state/cell_arrays.inc"
#undef CELL_ARRAY
  count_
};

inline constexpr std::size_t cell_array_count = static_cast<std::size_t>(CellArray::count_);

/// In the order of CellArray.
inline constexpr std::array<ArrayInfo, cell_array_count> cell_arrays{{
#define CELL_ARRAY(enumerator, name, unit, scope, role, present, meaning) \
  {name, unit, Scope::scope, Role::role, meaning, Present::present},
#include "src/state/cell_arrays.inc"
#undef CELL_ARRAY
}};

/// The enumerators, no two alike, as files name their arrays: several of one `name` are of different scopes.
inline constexpr std::array<std::string_view, cell_array_count> cell_array_words{{
#define CELL_ARRAY(enumerator, name, unit, scope, role, present, meaning) #enumerator,
#include "src/state/cell_arrays.inc"
#undef CELL_ARRAY
}};

[[nodiscard]] inline constexpr const ArrayInfo& info(CellArray a) {
  return cell_arrays[static_cast<std::size_t>(a)];
}

/// Does it say by which route of endocytosis? Of vesicles, not of the copies in them.
[[nodiscard]] constexpr bool is_route(CellArray a) {
  return a >= CellArray::by_clathrin && a <= CellArray::by_phagocytosis;
}

/// Has the cell one of the array for every population of its MVBs (src/donor/populations.hpp)? Of those by cargo all
/// cargoes of the first population come first, then all of the next.
[[nodiscard]] inline constexpr bool by_population(CellArray a) {
  const Scope scope = info(a).scope;
  return scope == Scope::cell || scope == Scope::cell_route ||
         (a >= CellArray::in_maturing_membranes && a <= CellArray::loaded_amphisome);
}

/// Calls `visit(CellArray)` for every array of `scope`, in the list's order.
template <class Visit>
void for_each_cell_array(Scope scope, Visit&& visit) {
  for (std::size_t a = 0; a < cell_array_count; ++a)
    if (cell_arrays[a].scope == scope) visit(static_cast<CellArray>(a));
}

}  // namespace vesicast
