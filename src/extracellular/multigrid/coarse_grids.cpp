#include "src/extracellular/multigrid/coarse_grids.hpp"

#include "src/extracellular/multigrid/hierarchy.hpp"

namespace vesicast {
namespace {

/// Edge of a coarse cell along an axis: the last one is cut short where the finest extent does not divide [um].
double edge(const MultigridLevel& level, const Vector3& size, std::size_t axis, std::int64_t index) {
  const double lower = static_cast<double>(index) * level.spacing[axis];
  return std::min(level.spacing[axis], size[axis] - lower);
}

/// Fills matrix and diffusion with the conductances between neighbouring cells: halves of both in series.
void assemble(const MultigridLevel& level, const Vector3& size, Mat matrix, Vec diffusion) {
  const Box& owned = level.owned;
  const Box rim = owned.empty() ? owned : owned.grown({1, 1, 1});
  std::array<std::vector<double>, 3> k;
  for (std::size_t a = 0; a < 3; ++a) k[a] = gather_box(level, level.conductivity[a].get(), rim);
  const ReadScope alive(level.alive.get());
  const WriteScope sum(diffusion);
  for (std::int64_t i = 0; i < owned.volume(); ++i) {
    const Index3 v = owned.voxel(i);
    const PetscInt row = level.row(v);
    double total = 0.0;
    for (std::size_t a = 0; a < 3; ++a)
      for (std::size_t side = 0; side < 2; ++side) {
        Index3 w = v;
        w[a] += side == 0 ? -1 : 1;
        const PetscInt column = level.row(w);
        if (column < 0 || column == row) continue;
        Index3 wrapped = w;
        wrapped[a] = (w[a] + level.cells[a]) % level.cells[a];
        const double here = k[a][static_cast<std::size_t>(rim.offset(v))];
        const double there = k[a][static_cast<std::size_t>(rim.offset(w))];
        if (!(here > 0.0) || !(there > 0.0)) continue;
        double area = 1.0;
        for (std::size_t b = 0; b < 3; ++b)
          if (b != a) area *= edge(level, size, b, v[b]);
        const double g = 2.0 * area / (edge(level, size, a, v[a]) / here + edge(level, size, a, wrapped[a]) / there);
        total += g;
        petsc::check(MatSetValue(matrix, row, column, -g, ADD_VALUES));
      }
    petsc::check(MatSetValue(matrix, row, row, total, ADD_VALUES));
    sum.values()[static_cast<std::size_t>(i)] = alive.values()[static_cast<std::size_t>(i)] > 0.0 ? total : 1.0;
  }
  petsc::check(MatAssemblyBegin(matrix, MAT_FINAL_ASSEMBLY));
  petsc::check(MatAssemblyEnd(matrix, MAT_FINAL_ASSEMBLY));
}

}  // namespace

CoarseGrids::CoarseGrids(const Domain& domain, std::span<const double> conductivity, const HeldFaces& held) {
  MPI_Comm comm = domain.comm();
  Vector3 size{};
  int moving = 0;
  for (std::size_t a = 0; a < 3; ++a) {
    size[a] = static_cast<double>(domain.grid().voxels[a]) * domain.grid().spacing[a];
    moving += domain.grid().voxels[a] > 1 ? 1 : 0;
  }
  lowest_smoothed_ = 1.0 / std::max(1, moving);
  for (CoarserLevel& coarser : coarser_levels(comm, finest_level(domain, conductivity), held)) {
    Grid g;
    g.level = std::move(coarser.level);
    g.voxels = coarser.voxels;
    const auto n = static_cast<PetscInt>(g.level.owned.volume());
    const auto foreign = foreign_entries(g.level.owned, 6);
    petsc::check(
        MatCreateAIJ(comm, n, n, PETSC_DETERMINE, PETSC_DETERMINE, 7, nullptr, 0, foreign.data(), g.matrix.out()));
    for (VecHandle* v : {&g.diffusion, &g.mass, &g.loss}) petsc::check(VecDuplicate(g.level.alive.get(), v->out()));
    assemble(g.level, size, g.matrix.get(), g.diffusion.get());
    petsc::check(MatSetOption(g.matrix.get(), MAT_SPD, PETSC_TRUE));
    grids_.push_back(std::move(g));
    up_.push_back(std::move(coarser.up));
  }
}

void CoarseGrids::set_up(PC pc, Mat finest) const {
  make_v_cycle(pc, up_);
  // The hierarchy is this object's: PETSc shall neither make operators nor carry a solver's state to coarser grids.
  petsc::check(PCMGSetGalerkin(pc, PC_MG_GALERKIN_EXTERNAL));
  for (int l = 0; l < levels(); ++l) {
    // PETSc counts from the coarsest.
    const auto below = static_cast<std::size_t>(levels() - 1 - l);
    Mat a = below == 0 ? finest : grids_[below - 1].matrix.get();
    KSP smoother = nullptr;
    petsc::check(PCMGGetSmoother(pc, l, &smoother));
    petsc::check(KSPSetOperators(smoother, a, a));
  }
}

void CoarseGrids::configure(PC pc, Mat finest) const {
  if (levels() == 1) {
    petsc::check(PCSetType(pc, PCJACOBI));
    return;
  }
  set_up(pc, finest);
  for (int l = 1; l < levels(); ++l) {
    KSP smoother = nullptr;
    petsc::check(PCMGGetSmoother(pc, l, &smoother));
    // A row's diagonal is at least the sum of its other entries, so that D^-1 A has eigenvalues in (0, 2]; the modes
    // that a coarser grid cannot see have those above 1/dimension.
    petsc::check(KSPChebyshevSetEigenvalues(smoother, 2.0, lowest_smoothed_));
  }
}

void CoarseGrids::configure_with_flow(PC pc, Mat finest) const {
  if (levels() == 1) {
    petsc::check(PCSetType(pc, PCSOR));
    return;
  }
  set_up(pc, finest);
  for (int l = 1; l < levels(); ++l) {
    KSP smoother = nullptr;
    PC sweeps = nullptr;
    petsc::check(PCMGGetSmoother(pc, l, &smoother));
    petsc::check(KSPSetType(smoother, KSPRICHARDSON));
    petsc::check(KSPSetTolerances(smoother, PETSC_DEFAULT, PETSC_DEFAULT, PETSC_DEFAULT, smoothing_steps));
    petsc::check(KSPGetPC(smoother, &sweeps));
    petsc::check(PCSetType(sweeps, PCSOR));
  }
}

void CoarseGrids::add_flow(const Domain& domain, const OutwardFlow& outward) {
  const Box& owned = domain.owned();
  for (Grid& g : grids_) {
    Mat m = g.matrix.get();
    // A cell may be left into a neighbour that diffusion does not reach: round an obstacle behind the face.
    petsc::check(MatSetOption(m, MAT_NEW_NONZERO_ALLOCATION_ERR, PETSC_FALSE));
    petsc::check(MatSetOption(m, MAT_SPD, PETSC_FALSE));
    petsc::check(MatSetOption(m, MAT_SYMMETRIC, PETSC_FALSE));
    const auto cell_of = [&](Index3 v) {
      for (std::size_t a = 0; a < 3; ++a) {
        if (domain.periodic()[a]) v[a] = (v[a] + domain.grid().voxels[a]) % domain.grid().voxels[a];
        if (v[a] < 0 || v[a] >= domain.grid().voxels[a]) return PetscInt{-1};
        v[a] /= g.voxels[a];
      }
      return g.level.row(v);
    };
    for (std::int64_t i = 0; i < owned.volume(); ++i) {
      const Index3 v = owned.voxel(i);
      const PetscInt row = cell_of(v);
      for (std::size_t a = 0; a < 3; ++a)
        for (std::size_t side = 0; side < 2; ++side) {
          const double flow = outward(v, a, side);
          Index3 w = v;
          w[a] += side == 0 ? -1 : 1;
          const PetscInt column = flow == 0.0 ? row : cell_of(w);
          if (column == row) continue;
          if (flow > 0.0) petsc::check(VecSetValue(g.diffusion.get(), row, flow, ADD_VALUES));
          if (flow < 0.0 && column >= 0) petsc::check(MatSetValue(m, row, column, flow, ADD_VALUES));
        }
    }
    petsc::check(VecAssemblyBegin(g.diffusion.get()));
    petsc::check(VecAssemblyEnd(g.diffusion.get()));
    petsc::check(MatAssemblyBegin(m, MAT_FINAL_ASSEMBLY));
    petsc::check(MatAssemblyEnd(m, MAT_FINAL_ASSEMBLY));
  }
}

void CoarseGrids::set_operators(Vec mass, Vec loss, double shift) {
  for (std::size_t i = 0; i < grids_.size(); ++i) {
    const Grid& g = grids_[i];
    petsc::check(MatMultTranspose(up_[i].get(), mass, g.mass.get()));
    petsc::check(MatMultTranspose(up_[i].get(), loss, g.loss.get()));
    VecHandle diagonal;
    petsc::check(VecDuplicate(g.loss.get(), diagonal.out()));
    petsc::check(VecCopy(g.diffusion.get(), diagonal.get()));
    petsc::check(VecAXPY(diagonal.get(), 1.0, g.loss.get()));
    petsc::check(VecAXPY(diagonal.get(), shift, g.mass.get()));
    petsc::check(MatDiagonalSet(g.matrix.get(), diagonal.get(), INSERT_VALUES));
    mass = g.mass.get();
    loss = g.loss.get();
  }
}

}  // namespace vesicast
