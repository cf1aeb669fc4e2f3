#include "src/extracellular/implicit/concentration_operator.hpp"

#include <algorithm>

#include "decomposition/petsc_grid.hpp"

namespace vesicast {
namespace {

/// alpha D per owned voxel as its faces show it: the largest is the one towards the voxel's own kind.
std::vector<double> conductivity(const Domain& domain, const Operator& op) {
  const SweepShape& shape = op.shape();
  const Grid& g = domain.grid();
  std::vector<double> k(static_cast<std::size_t>(shape.owned.volume()), 0.0);
  std::visit(
      [&](const auto& stencil) {
        for (std::int64_t v = 0; v < shape.owned.volume(); ++v) {
          const Index3 here = shape.owned.voxel(v);
          const auto at = static_cast<std::size_t>(shape.covered.offset(here));
          if (!(stencil.inverse_volume(at) > 0.0)) continue;
          for (std::size_t a = 0; a < 3; ++a)
            for (std::size_t side = 0; side < 2; ++side) {
              Index3 upper = here;
              upper[a] += side == 0 ? 0 : 1;
              if (!domain.periodic()[a] && (upper[a] <= 0 || upper[a] >= g.voxels[a])) continue;
              const double hop = stencil.hop(a, static_cast<std::size_t>(shape.covered.offset(upper)), at);
              k[static_cast<std::size_t>(v)] = std::max(
                  k[static_cast<std::size_t>(v)], hop / stencil.inverse_volume(at) * g.spacing[a] / g.face_area(a));
            }
        }
      },
      op.stencil());
  return k;
}

HeldFaces held_faces(const Operator& op) {
  HeldFaces held{};
  for (std::size_t a = 0; a < 3; ++a)
    for (std::size_t side = 0; side < 2; ++side) {
      const BoundaryKind kind = op.boundary()[a][side].kind;
      held[a][side] = kind == BoundaryKind::open || kind == BoundaryKind::fixed;
    }
  return held;
}

}  // namespace

ConcentrationOperator::ConcentrationOperator(const Domain& domain, const Operator& op)
    : domain_(domain),
      op_(op),
      halo_(domain, sweep_depth(domain), Rim::where_joined),
      lost_(static_cast<std::size_t>(op.shape().owned.extent(0))) {
  u_.resize(static_cast<std::size_t>(halo_.covered().volume()));
  mass_ = make_vector(domain.comm(), domain.owned_voxels());
  for (VecHandle* v : {&loss_, &source_, &diffusion_}) petsc::check(VecDuplicate(mass_.get(), v->out()));
  {
    const WriteScope mass(mass_.get()), diffusion(diffusion_.get());
    for (std::int64_t v = 0; v < op.shape().owned.volume(); ++v) {
      const auto i = static_cast<std::size_t>(v);
      const double inverse = op.inverse_volume(v);
      mass.values()[i] = inverse > 0.0 ? 1.0 / inverse : 0.0;
      const std::int64_t at = op.shape().covered.offset(op.shape().owned.voxel(v));
      diffusion.values()[i] = inverse > 0.0 ? (op.rate_within_walls(at) - op.decay()) * mass.values()[i] : 1.0;
    }
  }
  const auto n = static_cast<PetscInt>(op.shape().owned.volume());
  petsc::check(MatCreateShell(domain.comm(), n, n, PETSC_DETERMINE, PETSC_DETERMINE, this, shell_.out()));
  petsc::check(MatShellSetVecType(shell_.get(), order_free_vectors()));
  petsc::check(MatShellSetOperation(shell_.get(), MATOP_MULT, reinterpret_cast<void (*)()>(&multiply)));
  petsc::check(MatShellSetOperation(shell_.get(), MATOP_MULT_TRANSPOSE, reinterpret_cast<void (*)()>(&multiply)));
  petsc::check(MatShellSetOperation(shell_.get(), MATOP_GET_DIAGONAL, reinterpret_cast<void (*)()>(&diagonal)));
  petsc::check(MatSetOption(shell_.get(), MAT_SYMMETRIC, PETSC_TRUE));
}

void ConcentrationOperator::set_terms(const SparseTerms& terms) {
  petsc::check(VecCopy(mass_.get(), loss_.get()));
  petsc::check(VecScale(loss_.get(), op_.decay()));
  petsc::check(VecSet(source_.get(), 0.0));
  const WriteScope loss(loss_.get()), source(source_.get());
  const ReadScope mass(mass_.get());
  for (std::size_t t = 0; t < terms.places->owned.size(); ++t) {
    if (terms.places->owned[t] < 0) continue;
    const auto i = static_cast<std::size_t>(terms.places->owned[t]);
    loss.values()[i] += terms.loss[t] * mass.values()[i];
    source.values()[i] += terms.source[t];
  }
}

void ConcentrationOperator::add_loss(std::span<const double> rate) {
  const WriteScope loss(loss_.get());
  const ReadScope mass(mass_.get());
  for (std::size_t i = 0; i < rate.size(); ++i) loss.values()[i] += rate[i] * mass.values()[i];
}

void ConcentrationOperator::set_shift(double shift) {
  shift_ = shift;
  // Solvers take their smoothers' diagonals anew when a matrix says that it has changed.
  petsc::check(MatAssemblyBegin(shell_.get(), MAT_FINAL_ASSEMBLY));
  petsc::check(MatAssemblyEnd(shell_.get(), MAT_FINAL_ASSEMBLY));
  if (coarse_) coarse_->set_operators(mass_.get(), loss_.get(), shift_);
  if (assembled_) fill_assembled();
}

CoarseGrids& ConcentrationOperator::coarse() {
  if (!coarse_) coarse_ = std::make_unique<CoarseGrids>(domain_, conductivity(domain_, op_), held_faces(op_));
  return *coarse_;
}

void ConcentrationOperator::configure_multigrid(PC pc) {
  coarse().configure(pc, shell_.get());
}

void ConcentrationOperator::apply(Vec c, Vec out) {
  const SweepShape& shape = op_.shape();
  double* u = u_.data();
  const ReadScope in(c), mass(mass_.get()), loss(loss_.get());
  const bool mapped = std::holds_alternative<MappedStencil>(op_.stencil());
  for_each_row(shape.owned, [&](std::int64_t x0, std::int64_t x1, std::int64_t j, std::int64_t k) {
    const auto from = static_cast<std::size_t>(shape.owned.offset({x0, j, k}));
    double* row = u + shape.covered.offset({x0, j, k});
    for (std::size_t i = 0; i < static_cast<std::size_t>(x1 - x0); ++i)
      row[i] = mapped ? in.values()[from + i] : in.values()[from + i] * mass.values()[from + i];
  });
  halo_.exchange(std::span<double* const>(&u, 1));
  const WriteScope result(out);
  double* y = result.values().data();
  std::fill(result.values().begin(), result.values().end(), 0.0);
  std::visit(
      [&](const auto& stencil) {
        for_each_row(shape.grown(1), [&](std::int64_t x0, std::int64_t x1, std::int64_t j, std::int64_t k) {
          mirror_row_ends(shape.row(x0, x1, j, k), u);
        });
        for_each_row(shape.owned, [&](std::int64_t x0, std::int64_t x1, std::int64_t j, std::int64_t k) {
          stencil.finish(row_kernels(), shape.row(x0, x1, j, k), 1.0, u, y + shape.owned.offset({x0, j, k}),
                         lost_.data());
        });
      },
      op_.stencil());
  // The rows have the decay with them; `loss_` has it too, beside what acts in single voxels.
  const double decay = op_.decay();
  for (std::size_t i = 0; i < result.values().size(); ++i)
    y[i] = (loss.values()[i] - decay * mass.values()[i]) * in.values()[i] - y[i];
  ++sweeps_;
}

PetscErrorCode ConcentrationOperator::multiply(Mat a, Vec x, Vec y) {
  void* context = nullptr;
  PetscCall(MatShellGetContext(a, &context));
  auto& self = *static_cast<ConcentrationOperator*>(context);
  try {
    self.apply(x, y);
    const ReadScope c(x), mass(self.mass_.get());
    const WriteScope out(y);
    for (std::size_t i = 0; i < out.values().size(); ++i)
      out.values()[i] =
          mass.values()[i] > 0.0 ? out.values()[i] + self.shift_ * mass.values()[i] * c.values()[i] : c.values()[i];
  } catch (...) {
    return PETSC_ERR_LIB;
  }
  return 0;
}

PetscErrorCode ConcentrationOperator::diagonal(Mat a, Vec d) {
  void* context = nullptr;
  PetscCall(MatShellGetContext(a, &context));
  auto& self = *static_cast<ConcentrationOperator*>(context);
  PetscCall(VecCopy(self.diffusion_.get(), d));
  PetscCall(VecAXPY(d, 1.0, self.loss_.get()));
  PetscCall(VecAXPY(d, self.shift_, self.mass_.get()));
  return 0;
}

Mat ConcentrationOperator::assembled() {
  if (!assembled_) {
    petsc::check(DMCreateMatrix(make_petsc_grid(domain_).get(), assembled_.out()));
    petsc::check(MatSetOption(assembled_.get(), MAT_SYMMETRIC, PETSC_TRUE));
    fill_assembled();
  }
  return assembled_.get();
}

void ConcentrationOperator::fill_assembled() {
  const SweepShape& shape = op_.shape();
  const auto stencil_of = [](const Index3& v) {
    return MatStencil{static_cast<PetscInt>(v[2]), static_cast<PetscInt>(v[1]), static_cast<PetscInt>(v[0]), 0};
  };
  Mat m = assembled_.get();
  petsc::check(MatZeroEntries(m));
  std::visit(
      [&](const auto& stencil) {
        for (std::int64_t v = 0; v < shape.owned.volume(); ++v) {
          const Index3 here = shape.owned.voxel(v);
          const auto at = static_cast<std::size_t>(shape.covered.offset(here));
          if (!(stencil.inverse_volume(at) > 0.0)) continue;
          const MatStencil row = stencil_of(here);
          for (std::size_t a = 0; a < domain_.grid().dimensions; ++a)
            for (std::size_t side = 0; side < 2; ++side) {
              Index3 there = here;
              there[a] += side == 0 ? -1 : 1;
              if (!domain_.periodic()[a] && (there[a] < 0 || there[a] >= domain_.grid().voxels[a])) continue;
              const auto upper = side == 0 ? at : static_cast<std::size_t>(shape.covered.offset(there));
              const double entry = -stencil.hop(a, upper, at) / stencil.inverse_volume(at);
              const MatStencil column = stencil_of(there);  // PETSc wraps a periodic index itself
              petsc::check(MatSetValuesStencil(m, 1, &row, 1, &column, &entry, ADD_VALUES));
            }
        }
      },
      op_.stencil());
  petsc::check(MatAssemblyBegin(m, MAT_FINAL_ASSEMBLY));
  petsc::check(MatAssemblyEnd(m, MAT_FINAL_ASSEMBLY));
  VecHandle d;
  petsc::check(VecDuplicate(mass_.get(), d.out()));
  petsc::check(MatGetDiagonal(shell_.get(), d.get()));
  petsc::check(MatDiagonalSet(m, d.get(), ADD_VALUES));
}

void ConcentrationOperator::concentrations(Vec n, Vec c) const {
  const ReadScope content(n), mass(mass_.get());
  const WriteScope out(c);
  for (std::size_t i = 0; i < out.values().size(); ++i)
    out.values()[i] = mass.values()[i] > 0.0 ? content.values()[i] / mass.values()[i] : 0.0;
}

void ConcentrationOperator::contents(Vec c, Vec n) const {
  petsc::check(VecPointwiseMult(n, c, mass_.get()));
}

}  // namespace vesicast
