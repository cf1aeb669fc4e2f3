#pragma once
/// \file
/// What a step of the donors needs beside what changes: the constants of each kind of cells, and where things stand in
/// the state. Nothing here depends on how many cells are taken side by side.
#include <vector>

#include "src/cells/donor_state.hpp"
#include "src/exchange/secrete.hpp"

namespace vesicast {

class DonorTables {
 public:
  /// For a step of `dt` [s] from the state's time on, by `kinds` of that step; what cells release is added to `out`.
  /// Local.
  DonorTables(State& u, const Model& model, const Seats& seats, const DonorKinds& kinds, double dt, Released& out);

  /// The constants of the cells of a pack.
  [[nodiscard]] const DonorKind& kind(const CellPack& pack) const { return *kinds_[pack.kind]; }
  /// What a cell releases of one class at a given rate, steadily or in bursts.
  [[nodiscard]] double released(const DonorKind::AtRate& one, std::size_t cell) const;
  /// An array of the cells, null where the run has none.
  [[nodiscard]] double* array(CellArray a, std::size_t which) const { return state.cells.at(a, which).data(); }

  /// Where what a population of MVBs made is booked.
  struct Books {
    double *formed, *back_fused, *digested, *released, *expelled, *fusions;
  };

  /// The cells at hand.
  CellBlock block;
  CellPacks packs;

  State& state;
  const Model& model;
  const Seats& seats;
  Released& out;
  std::vector<donor::MvbArrays> mvbs;                  ///< [Model::populations]
  std::vector<Books> books;                            ///< likewise
  std::vector<std::vector<donor::CargoArrays>> cargo;  ///< [cell type][cargo]
  std::vector<std::vector<double>> given;              ///< [cargo][vesicle], given_copies()

 private:
  const DonorKinds& kinds_;
  double dt_;
};

}  // namespace vesicast
