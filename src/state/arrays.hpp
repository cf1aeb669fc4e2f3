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
  recycled,
  resecreted,
  tethered,
  detached,
  reinternalised,
  cytosol,
  plasma_membrane,
  golgi,
  in_endosome_membranes,
  in_maturing_membranes,
  in_peripheral_membranes,
  in_docked_membranes,
  in_amphisome_membranes,
  loaded_maturing,
  loaded_peripheral,
  loaded_docked,
  loaded_amphisome,
  synthesised,
  given,
  decayed_in_cell,
  digested_cargo,
  response,
  held,
  endosomes,
  maturing_mvbs,
  peripheral_mvbs,
  docked_mvbs,
  amphisomes,
  fusions,
  expelled,
  ilvs_formed,
  ilvs_maturing,
  ilvs_peripheral,
  ilvs_docked,
  ilvs_amphisome,
  ilvs_back_fused,
  ilvs_digested,
  ilvs_released,
  count_
};

inline constexpr std::size_t cell_array_count = static_cast<std::size_t>(CellArray::count_);

/// In the order of CellArray.
inline constexpr std::array<ArrayInfo, cell_array_count> cell_arrays{{
    {"secreted", "vesicle", Scope::cell_field, Role::made, "released by this cell, what it recaptures included"},
    {"bound", "vesicle", Scope::cell_field, Role::pool, "on receptors at the plasma membrane"},
    {"early endosome", "vesicle", Scope::cell_field, Role::pool, "internalised, in early endosomes",
     Present::for_vesicles},
    {"late endosome", "vesicle", Scope::cell_field, Role::pool, "in multivesicular endosomes", Present::for_vesicles},
    {"lysosome", "vesicle", Scope::cell_field, Role::pool, "in lysosomes, not yet degraded", Present::for_vesicles},
    {"fused", "vesicle", Scope::cell_field, Role::fate, "delivered by fusion with the plasma membrane",
     Present::for_vesicles},
    {"back-fused", "vesicle", Scope::cell_field, Role::fate, "delivered by fusion with the endosome's membrane",
     Present::for_vesicles},
    {"degraded", "vesicle", Scope::cell_field, Role::fate, "degraded in the lysosome"},
    {"endocytosed", "vesicle", Scope::cell_field, Role::flow, "taken in by endocytosis"},
    {"endocytosed by clathrin", "vesicle", Scope::cell_field, Role::flow, "of these, in clathrin-coated pits",
     Present::for_vesicles},
    {"endocytosed by raft", "vesicle", Scope::cell_field, Role::flow, "of these, by lipid rafts and caveolae",
     Present::for_vesicles},
    {"endocytosed by independent", "vesicle", Scope::cell_field, Role::flow, "of these, without clathrin or caveolin",
     Present::for_vesicles},
    {"endocytosed by macropinocytosis", "vesicle", Scope::cell_field, Role::flow, "of these, by macropinocytosis",
     Present::for_vesicles},
    {"endocytosed by phagocytosis", "vesicle", Scope::cell_field, Role::flow, "of these, by phagocytosis",
     Present::for_vesicles},
    {"fluid phase", "vesicle", Scope::cell_field, Role::flow, "taken in unbound, with swallowed fluid",
     Present::for_vesicles},
    {"recaptured", "vesicle", Scope::cell_field, Role::flow, "own release bound before it left the cell's surface"},
    {"returned", "vesicle", Scope::cell_field, Role::flow, "given back whole: unbinding, recycling, re-secretion"},
    {"recycled", "vesicle", Scope::cell_field, Role::flow, "of these, from early endosomes", Present::for_vesicles},
    {"re-secreted", "vesicle", Scope::cell_field, Role::flow, "of these, from multivesicular endosomes",
     Present::for_vesicles},
    {"tethered", "vesicle", Scope::cell_field, Role::pool, "own release held at the cell's surface by tetherin",
     Present::with_pathways},
    {"detached", "vesicle", Scope::cell_field, Role::flow, "tethered vesicles that came off", Present::with_pathways},
    {"reinternalised", "vesicle", Scope::cell_field, Role::flow, "tethered vesicles that the cell took in again",
     Present::with_pathways},
    {"cytosol", "copies", Scope::cell_cargo, Role::pool, "in the cytosol", Present::soluble},
    {"plasma membrane", "copies", Scope::cell_cargo, Role::pool, "at the plasma membrane", Present::membrane},
    {"Golgi", "copies", Scope::cell_cargo, Role::pool, "in the Golgi", Present::membrane_cycled},
    {"endosome membrane", "copies", Scope::cell_cargo, Role::pool, "in the membrane of early endosomes",
     Present::membrane_cycled},
    {"maturing MVB membrane", "copies", Scope::cell_cargo, Role::pool, "in the limiting membrane of maturing MVBs",
     Present::membrane_cycled},
    {"peripheral MVB membrane", "copies", Scope::cell_cargo, Role::pool, "in that of peripheral MVBs",
     Present::membrane_cycled},
    {"docked MVB membrane", "copies", Scope::cell_cargo, Role::pool, "in that of docked MVBs",
     Present::membrane_cycled},
    {"amphisome membrane", "copies", Scope::cell_cargo, Role::pool, "in that of amphisomes", Present::membrane_cycled},
    {"ILVs of maturing MVBs", "copies", Scope::cell_cargo, Role::pool, "loaded into vesicles of maturing MVBs",
     Present::loaded},
    {"ILVs of peripheral MVBs", "copies", Scope::cell_cargo, Role::pool, "loaded into vesicles of peripheral MVBs",
     Present::loaded},
    {"ILVs of docked MVBs", "copies", Scope::cell_cargo, Role::pool, "loaded into vesicles of docked MVBs",
     Present::loaded},
    {"ILVs of amphisomes", "copies", Scope::cell_cargo, Role::pool, "loaded into vesicles of amphisomes",
     Present::loaded},
    {"synthesised", "copies", Scope::cell_cargo, Role::made, "made by the cell", Present::made_by_cells},
    {"given", "copies", Scope::cell_cargo, Role::made, "in released vesicles that the cell did not load itself",
     Present::given},
    {"decayed in the cell", "copies", Scope::cell_cargo, Role::fate,
     "decayed in the cytosol or at the plasma membrane"},
    {"digested in the donor", "copies", Scope::cell_cargo, Role::fate, "ended in the cell's own lysosomes",
     Present::loaded},
    {"response", "1", Scope::cell_response, Role::level, "level of what the cargo represses or activates"},
    {"held", "s", Scope::cell_response, Role::level, "for how long the level has been beyond a switch's threshold"},
    {"early endosomes", "MVB", Scope::cell, Role::organelle, "the donor's early endosomes, in MVB equivalents"},
    {"maturing MVBs", "MVB", Scope::cell, Role::organelle, "multivesicular bodies that mature"},
    {"peripheral MVBs", "MVB", Scope::cell, Role::organelle, "multivesicular bodies at the cell's periphery"},
    {"docked MVBs", "MVB", Scope::cell, Role::organelle, "multivesicular bodies docked at the plasma membrane"},
    {"amphisomes", "MVB", Scope::cell, Role::organelle, "multivesicular bodies taken by autophagy"},
    {"fusions", "MVB", Scope::cell, Role::flow, "multivesicular bodies that fused with the plasma membrane"},
    {"expelled", "vesicle", Scope::cell, Role::flow, "intraluminal vesicles released with whole amphisomes"},
    {"formed", "vesicle", Scope::cell, Role::made, "intraluminal vesicles that budded into MVBs"},
    {"in maturing MVBs", "vesicle", Scope::cell_route, Role::pool, "intraluminal vesicles in maturing MVBs"},
    {"in peripheral MVBs", "vesicle", Scope::cell_route, Role::pool, "intraluminal vesicles in peripheral MVBs"},
    {"in docked MVBs", "vesicle", Scope::cell_route, Role::pool, "intraluminal vesicles in docked MVBs"},
    {"in amphisomes", "vesicle", Scope::cell_route, Role::pool, "intraluminal vesicles in amphisomes"},
    {"back-fused in the donor", "vesicle", Scope::cell, Role::fate,
     "intraluminal vesicles that fused back with their MVB's membrane"},
    {"digested in the donor", "vesicle", Scope::cell, Role::fate,
     "intraluminal vesicles that ended in the donor's own lysosomes"},
    {"released", "vesicle", Scope::cell, Role::fate, "intraluminal vesicles released by fusion and from amphisomes"},
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
