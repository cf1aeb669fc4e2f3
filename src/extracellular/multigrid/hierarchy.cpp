#include "src/extracellular/multigrid/hierarchy.hpp"

namespace vesicast {
namespace {

/// Cells up to which a grid is solved directly, by every rank.
constexpr std::int64_t direct_cells = 500;

MatHandle transposed(Mat m) {
  MatHandle t;
  petsc::check(MatTranspose(m, MAT_INITIAL_MATRIX, t.out()));
  return t;
}

}  // namespace

std::vector<CoarserLevel> coarser_levels(MPI_Comm comm, const MultigridLevel& finest, const HeldFaces& held,
                                         bool keep_entries) {
  std::vector<CoarserLevel> levels;
  const MultigridLevel* fine = &finest;
  Index3 voxels{1, 1, 1};
  while (fine->first_row.back() > direct_cells) {
    const auto axes = axes_to_coarsen(*fine);
    MultigridLevel coarse = coarsened(comm, *fine, axes);
    MatHandle up = interpolation(comm, *fine, coarse, axes, held);
    for (std::size_t a = 0; a < 3; ++a) voxels[a] *= axes[a] ? 2 : 1;
    OrderFreeMatrix upwards(up.get(), coarse);
    MatHandle down = transposed(up.get());
    if (!keep_entries) up = {};
    OrderFreeMatrix downwards(down.get(), *fine);
    if (!keep_entries) down = {};
    levels.push_back(
        {std::move(coarse), std::move(upwards), std::move(downwards), std::move(up), std::move(down), voxels});
    fine = &levels.back().level;
  }
  return levels;
}

void make_v_cycle(PC pc, std::span<const CoarserLevel* const> coarser, std::span<const Mat> operators,
                  DirectSolver& coarsest) {
  const int levels = static_cast<int>(coarser.size()) + 1;
  petsc::check(PCSetType(pc, PCMG));
  petsc::check(PCMGSetLevels(pc, levels, nullptr));
  // The hierarchy is the caller's: PETSc shall neither make operators nor carry a solver's state to coarser grids.
  petsc::check(PCMGSetGalerkin(pc, PC_MG_GALERKIN_EXTERNAL));
  // PETSc counts from the coarsest.
  for (int l = 0; l < levels; ++l) {
    Mat a = operators[static_cast<std::size_t>(levels - 1 - l)];
    KSP smoother = nullptr;
    petsc::check(PCMGGetSmoother(pc, l, &smoother));
    petsc::check(KSPSetOperators(smoother, a, a));
  }
  for (int l = 1; l < levels; ++l) {
    const CoarserLevel& below = *coarser[static_cast<std::size_t>(levels - 1 - l)];
    petsc::check(PCMGSetInterpolation(pc, l, below.up.mat()));
    petsc::check(PCMGSetRestriction(pc, l, below.down.mat()));
    KSP smoother = nullptr;
    PC jacobi = nullptr;
    petsc::check(PCMGGetSmoother(pc, l, &smoother));
    petsc::check(KSPSetType(smoother, KSPCHEBYSHEV));
    petsc::check(KSPSetTolerances(smoother, PETSC_DEFAULT, PETSC_DEFAULT, PETSC_DEFAULT, smoothing_steps));
    petsc::check(KSPGetPC(smoother, &jacobi));
    petsc::check(PCSetType(jacobi, PCJACOBI));
  }
  KSP last = nullptr;
  PC direct = nullptr;
  petsc::check(PCMGGetCoarseSolve(pc, &last));
  petsc::check(KSPSetType(last, KSPPREONLY));
  petsc::check(KSPGetPC(last, &direct));
  coarsest.configure(direct);
}

}  // namespace vesicast
