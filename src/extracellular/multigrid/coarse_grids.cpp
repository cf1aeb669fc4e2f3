#include "src/extracellular/multigrid/coarse_grids.hpp"

#include <algorithm>
#include <array>

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
  finest_ = finest_level(domain, conductivity);
  std::vector<CoarserLevel> levels = coarser_levels(comm, finest_, held, false);
  for (VecHandle& k : finest_.conductivity) k = {};
  for (CoarserLevel& to : levels) {
    const auto n = static_cast<PetscInt>(to.level.owned.volume());
    const auto foreign = foreign_entries(to.level.owned, 6);
    MatHandle entries;
    VecHandle diffusion = make_vector(comm, n), mass = make_vector(comm, n), loss = make_vector(comm, n);
    petsc::check(
        MatCreateAIJ(comm, n, n, PETSC_DETERMINE, PETSC_DETERMINE, 7, nullptr, 0, foreign.data(), entries.out()));
    assemble(to.level, size, entries.get(), diffusion.get());
    OrderFreeMatrix matrix(entries.get(), to.level);
    grids_.push_back(
        {std::move(to), std::move(entries), std::move(matrix), std::move(diffusion), std::move(mass), std::move(loss)});
  }
  if (!grids_.empty()) coarsest_ = std::make_unique<DirectSolver>(grids_.back().matrix, grids_.back().to.level);
}

void CoarseGrids::set_up(PC pc, Mat finest) {
  std::vector<const CoarserLevel*> coarser;
  std::vector<Mat> operators{finest};
  for (const Grid& g : grids_) {
    coarser.push_back(&g.to);
    operators.push_back(g.matrix.mat());
  }
  make_v_cycle(pc, coarser, operators, *coarsest_);
}

