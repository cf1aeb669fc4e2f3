#include "src/extracellular/multigrid/hierarchy.hpp"

namespace vesicast {
namespace {

/// Cells up to which a grid is solved directly, by every rank.
constexpr std::int64_t direct_cells = 500;

}  // namespace

std::vector<CoarserLevel> coarser_levels(MPI_Comm comm, const MultigridLevel& finest, const HeldFaces& held) {
  std::vector<CoarserLevel> levels;
  const MultigridLevel* fine = &finest;
  Index3 voxels{1, 1, 1};
  while (fine->first_row.back() > direct_cells) {
    const auto axes = axes_to_coarsen(*fine);
    MultigridLevel coarse = coarsened(comm, *fine, axes);
    MatHandle up = interpolation(comm, *fine, coarse, axes, held);
    for (std::size_t a = 0; a < 3; ++a) voxels[a] *= axes[a] ? 2 : 1;
    levels.push_back({std::move(coarse), std::move(up), voxels});
    fine = &levels.back().level;
  }
  return levels;
}

void make_v_cycle(PC pc, std::span<const MatHandle> up) {
  const int levels = static_cast<int>(up.size()) + 1;
  petsc::check(PCSetType(pc, PCMG));
  petsc::check(PCMGSetLevels(pc, levels, nullptr));
  for (int l = 1; l < levels; ++l) {
    // PETSc counts from the coarsest.
    petsc::check(PCMGSetInterpolation(pc, l, up[static_cast<std::size_t>(levels - 1 - l)].get()));
    KSP smoother = nullptr;
    PC jacobi = nullptr;
    petsc::check(PCMGGetSmoother(pc, l, &smoother));
    petsc::check(KSPSetType(smoother, KSPCHEBYSHEV));
    petsc::check(KSPSetTolerances(smoother, PETSC_DEFAULT, PETSC_DEFAULT, PETSC_DEFAULT, smoothing_steps));
    petsc::check(KSPGetPC(smoother, &jacobi));
    petsc::check(PCSetType(jacobi, PCJACOBI));
  }
}

}  // namespace vesicast