void CoarseGrids::configure(PC pc, Mat finest) {
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

void CoarseGrids::configure_with_flow(PC pc, const OrderFreeMatrix& finest) {
  if (levels() == 1) {
    coarsest_ = std::make_unique<DirectSolver>(finest, finest_);
    coarsest_->configure(pc);
    return;
  }
  set_up(pc, finest.mat());
  sweeps_.clear();
  for (int l = levels() - 1; l >= 1; --l) {
    const auto below = static_cast<std::size_t>(levels() - 1 - l);
    sweeps_.push_back(below == 0 ? std::make_unique<GaussSeidel>(finest, finest_)
                                 : std::make_unique<GaussSeidel>(grids_[below - 1].matrix, grids_[below - 1].to.level));
    KSP smoother = nullptr;
    PC sweep = nullptr;
    petsc::check(PCMGGetSmoother(pc, l, &smoother));
    petsc::check(KSPSetType(smoother, KSPRICHARDSON));
    petsc::check(KSPSetTolerances(smoother, PETSC_DEFAULT, PETSC_DEFAULT, PETSC_DEFAULT, smoothing_steps));
    petsc::check(KSPGetPC(smoother, &sweep));
    sweeps_.back()->configure(sweep);
  }
}

/// What flows through the faces of joined cells is summed from grid to grid in the order of the cells that are joined.
void CoarseGrids::add_face_flow(const Domain& domain, const OutwardFlow& outward, std::size_t axis, std::size_t side) {
  const Box& owned = domain.owned();
  // [0]: what flows out, [1]: what flows in, as a number below 0
  std::array<VecHandle, 2> flow{make_vector(domain.comm(), owned.volume()), make_vector(domain.comm(), owned.volume())};
  {
    const WriteScope out(flow[0].get()), in(flow[1].get());
    for (std::int64_t i = 0; i < owned.volume(); ++i) {
      const double f = outward(owned.voxel(i), axis, side);
      out.values()[static_cast<std::size_t>(i)] = std::max(f, 0.0);
      in.values()[static_cast<std::size_t>(i)] = std::min(f, 0.0);
    }
  }
  const MultigridLevel* fine = &finest_;
  Index3 joined{1, 1, 1};
  for (Grid& g : grids_) {
    const MultigridLevel& level = g.to.level;
    const auto children = [&](const Index3& lower, const Index3& upper) {
      Box b;
      for (std::size_t a = 0; a < 3; ++a) {
        const std::int64_t factor = g.to.voxels[a] / joined[a];
        b.lower[a] = lower[a] * factor;
        b.upper[a] = std::min(upper[a] * factor, fine->cells[a]);
      }
      return b;
    };
    const Box all = children(level.owned.lower, level.owned.upper);
    std::array<VecHandle, 2> sum;
    for (std::size_t s = 0; s < 2; ++s) {
      const auto values = gather_box(*fine, flow[s].get(), all);
      sum[s] = make_vector(domain.comm(), level.owned.volume());
      const WriteScope out(sum[s].get());
      for (std::int64_t i = 0; i < level.owned.volume(); ++i) {
        const Index3 c = level.owned.voxel(i);
        Box face = children(c, {c[0] + 1, c[1] + 1, c[2] + 1});
        (side == 0 ? face.upper : face.lower)[axis] = side == 0 ? face.lower[axis] + 1 : face.upper[axis] - 1;
        for (std::int64_t k = 0; k < face.volume(); ++k)
          out.values()[static_cast<std::size_t>(i)] += values[static_cast<std::size_t>(all.offset(face.voxel(k)))];
      }
    }
    {
      const ReadScope out(sum[0].get()), in(sum[1].get());
      const WriteScope carried(g.diffusion.get());
      for (std::int64_t i = 0; i < level.owned.volume(); ++i) {
        const auto at = static_cast<std::size_t>(i);
        const Index3 c = level.owned.voxel(i);
        Index3 next = c;
        next[axis] += side == 0 ? -1 : 1;
        const PetscInt row = level.row(c), column = level.row(next);
        if (column == row) continue;
        carried.values()[at] += out.values()[at];
        if (in.values()[at] < 0.0 && column >= 0)
          petsc::check(MatSetValue(g.entries.get(), row, column, in.values()[at], ADD_VALUES));
      }
    }
    flow = std::move(sum);
    fine = &level;
    joined = g.to.voxels;
  }
}

void CoarseGrids::add_flow(const Domain& domain, const OutwardFlow& outward) {
  // A cell may be left into a neighbour that diffusion does not reach: round an obstacle behind the face.
  for (const Grid& g : grids_) petsc::check(MatSetOption(g.entries.get(), MAT_NEW_NONZERO_ALLOCATION_ERR, PETSC_FALSE));
  for (std::size_t a = 0; a < 3; ++a)
    for (std::size_t side = 0; side < 2; ++side) add_face_flow(domain, outward, a, side);
  for (Grid& g : grids_) {
    petsc::check(MatAssemblyBegin(g.entries.get(), MAT_FINAL_ASSEMBLY));
    petsc::check(MatAssemblyEnd(g.entries.get(), MAT_FINAL_ASSEMBLY));
    g.matrix.fill(g.entries.get(), g.to.level);
  }
}

void CoarseGrids::set_operators(Vec mass, Vec loss, double shift) {
  for (Grid& g : grids_) {
    g.entries = {};
    g.to.down.multiply(mass, g.mass.get());
    g.to.down.multiply(loss, g.loss.get());
    VecHandle diagonal;
    petsc::check(VecDuplicate(g.loss.get(), diagonal.out()));
    petsc::check(VecCopy(g.diffusion.get(), diagonal.get()));
    petsc::check(VecAXPY(diagonal.get(), 1.0, g.loss.get()));
    petsc::check(VecAXPY(diagonal.get(), shift, g.mass.get()));
    g.matrix.set_diagonal(diagonal.get());
    mass = g.mass.get();
    loss = g.loss.get();
  }
}

}  // namespace vesicast
